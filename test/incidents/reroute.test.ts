/** An open incident in the channel to which a changed configuration routes it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { reroute } from "../../src/incidents/reroute.ts";
import { firing, incidentOf, resolved } from "./notifications.ts";

const open = { ...incidentOf([firing("a")]), channel: "COLD", messageTs: "1.2" };

test("it is a new one there, with its explanations, and its old thread is told", () => {
  const change = reroute(open, "CNEW");
  assert.deepEqual([change?.incident.channel, change?.incident.messageTs], ["CNEW", undefined]);
  assert.deepEqual(
    change?.notices.map(({ kind }) => kind),
    ["incident", "diagnosis", "runbook", "rerouted"],
  );
  assert.deepEqual(change?.notices.at(-1), {
    kind: "rerouted",
    from: { channel: "COLD", ts: "1.2" },
  });
  assert.deepEqual([change?.leavesChannel, change?.audit?.action], [true, "rerouted"]);
});

test("one without a message has no thread to tell", () => {
  const { messageTs: _, ...unnamed } = open;
  assert.ok(reroute(unnamed, "CNEW")?.notices.every(({ kind }) => kind !== "rerouted"));
});

test("what is there already, is over, or is another app's stays where it is", () => {
  assert.equal(reroute(open, "COLD"), undefined);
  assert.equal(reroute({ ...open, isExternal: true }, "CNEW"), undefined);
  const over = { ...incidentOf([resolved("a")]), status: "resolved", channel: "COLD" } as const;
  assert.equal(reroute(over, "CNEW"), undefined);
});
