/**
 * Every query of overview, topics and consumers returns data on the simulated server, asked of a
 * real Prometheus. Left out: host, since node_exporter is not simulated; cluster, since no running
 * server records its metrics; bot, whose queries are asked below of the bot's own metrics.
 */
// needs: prometheus
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { stringify } from "yaml";
import { z } from "zod";
import { createOwnMetrics } from "../../src/edges/own-metrics.ts";
import {
  type SimulatedStreamline,
  startSimulatedStreamline,
} from "../../src/sandbox/streamline/server.ts";
import { eventually } from "../support/eventually.ts";
import { startPrometheus } from "../support/programs.ts";
import { type DashboardFile, panelsOf, readDashboards } from "./dashboard-files.ts";

/** Series that appear with a rare event only: the faults that bring it about. */
const FAULTS = ["transactions-timing-out", "stale-fetch-cache"];

test("every query of overview, topics and consumers returns a number", async (t) => {
  const streamline = await startSimulatedStreamline();
  t.after(() => streamline.close());
  for (const fault of FAULTS) await streamline.faults.set(fault);
  const prometheus = await scrape(t, "streamline", new URL(streamline.http).host);
  await askForLags(streamline);

  for (const dashboard of readDashboards().filter(({ name }) =>
    /^(?:overview|topics|consumers)$/.test(name),
  )) {
    await everyQueryAnswers(dashboard, prometheus);
  }
});

test("every query of the bot's dashboard returns a number once the bot has been used", async (t) => {
  const metrics = createOwnMetrics();
  metrics.state({ canWrite: async () => true, slack: () => "well" });
  const server = createServer((_request, response) => {
    metrics.webhook("accepted");
    metrics.webhook("too_large");
    metrics.alerts("firing", 2);
    metrics.post("posted");
    metrics.answered("alert", 0.2);
    metrics.searched("answered");
    metrics.targetPoll({ target: "orders", outcome: "answered", bytes: 4096 });
    void metrics.text().then(({ contentType, body }) => {
      response.setHeader("content-type", contentType).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const prometheus = await scrape(t, "streamline-incident-bot", `127.0.0.1:${port}`);

  for (const dashboard of readDashboards().filter(({ name }) => name === "bot")) {
    await everyQueryAnswers(dashboard, prometheus);
  }
});

/** Starts a Prometheus that scrapes the one target each second; returns its address. */
async function scrape(t: TestContext, job: string, target: string): Promise<string> {
  const { url } = await startPrometheus(t, {
    config: stringify({
      global: { scrape_interval: "1s", scrape_timeout: "1s" },
      scrape_configs: [{ job_name: job, static_configs: [{ targets: [target] }] }],
    }),
    rules: "groups: []\n",
  });
  return url;
}

/** Some gauges of a group exist only after somebody asked for its lag. */
async function askForLags({ http, model }: SimulatedStreamline): Promise<void> {
  for (const { shape } of model.state.groups) {
    const answer = await fetch(`${http}/api/v1/consumer-groups/${shape.id}/lag`);
    assert.equal(answer.status, 200);
  }
}

async function everyQueryAnswers(dashboard: DashboardFile, prometheus: string): Promise<void> {
  for (const panel of panelsOf(dashboard)) {
    for (const { expr } of panel.targets) {
      await eventually(`${dashboard.name}, "${panel.title}": ${expr}`, () =>
        hasNumber(prometheus, filledIn(expr)),
      );
    }
  }
}

/** As Grafana fills it in for a scrape each second, with everything chosen. */
function filledIn(expr: string): string {
  return expr
    .replaceAll("$__rate_interval", "4s")
    .replaceAll("$__range", "30s")
    .replaceAll("$cluster", ".*")
    .replaceAll(/\$(?:job|instance|topic|group|mountpoint|device)\b/g, ".+");
}

const answer = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

async function hasNumber(prometheus: string, query: string): Promise<boolean> {
  const asked = new URLSearchParams({ query }).toString();
  const response = await fetch(`${prometheus}/api/v1/query?${asked}`);
  const text = await response.text();
  assert.equal(response.status, 200, `${query}\n${text}`);
  const { data } = answer.parse(JSON.parse(text));
  return data.result.some(({ value }) => Number.isFinite(Number(value[1])));
}
