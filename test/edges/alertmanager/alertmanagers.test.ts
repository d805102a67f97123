/** Alertmanagers that fail in every way: each failure is told with address and what to do. */

import assert from "node:assert/strict";
import type { IncomingMessage, RequestListener } from "node:http";
import { describe, type TestContext, test } from "node:test";
import type { SilenceMatcher } from "../../../src/alerts/silence.ts";
import {
  type AlertmanagersOptions,
  createAlertmanagers,
} from "../../../src/edges/alertmanager/alertmanagers.ts";
import type { AlertmanagerResult } from "../../../src/features/silences/ports.ts";
import { T0 } from "../../incidents/notifications.ts";
import { closedPort, httpServer } from "../streamline/servers.ts";

const MATCHER: SilenceMatcher = { name: "a", value: "x", isRegex: false, isEqual: true };
const NEW = { matchers: [MATCHER], startsAt: T0, endsAt: T0 + 1, createdBy: "U1", comment: "c" };

async function at(t: TestContext, onRequest: RequestListener, options: AlertmanagersOptions = {}) {
  const server = await httpServer(onRequest);
  t.after(() => server.stop());
  return client(t, server.port, options);
}

function client(t: TestContext, port: number, options: AlertmanagersOptions = {}) {
  const alertmanagers = createAlertmanagers(options);
  t.after(() => alertmanagers.close());
  return { alertmanagers, address: `http://127.0.0.1:${port}/am` };
}

const always =
  (status: number, body: string): RequestListener =>
  (_, response) =>
    response.writeHead(status).end(body);

function failureOf(
  told: AlertmanagerResult<unknown>,
): Extract<AlertmanagerResult<unknown>, { kind: "failed" }> {
  assert.ok(told.kind === "failed", JSON.stringify(told));
  return told;
}

describe("an Alertmanager that", () => {
  for (const [what, listener, expected, mayBeDone] of [
    [
      "refuses a silence",
      always(400, '"bad matcher"'),
      /refused it \(status 400\): bad matcher/,
      false,
    ],
    [
      "explains in an object",
      always(422, '{"message":"no comment"}'),
      /\(status 422\): no comment/,
      false,
    ],
    ["fails", always(500, '"disk full"'), /failed \(status 500\): disk full/, true],
    ["stands behind a broken proxy", always(502, "<html>nginx"), /failed \(status 502\)$/, true],
    ["wants credentials", always(401, "no"), /other credentials .*ALERTMANAGER_TOKEN/, false],
    ["leads elsewhere", always(302, ""), /leads elsewhere .* targets\[\]\.alertmanager/, false],
    ["does not know the API", always(404, ""), /does not know POST \/api\/v2\/silences/, false],
    ["is something else", always(200, "<html>"), /is not an Alertmanager with API v2/, true],
    [
      "answers JSON of another kind",
      always(200, '{"ok":true}'),
      /is not an Alertmanager with API v2/,
      true,
    ],
    [
      "cuts the connection",
      (request: IncomingMessage) => void request.socket.destroy(),
      /cuts the connection/,
      true,
    ],
  ] as const) {
    test(`${what} is reported with its address`, async (t) => {
      const { alertmanagers, address } = await at(t, listener);
      const told = failureOf(await alertmanagers.make(address, NEW));
      assert.match(told.problem, expected);
      assert.ok(told.problem.includes(address));
      assert.equal(told.mayBeDone, mayBeDone);
    });
  }

  test("hangs is given up, and what was asked of it may be done", async (t) => {
    const { alertmanagers, address } = await at(t, () => undefined, { timeoutMs: 1_000 });
    const told = failureOf(await alertmanagers.make(address, NEW));
    assert.match(told.problem, /no complete answer within 1 s.*Try again/);
    assert.equal(told.mayBeDone, true);
    assert.equal(failureOf(await alertmanagers.silences(address)).mayBeDone, false);
  });

  test("does not run has done nothing", async (t) => {
    const { alertmanagers, address } = client(t, await closedPort());
    const told = failureOf(await alertmanagers.make(address, NEW));
    assert.match(told.problem, /refuses connections.*it runs/);
    assert.equal(told.mayBeDone, false);
  });

  test("sends too much is not read to the end", async (t) => {
    const { alertmanagers, address } = await at(t, always(200, "x".repeat(3_000)), {
      limitBytes: 2_000,
    });
    const told = failureOf(await alertmanagers.alerts(address, []));
    assert.equal(told.isTooLarge, true);
    assert.match(told.problem, /sends more than 2 KiB/);
  });

  test("says much is quoted in part", async (t) => {
    const { alertmanagers, address } = await at(t, always(400, "y".repeat(100_000)));
    assert.ok(failureOf(await alertmanagers.make(address, NEW)).problem.length < 500);
  });
});

test("credentials go with every request and into no word that is reported", async (t) => {
  const seen: (string | undefined)[] = [];
  const listener: RequestListener = (request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(401).end();
  };
  const bearer = { auth: { kind: "bearer", token: "s3cret-token" } } as const;
  const basic = { auth: { kind: "basic", user: "bot", password: "pä:ss" } } as const;
  for (const access of [bearer, basic, {}]) {
    const { alertmanagers, address } = await at(t, listener, { access: () => access });
    const told = failureOf(await alertmanagers.silences(address));
    assert.doesNotMatch(told.problem, /s3cret|ss$/);
  }
  const pair = Buffer.from("bot:pä:ss").toString("base64");
  assert.deepEqual(seen, ["Bearer s3cret-token", `Basic ${pair}`, undefined]);
});

test("a path before the API is kept, and an id cannot leave it", async (t) => {
  const seen: string[] = [];
  const { alertmanagers, address } = await at(t, (request, response) => {
    seen.push(request.url ?? "");
    response.writeHead(404).end();
  });
  const told = await alertmanagers.silence(address, "../../x?y");
  assert.deepEqual(told, { kind: "answered", value: undefined });
  assert.deepEqual(seen, ["/am/api/v2/silence/..%2F..%2Fx%3Fy"]);
});
