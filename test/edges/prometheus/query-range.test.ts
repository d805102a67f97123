/** A target's Prometheus, asked for longer than our own history: a real one, and ones in trouble. */
// needs: prometheus

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type TestContext, test } from "node:test";
import { momentsUntil, pictureOf } from "../../../src/diagnosis/checks/picture.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import {
  createPrometheus,
  type PrometheusOptions,
} from "../../../src/edges/prometheus/query-range.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { encodeSnapshot } from "../../promql/remote-write.ts";
import { startPrometheus } from "../../support/programs.ts";

const HOUR = 3_600_000;

function client(t: TestContext, options: PrometheusOptions = {}) {
  const prometheus = createPrometheus(options);
  t.after(() => prometheus.close());
  return prometheus;
}

function targetAt(prometheus: string): Target {
  return { ...TARGET, prometheus };
}

async function realPrometheus(t: TestContext): Promise<string> {
  const { url } = await startPrometheus(t);
  return url;
}

async function write(url: string, timeMs: number, value: number): Promise<void> {
  const samples = ["orders", "clicks"].map((topic, n) => ({
    name: "streamline_bytes_in_total",
    labels: { topic, job: "streamline" },
    value: value * (n + 1),
  }));
  const answer = await fetch(`${url}/api/v1/write`, {
    method: "POST",
    headers: {
      "content-encoding": "snappy",
      "content-type": "application/x-protobuf",
      "x-prometheus-remote-write-version": "0.1.0",
    },
    body: encodeSnapshot(timeMs, samples),
  });
  assert.equal(answer.status, 204);
}

test("a real Prometheus shows hours, at the moments of a chart", async (t) => {
  const url = await realPrometheus(t);
  const endMs = Math.floor(Date.now() / 1_000) * 1_000;
  for (let ago = 50 * 60; ago >= 0; ago -= 60) await write(url, endMs - ago * 1_000, 6_000 - ago);
  const prometheus = client(t);
  const moments = momentsUntil(endMs, 2 * HOUR);

  const answer = await prometheus.range(
    targetAt(`${url}/`),
    'rate(streamline_bytes_in_total{job="streamline"}[6m])',
    moments,
  );
  assert.ok(answer.kind === "lines");
  const topics = new Set(answer.lines.map(({ labels }) => labels["topic"]));
  assert.deepEqual(topics, new Set(["clicks", "orders"]));
  const picture = pictureOf(answer.lines, moments);
  assert.ok((picture?.timesMs.length ?? 0) >= 8, "the last 50 minutes in steps of 6");
  assert.deepEqual(picture?.series[0]?.labels, { topic: "clicks" });
  assert.ok(Math.abs((picture?.series[0]?.values.at(-1) ?? 0) - 2) < 0.2);

  const none = await prometheus.range(targetAt(url), "no_such_metric", moments);
  assert.deepEqual(none, { kind: "lines", lines: [] });

  const refused = await prometheus.range(targetAt(url), "rate(up", moments);
  assert.ok(refused.kind === "refused");
  assert.match(refused.problem, /unclosed left parenthesis|parse error/);
});

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.closeAllConnections());
  t.after(() => void server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return `http://127.0.0.1:${address.port}/prom`;
}

const MOMENTS = momentsUntil(1_700_000_000_000, 2 * HOUR);

test("the query goes below the configured address as GET, with the token as bearer", async (t) => {
  const seen: { method?: string; url?: string; token?: string }[] = [];
  const url = await serve(t, ({ method, url: path, headers }, response) => {
    seen.push({ method: method ?? "", url: path ?? "", token: headers.authorization ?? "" });
    response.end('{"status":"success","data":{"resultType":"matrix","result":[]}}');
  });
  await client(t, { token: () => "s3cret" }).range(targetAt(url), 'up{a="b c&d"}', MOMENTS);
  const [first] = seen;
  assert.equal(first?.method, "GET");
  assert.equal(first?.token, "Bearer s3cret");
  const asked = new URL(first?.url ?? "", "http://x");
  assert.equal(asked.pathname, "/prom/api/v1/query_range");
  assert.equal(asked.searchParams.get("query"), 'up{a="b c&d"}');
  assert.equal(asked.searchParams.get("end"), "1700000000");
  assert.equal(asked.searchParams.get("step"), "360");
});

test("targets of several tenants share one Prometheus, each with its own headers", async (t) => {
  const seen: (string | undefined)[] = [];
  const url = await serve(t, ({ headers }, response) => {
    const tenant = headers["x-scope-orgid"];
    seen.push(`${Array.isArray(tenant) ? tenant.join() : tenant} ${headers.authorization}`);
    response.end('{"status":"success","data":{"resultType":"matrix","result":[]}}');
  });
  const prometheus = client(t, { token: () => "s3cret" });
  for (const tenant of ["team-a", "team-b"]) {
    const target = { ...targetAt(url), prometheusHeaders: { "X-Scope-OrgID": tenant } };
    await prometheus.range(target, "up", MOMENTS);
  }
  await prometheus.range(targetAt(url), "up", MOMENTS);
  assert.deepEqual(
    seen,
    ["team-a", "team-b", undefined].map((tenant) => `${tenant} Bearer s3cret`),
  );
});

const TROUBLES: readonly (readonly [string, RequestListener, RegExp])[] = [
  ["garbage", (_, response) => void response.end("<html>"), /not Prometheus's/],
  ["JSON of another kind", (_, response) => void response.end('{"a":1}'), /not Prometheus's/],
  ["500", (_, response) => void response.writeHead(500).end("x"), /answers 500/],
  ["401", (_, response) => void response.writeHead(401).end(), /401: .*token/],
  [
    "a query that took too long",
    (_, response) =>
      void response
        .writeHead(503)
        .end('{"status":"error","errorType":"timeout","error":"query timed out"}'),
    /answers 503: query timed out/,
  ],
  [
    "a flood",
    (_, response) => {
      const chunk = "x".repeat(1024 ** 2);
      const more = (): void => {
        while (response.write(chunk));
      };
      response.on("drain", more);
      more();
    },
    /sends more than 8 MiB/,
  ],
  ["nothing", () => undefined, /no complete answer within 300 ms/],
];

for (const [what, listener, expected] of TROUBLES) {
  test(`a Prometheus that answers ${what} is reported to do exactly that`, async (t) => {
    const url = await serve(t, listener);
    const timeoutMs = what === "nothing" ? 300 : 10_000;
    const answer = await client(t, { timeoutMs }).range(targetAt(url), "up", MOMENTS);
    assert.ok(answer.kind === "unavailable", answer.kind);
    assert.match(answer.says, expected);
  });
}

test("a Prometheus that is down is reported to refuse connections", async (t) => {
  const answer = await client(t).range(targetAt("http://127.0.0.1:1"), "up", MOMENTS);
  assert.ok(answer.kind === "unavailable");
  assert.match(answer.says, /refuses connections/);
});
