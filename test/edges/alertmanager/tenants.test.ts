/** Two tenants of one Mimir: one address with a prefix, told apart by a header. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type AlertSource, withOwnMembers } from "../../../src/alerts/source.ts";
import { createAlertmanagers } from "../../../src/edges/alertmanager/alertmanagers.ts";
import { accessOfSources } from "../../../src/edges/alertmanager/source-access.ts";
import { createSourceReader } from "../../../src/edges/alertmanager/source-reader.ts";
import { clock } from "../../../src/edges/clock.ts";
import { configOf, FILE } from "../../config/configs.ts";
import { httpServer } from "../streamline/servers.ts";

const STARTED = "2026-11-01T00:00:00Z";

test("each tenant's alerts are asked for below the prefix, with its own header", async (t) => {
  const asked: string[] = [];
  const mimir = await httpServer((request, response) => {
    const tenant = String(request.headers["x-scope-orgid"]);
    const path = new URL(request.url ?? "", "http://a").pathname;
    asked.push(`${tenant} ${path}`);
    const alert = {
      fingerprint: `of-${tenant}`,
      labels: { alertname: "KafkaDown" },
      startsAt: STARTED,
      endsAt: "2030-01-01T00:00:00Z",
      status: { state: "active", silencedBy: [], inhibitedBy: [] },
    };
    const bodies: Readonly<Record<string, unknown>> = {
      "/alertmanager/api/v2/alerts": [alert],
      "/alertmanager/api/v2/status": { uptime: STARTED, config: { original: "" } },
    };
    const body = bodies[path];
    response.writeHead(body === undefined ? 404 : 200).end(JSON.stringify(body));
  });
  t.after(() => mimir.stop());
  const address = `http://127.0.0.1:${mimir.port}/alertmanager`;
  const config = configOf({
    ...FILE,
    sources: ["eu", "us"].map((name) => {
      return { name, members: [address], headers: { "X-Scope-OrgID": name } };
    }),
  });
  const alertmanagers = createAlertmanagers({ access: accessOfSources(() => config) });
  t.after(() => alertmanagers.close());
  for (const source of config.sources) {
    const reader = createSourceReader(source, { api: alertmanagers.members, clock });
    const { held, isComplete } = await reader.read({ silences: [] });
    assert.deepEqual([[...held.keys()], isComplete], [[`of-${source.name}`], true]);
  }
  assert.deepEqual(asked, [
    "eu /alertmanager/api/v2/alerts",
    "eu /alertmanager/api/v2/status",
    "us /alertmanager/api/v2/alerts",
    "us /alertmanager/api/v2/status",
  ]);
});

test("an address of one source stays as it is", () => {
  const of = (name: string, members: readonly string[]): Pick<AlertSource, "name" | "members"> => ({
    name,
    members,
  });
  const sources = withOwnMembers([of("a", ["http://x", "http://y"]), of("b", ["http://y"])]);
  assert.deepEqual(
    sources.map(({ members }) => members),
    [["http://x", "http://y#a"], ["http://y#b"]],
  );
});
