/** Hours that a real Prometheus holds, judged by the checks of the runbooks. */
// needs: prometheus
// takes: 8 s

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type TestContext, test } from "node:test";
import type { Check } from "../../../src/diagnosis/checks/check.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import { clock } from "../../../src/edges/clock.ts";
import { createPrometheus } from "../../../src/edges/prometheus/query-range.ts";
import { longerWindow } from "../../../src/features/why-slow/longer-window.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { ownChecks } from "../../eval/own-checks.ts";
import { startPastPrometheus } from "../../support/past-prometheus.ts";
import { type PastServer, pastSeries } from "../../support/past-server.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Quotes, a backtick, a backslash and a brace: all may stand in a label. */
const ODD = 'say "hi" `now` \\ {x}';

function targetOf(url: string, server: PastServer, labels: Record<string, string>): Target {
  return {
    ...TARGET,
    name: server.target,
    http: `http://${server.instance}`,
    prometheus: url,
    labels,
  };
}

function asker(t: TestContext, timeoutMs?: number) {
  const prometheus = createPrometheus(timeoutMs === undefined ? {} : { timeoutMs });
  t.after(() => prometheus.close());
  return (target: Target, { windowMs = 6 * HOUR, checks = ownChecks().checks } = {}) =>
    longerWindow({ prometheus, clock }, { target, checks, scope: {}, windowMs });
}

async function diagnosed(asked: ReturnType<ReturnType<typeof asker>>) {
  const answer = await asked;
  assert.ok(answer.kind === "diagnosis", JSON.stringify(answer));
  const { window } = answer.diagnosis;
  assert.ok(window !== undefined);
  return { ...answer.diagnosis, window, notes: answer.notes, queries: answer.queries };
}

test("the causes of the last hours, with their times, of the one target that is meant", async (t) => {
  const toMs = Math.floor(Date.now() / MINUTE) * MINUTE;
  const fromMs = toMs - 8 * HOUR;
  const during = (from: number, to: number) => (timeMs: number) =>
    timeMs >= toMs - from && timeMs < toMs - to;
  const slow: PastServer = {
    instance: "10.0.0.5:9094",
    target: "orders",
    cluster: ODD,
    isSlow: (timeMs) =>
      during(4 * HOUR, 3 * HOUR)(timeMs) || during(2 * HOUR, 2 * HOUR - 10 * MINUTE)(timeMs),
    isGone: during(20 * MINUTE, -HOUR),
    bots: ["bot-1:8080", "bot-2:8080"],
  };
  const well: PastServer = { instance: "10.0.0.6:9094", target: "clicks", cluster: ODD };
  const url = await startPastPrometheus(t, {
    fromMs,
    toMs: toMs + HOUR,
    everyMs: 15_000,
    series: [slow, well].flatMap((server) => pastSeries(server, fromMs)),
  });
  const ask = asker(t);

  await t.test("two times of one cause, and what is so now", async () => {
    const found = await diagnosed(
      ask(targetOf(url, slow, { cluster: ODD, instance: slow.instance })),
    );
    assert.deepEqual(
      found.active.map(({ check }) => check.id),
      ["data-directory-gone"],
    );
    assert.ok(Math.abs((found.active[0]?.since.ms ?? 0) - (toMs - 20 * MINUTE)) <= 2 * MINUTE);
    assert.deepEqual(
      found.recovered.map(({ check }) => check.id),
      ["slow-wal-sync", "produce-latency"],
      "the cause before its symptom",
    );
    const past = found.window.past.find(({ check }) => check.id === "produce-latency");
    assert.equal(past?.spells.length, 2);
    const [first, second] = past?.spells ?? [];
    assert.ok(Math.abs((first?.fromMs ?? 0) - (toMs - 4 * HOUR)) <= 3 * MINUTE);
    assert.ok(Math.abs((first?.untilMs ?? 0) - (toMs - 3 * HOUR)) <= 3 * MINUTE);
    assert.equal(second?.end, "over");
    assert.match(past?.sentences[0] ?? "", /800 ms/);
    assert.ok(found.healthy.some(({ check }) => check.id === "server-down"));
    assert.ok(
      found.unknown.some(({ check }) => check.id === "disk-full"),
      "no such series",
    );
    assert.ok(found.queries < 250, `${found.queries} queries`);
  });

  await t.test("labels that fit two servers mean the one at the target's address", async () => {
    const found = await diagnosed(ask(targetOf(url, well, { cluster: ODD })));
    assert.deepEqual(found.window.past, []);
    assert.match(found.notes.join(" "), /2 servers.*10\.0\.0\.6:9094/);
  });

  await t.test(
    "labels that fit two servers, none of them the target, give no verdict",
    async () => {
      const other = { ...well, instance: "10.0.0.7:9094" };
      const answer = await ask(targetOf(url, other, {}));
      assert.ok(answer.kind === "no-evidence");
      assert.match(answer.why, /10\.0\.0\.5:9094, 10\.0\.0\.6:9094.*`labels`/);
    },
  );

  await t.test("labels that no series has are named", async () => {
    const other = { ...well, target: "nobody" };
    const answer = await ask(targetOf(url, other, { cluster: "none" }));
    assert.ok(answer.kind === "no-evidence");
    assert.match(answer.why, /cluster="none"/);
  });

  await t.test("what Prometheus refuses costs that check alone", async () => {
    const broken: Check = {
      ...(ownChecks().checks.find(({ id }) => id === "server-down") as Check),
      id: "broken",
      title: "a broken check",
      expr: "probe_success > on () probe_duration_seconds",
    };
    const found = await diagnosed(
      ask(targetOf(url, slow, { instance: slow.instance }), {
        checks: [broken, ...ownChecks().checks],
      }),
    );
    const reason = found.unknown.find(({ check }) => check.id === "broken")?.reason;
    assert.ok(reason?.kind === "unanswered");
    assert.match(reason.says, /answers 422: .*many-to-many/);
    assert.ok(found.window.past.some(({ check }) => check.id === "produce-latency"));
  });

  await t.test("a week is judged in longer steps, and the answer says so", async () => {
    const found = await diagnosed(
      ask(targetOf(url, slow, { instance: slow.instance }), { windowMs: 168 * HOUR }),
    );
    assert.match(found.notes.join(" "), /14 min/);
    assert.ok(found.window.inPart.length > 0, "eight hours of a week are a part of it");
  });
});

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.closeAllConnections());
  t.after(() => void server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return `http://127.0.0.1:${address.port}`;
}

const SERVER: PastServer = { instance: "10.0.0.5:9094", target: "orders", cluster: "a" };

const TROUBLES: readonly (readonly [string, RequestListener, RegExp])[] = [
  ["refuses", (_, response) => void response.writeHead(403).end(), /answers 403/],
  ["is slow", () => undefined, /no complete answer within 300 ms/],
  ["is overloaded", (_, response) => void response.writeHead(503).end(), /answers 503/],
];

for (const [what, listener, expected] of TROUBLES) {
  test(`a Prometheus that ${what} gives no evidence, and that is said`, async (t) => {
    const url = await serve(t, listener);
    const answer = await asker(t, 300)(targetOf(url, SERVER, {}));
    assert.ok(answer.kind === "no-evidence");
    assert.match(answer.why, expected);
  });
}

test("a Prometheus that is down gives no evidence", async (t) => {
  const answer = await asker(t)(targetOf("http://127.0.0.1:9", SERVER, {}));
  assert.ok(answer.kind === "no-evidence");
  assert.match(answer.why, /refuses connections/);
});

test("a Prometheus has no more than four queries at once, whoever asks", async (t) => {
  let now = 0;
  let most = 0;
  const line = (query: string): string =>
    /^streamline_(uptime|target_last_poll)/.test(query)
      ? `{"metric":{"job":"x","instance":"10.0.0.5:9094"},"values":[[${Math.floor(Date.now() / 1_000)},"1"]]}`
      : "";
  const url = await serve(t, (request, response) => {
    now += 1;
    most = Math.max(most, now);
    const query = new URL(request.url ?? "", "http://x").searchParams.get("query") ?? "";
    setTimeout(() => {
      now -= 1;
      response.end(`{"status":"success","data":{"resultType":"matrix","result":[${line(query)}]}}`);
    }, 5);
  });
  const ask = asker(t);
  const target = targetOf(url, SERVER, {});
  await Promise.all([diagnosed(ask(target)), diagnosed(ask(target))]);
  assert.ok(most > 1 && most <= 4, `${most} at once`);
});
