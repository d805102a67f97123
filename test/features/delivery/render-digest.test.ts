/** The message of a digest: every incident in it, worst first, within Slack's sizes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../../../src/block-kit/blocks.ts";
import { fit } from "../../../src/block-kit/fit.ts";
import { renderDigest } from "../../../src/features/delivery/render-digest.ts";
import { firing, incidentOf, resolved, T0 } from "../../incidents/notifications.ts";

function incidents(many: number) {
  return Array.from({ length: many }, (_, index) => ({
    ...incidentOf([
      (index % 3 === 0 ? resolved : firing)(`a${index}`, {
        labels: {
          alertname: "StreamlineUnderReplicatedPartitions",
          severity: index === 7 ? "critical" : "warning",
          topic: `topic-number-${index}`,
        },
      }),
    ]),
    id: `i${index}`,
    status: index % 3 === 0 ? ("resolved" as const) : ("firing" as const),
    groupLabels: { alertname: "StreamlineUnderReplicatedPartitions", topic: `<topic>-${index}` },
  }));
}

const nowMs = T0 + 60_000;

test("a hundred incidents fit one message, each on a line of its own", () => {
  const message = fit(renderDigest({ incidents: incidents(100), nowMs, jumpTo: () => undefined }));
  const shown = JSON.stringify(message.blocks);
  for (let index = 0; index < 100; index += 1) {
    assert.ok(shown.includes(`<topic>-${index}`), `blocks name ${index}`);
  }
  assert.ok(!shown.includes("too long for one Slack message"));
});

test("the worst comes first, and what is over last", () => {
  const lines = renderDigest({ incidents: incidents(9), nowMs, jumpTo: () => undefined })
    .text.split("\n")
    .slice(1);
  assert.match(lines[0] ?? "", /CRITICAL.*-7$/);
  assert.equal(
    lines.findIndex((line) => line.includes("RESOLVED")),
    6,
  );
});

test("a label that all incidents of a target share is left out, one that tells them apart is not", () => {
  const listed = incidents(6).map((incident, index) => ({
    ...incident,
    target: index < 4 ? "orders-prod" : "orders-test",
    groupLabels: { job: index < 4 ? "streamline" : `job-${index}`, topic: `t${index}` },
  }));
  const { text } = renderDigest({ incidents: listed, nowMs, jumpTo: () => undefined });
  assert.doesNotMatch(text, /job=streamline/);
  for (const told of ["topic=t0", "topic=t3", "job=job-4", "job=job-5"]) {
    assert.ok(text.includes(told), told);
  }
});

test("few incidents lead to Alertmanager, and to their thread once they have one", () => {
  const [first, ...others] = incidents(3);
  assert.ok(first !== undefined);
  const listed = [{ ...first, messageTs: "1.2" }, ...others];
  const message = renderDigest({ incidents: listed, nowMs, jumpTo: (_, ts) => `https://s/${ts}` });
  const shown = JSON.stringify(message.blocks);
  assert.ok(shown.includes('"https://s/1.2"'));
  assert.match(shown, /#\/alerts\?filter=/);
});

test("those that fire and have no thread can be chosen", () => {
  const message = renderDigest({ incidents: incidents(6), nowMs, jumpTo: () => undefined });
  const values = [...JSON.stringify(message.blocks).matchAll(/"value":"(i\d+)"/g)].map(
    ([, id]) => id,
  );
  assert.deepEqual(
    values.toSorted((a = "", b = "") => a.localeCompare(b)),
    ["i1", "i2", "i4", "i5"],
  );
});

test("whom its firing incidents call is called once, for all of them", () => {
  const called = incidents(4).map((incident) => ({
    ...incident,
    mentions: { called: ["S0ONCALL"] },
  }));
  const message = renderDigest({ incidents: called, nowMs, jumpTo: () => undefined });
  assert.equal(JSON.stringify(message.blocks).split("<!subteam^S0ONCALL>").length, 2);
});

test("single alerts of groups without labels are known by those in which they differ", () => {
  const alone = incidents(3).map((incident) => ({ ...incident, groupLabels: {} }));
  const { text } = renderDigest({ incidents: alone, nowMs, jumpTo: () => undefined });
  for (const n of [0, 1, 2]) assert.match(text, new RegExp(`topic=topic-number-${n}`));
});

test("a verdict that is about an alert names it, since there are many", () => {
  const { text } = renderDigest({
    incidents: incidents(3).map((each) => ({ ...each, target: "orders-prod" })),
    nowMs,
    jumpTo: () => undefined,
    verdictOf: () => ({ mark: "🟢", verdict: [plain("I do not find it.")] }),
  });
  assert.match(text.split("\n")[1] ?? "", /^🟢 orders-prod, \w.*: I do not find it\. \(as of /);
});

test("what is wrong on each server and what to do first stand before the list, as of when they were known", () => {
  const all = incidents(9).map((each, index) => ({
    ...each,
    target: index < 6 ? "orders-prod" : "billing-prod",
  }));
  const asked: string[] = [];
  const { text, blocks } = renderDigest({
    incidents: all,
    nowMs,
    jumpTo: () => undefined,
    verdictOf: ({ target = "" }) => {
      asked.push(target);
      return target === "billing-prod"
        ? {
            mark: "🔴",
            verdict: [plain("The disk is full.")],
            first: [plain("First: free space.")],
          }
        : undefined;
    },
  });
  // The worst incident is of the second server; each server is asked about once.
  assert.deepEqual(asked, ["billing-prod", "orders-prod"]);
  const lines = text.split("\n");
  assert.match(lines[1] ?? "", /^🔴 billing-prod: The disk is full\. \(as of /);
  assert.equal(lines[2], "First: free space.");
  assert.match(lines[3] ?? "", /^• /);
  assert.deepEqual(
    blocks.slice(0, 3).map(({ type }) => type),
    ["header", "rich_text", "rich_text"],
  );
});
