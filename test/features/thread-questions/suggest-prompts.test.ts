/** What the messages tab offers, by what is true now. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { suggestPrompts } from "../../../src/features/thread-questions/suggest-prompts.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import { HOSTILE_PIECES } from "../../block-kit/hostile.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { firing, incidentOf } from "../../incidents/notifications.ts";
import { OPEN } from "../fakes.ts";

const prompts = (open: readonly Incident[], targets = [TARGET]) =>
  suggestPrompts(
    { incidents: { openIncidents: async () => [...open] }, targets, permission: OPEN },
    { user: "U0ALICE", channel: "D0ALICE" },
  );

test("when nothing fires, the targets and the help are offered", async () => {
  const { title, prompts: offered } = await prompts([]);
  assert.equal(title, "Nothing fires right now");
  assert.deepEqual(
    offered.map(({ message }) => message),
    ["health orders", "help"],
  );
});

test("what fires comes first, each question once, and never more than Slack shows", async () => {
  const slow = incidentOf([firing("a", { labels: { alertname: "DiskFull" } })], {
    target: "orders",
  });
  const lag = incidentOf([firing("b", { labels: { alertname: "ConsumerLag" } })], {
    target: "orders",
  });
  const { title, prompts: offered } = await prompts([slow, lag]);
  assert.equal(title, "2 incidents firing right now");
  assert.deepEqual(
    offered.map(({ message }) => message),
    ["why-slow orders", "runbook DiskFull", "runbook ConsumerLag", "help"],
  );
});

test("a stranger's name is offered only when it is nothing but a name", async () => {
  for (const piece of HOSTILE_PIECES) {
    const open = incidentOf([firing("a", { labels: { alertname: `${piece} x` } })]);
    const { prompts: offered } = await prompts([open]);
    assert.deepEqual(
      offered.map(({ message }) => message),
      ["health orders", "help"],
    );
  }
});
