/** What the bot says of itself: alive, ready, and what it has done. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createOwnMetrics } from "../../../src/edges/own-metrics.ts";
import { parseExposition } from "../../../src/exposition/parse-exposition.ts";
import type { Labels } from "../../../src/exposition/sample.ts";
import { send, startServer } from "./bot-server.ts";

test("/healthz answers whatever is missing", async (t) => {
  const { url } = await startServer(t, {
    health: { readiness: () => Promise.reject(new Error("no")) },
  });
  const answer = await send(`${url}/healthz`, { method: "GET" });
  assert.deepEqual([answer.status, answer.text], [200, '{"status":"ok"}']);
});

describe("/readyz", () => {
  test("is 200 when everything is there", async (t) => {
    const readiness = async () => ({
      needed: { store: undefined },
      others: { slack: undefined },
      figures: { queueAgeSeconds: 0 },
    });
    const { url } = await startServer(t, { health: { readiness } });
    const answer = await send(`${url}/readyz`, { method: "GET" });
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(answer.text), {
      status: "ready",
      checks: { store: "ok", slack: "ok" },
      queueAgeSeconds: 0,
    });
  });

  test("is 200 while Slack is away, and says so: a balancer must not turn webhooks away", async (t) => {
    const readiness = async () => ({
      needed: { store: undefined },
      others: { slack: "Slack cannot be reached" },
      warnings: ["a member of a source does not answer"],
    });
    const { url } = await startServer(t, { health: { readiness } });
    const answer = await send(`${url}/readyz`, { method: "GET" });
    assert.equal(answer.status, 200);
    assert.deepEqual(JSON.parse(answer.text), {
      status: "degraded",
      checks: { store: "ok", slack: "Slack cannot be reached" },
      warnings: ["a member of a source does not answer"],
    });
  });

  test("is 503 and names what is missing", async (t) => {
    const readiness = async () => ({
      needed: { store: "cannot write: the disk is full" },
      others: { slack: undefined },
    });
    const { url } = await startServer(t, { health: { readiness } });
    const answer = await send(`${url}/readyz`, { method: "GET" });
    assert.equal(answer.status, 503);
    assert.deepEqual(JSON.parse(answer.text), {
      status: "not ready",
      checks: { store: "cannot write: the disk is full", slack: "ok" },
    });
  });

  test("says how many pages of how many are read", async (t) => {
    const health = {
      readiness: async () => ({ needed: {} }),
      pagesRead: () => "604 of 608 pages read",
    };
    const { url } = await startServer(t, { health });
    const answer = await send(`${url}/readyz`, { method: "GET" });
    assert.equal(JSON.parse(answer.text).pages, "604 of 608 pages read");
  });

  test("that fails itself says so without its reason, which stands in the log", async (t) => {
    const { url, text } = await startServer(t, {
      health: { readiness: () => Promise.reject(new Error("hunter2")) },
    });
    const answer = await send(`${url}/readyz`, { method: "GET" });
    assert.deepEqual(
      [answer.status, answer.text],
      [500, '{"error":"the bot could not handle this; try again"}'],
    );
    assert.match(text(), /hunter2/);
  });
});

describe("/metrics", () => {
  test("is Prometheus text that counts what the bot did", async (t) => {
    const meter = createOwnMetrics();
    meter.state({ canWrite: () => Promise.reject(new Error("gone")), slack: () => "refused" });
    const { url } = await startServer(t, { health: { metrics: () => meter.text() } });
    meter.webhook("opened");
    meter.webhook("opened");
    meter.alerts("firing", 3);
    meter.alerts("resolved", 0);
    meter.post("posted");
    meter.post("rate-limited");
    meter.searched("answered");
    meter.searched("refused");
    meter.answered("search", 0.2);
    meter.answered("search", -1);
    meter.targetPoll({ target: 'a"b\n\\', outcome: "timeout", bytes: 7 });
    const answer = await send(`${url}/metrics`, { method: "GET" });
    assert.equal(answer.status, 200);
    assert.match(String(answer.headers["content-type"]), /^text\/plain; version=0\.0\.4/);

    const { samples, brokenTotal, families } = parseExposition(answer.text);
    assert.equal(brokenTotal, 0);
    assert.equal(families.get("incident_bot_answer_seconds")?.type, "histogram");
    const value = (name: string, labels: Labels = {}): number | undefined =>
      samples.find(
        (sample) =>
          sample.name === name &&
          Object.entries(labels).every(([label, wanted]) => sample.labels[label] === wanted),
      )?.value;
    assert.equal(value("incident_bot_webhooks_total", { outcome: "opened" }), 2);
    assert.equal(value("incident_bot_alerts_total", { status: "firing" }), 3);
    assert.equal(value("incident_bot_store_writable"), 0);
    assert.equal(value("incident_bot_slack_state", { state: "refused" }), 1);
    assert.equal(value("incident_bot_slack_state", { state: "well" }), 0);
    assert.equal(value("incident_bot_posts_total", { outcome: "rate-limited" }), 1);
    assert.equal(value("incident_bot_searches_total", { outcome: "refused" }), 1);
    assert.equal(value("incident_bot_answer_seconds_count", { kind: "search" }), 2);
    assert.equal(value("incident_bot_answer_seconds_sum", { kind: "search" }), 0.2);
    assert.equal(value("incident_bot_answer_seconds_bucket", { kind: "search", le: "0.25" }), 2);
    const target = 'a"b\n\\';
    assert.equal(value("incident_bot_target_polls_total", { target, outcome: "timeout" }), 1);
    assert.equal(value("incident_bot_target_bytes_total", { target }), 7);
    assert.ok((value("process_start_time_seconds") ?? 0) > 0);
  });
});
