/** A health report as a person reads it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { visibleSize } from "../../../src/block-kit/fit-block.ts";
import { LIMITS } from "../../../src/block-kit/limits.ts";
import type { Message } from "../../../src/block-kit/message.ts";
import { SEVERITY_MARKS } from "../../../src/block-kit/state-marks.ts";
import { judgeHealth } from "../../../src/diagnosis/health/health-report.ts";
import type { HealthPoll } from "../../../src/diagnosis/reply.ts";
import { renderHealth } from "../../../src/features/targets/render-health.ts";
import {
  answered,
  healthyPoll,
  REFUSED,
  TARGET,
  UNHEALTHY_BODY,
  withoutHttp,
} from "../../diagnosis/polls.ts";
import { ownChecks } from "../../eval/own-checks.ts";

function rendered(poll: Partial<HealthPoll> = {}): Message {
  return renderHealth(judgeHealth(TARGET, healthyPoll(poll)));
}

test("the verdict comes first, then each of the seven probes with its time", () => {
  const message = rendered();
  const [first, ...rest] = message.text.split("\n");
  assert.equal(
    first,
    "🟢 orders is healthy: HTTP and Kafka answer and its checks pass; up 2 h 15 min.",
  );
  assert.deepEqual(rest.slice(1), [
    "• HTTP port: ok, takes connections (1 ms)",
    "• Kafka port: ok, takes connections (1 ms)",
    "• Kafka request: ok, answers in the Kafka protocol (2 ms)",
    "• /health: ok, all checks pass: storage, data_directory (3 ms)",
    "• /health/ready: ok, ready (3 ms)",
    "• /info: ok, version 0.2.0, up 2 h 15 min, 12 topics (3 ms)",
    "• /metrics: ok, 1 series (3 ms)",
  ]);
});

test("the table says of each probe what it said and how long it took", () => {
  const table = rendered({ http: REFUSED, ...withoutHttp(REFUSED) }).blocks.at(-1);
  assert.ok(table?.type === "table");
  assert.equal(table.rows.length, 8);
  assert.deepEqual(
    table.rows[1]?.map((cell) => (cell.type === "raw_text" ? cell.text : "")),
    ["HTTP port", "✗ refuses connections: nothing listens there", "1 ms"],
  );
});

test("text to search for is shown as code", () => {
  const message = rendered({ http: REFUSED, ...withoutHttp(REFUSED) });
  const shown = JSON.stringify(message.blocks);
  assert.match(
    shown,
    /\{"type":"text","text":"Overlapping method route\. Handler for","style":\{"code":true\}\}/,
  );
  assert.match(message.text, /`Overlapping method route\. Handler for`/);
});

test("a server's own words can neither mention nor flood", () => {
  const message = `<!channel> ${"x".repeat(10_000)}`;
  const body = JSON.stringify({
    status: "unhealthy",
    checks: [{ name: "storage", status: "failed", message }],
  });
  const shown = rendered({ health: answered(body, { status: 503 }) });

  assert.ok(!shown.text.includes("<!channel>"));
  assert.ok(shown.text.length <= LIMITS.messageText);
  assert.ok(visibleSize(shown.blocks) <= LIMITS.messageTotal);
  assert.ok(shown.blocks.every((block) => block.type === "rich_text" || block.type === "table"));
});

test("a time below a millisecond does not read as zero", () => {
  const message = rendered({ http: { kind: "open", ms: 0.4 } });
  assert.match(message.text, /HTTP port: ok, takes connections \(under 1 ms\)/);
});

test("what the checks find gives the colour, so that no server is green beside its own trouble", () => {
  const context = { rules: [], passedOver: [], cost: { requests: 0, bytes: 0 } };
  const said = (severity: "critical" | "warning") =>
    renderHealth(judgeHealth(TARGET, healthyPoll()), {
      ...context,
      found: { severity, title: "disk full" },
    }).text.split("\n")[0] ?? "";
  assert.match(said("critical"), /^🔴 .*: disk full, .*answers/);
  assert.match(said("warning"), /^🟠 /);
  assert.match(renderHealth(judgeHealth(TARGET, healthyPoll()), context).text, /^🟢 .* is healthy/);
});

test("a state has the colour of the check that finds it", () => {
  const { checks } = ownChecks();
  const down = { http: REFUSED, ...withoutHttp(REFUSED) };
  const kafka = { port: REFUSED, api: REFUSED };
  for (const [id, poll] of [
    ["http-down", down],
    ["server-down", { ...down, kafka }],
    ["kafka-down", { kafka }],
    ["data-directory-gone", { health: answered(UNHEALTHY_BODY, { status: 503 }) }],
    ["foreign-service", { health: answered("<html>", { headers: {} }) }],
  ] as const) {
    const shown = checks.find((check) => check.id === id)?.shown;
    assert.ok(shown !== undefined, `there is a check ${id}`);
    const mark = SEVERITY_MARKS[shown];
    assert.ok(rendered(poll).text.startsWith(`${mark} `), `${id}: ${rendered(poll).text}`);
  }
});

test("rules about other jobs are counted, and those that lack something are named with it", () => {
  const foreign = (alert: string) => ({
    alert,
    reason: 'up{job="node"} is not about this target',
    isForeign: true,
  });
  const lacking = { alert: "Slow", reason: "it needs more computing", isForeign: false };
  const context = {
    rules: [],
    passedOver: [foreign("DiskFull"), lacking, foreign("BotDown")],
    cost: { requests: 0, bytes: 0 },
  };
  const { blocks } = renderHealth(judgeHealth(TARGET, healthyPoll()), context);
  const text = JSON.stringify(blocks);
  assert.match(text, /Slow \(it needs more computing\)/);
  assert.match(text, /other jobs: 2 rules/);
  assert.doesNotMatch(text, /DiskFull|BotDown/);
});
