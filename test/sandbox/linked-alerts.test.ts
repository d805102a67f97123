/** A fault that is switched brings its alert, and takes it away again. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { linkAlerts } from "../../src/sandbox/linked-alerts.ts";
import type { ControlFault } from "../../src/sandbox/slack/controls.ts";
import { eventually } from "../support/eventually.ts";

function setUp() {
  const on = new Set<string>();
  const fired: string[] = [];
  const fault = (id: string, kind: ControlFault["kind"]): ControlFault => ({
    id,
    title: id,
    about: "",
    kind,
    on: on.has(id),
    magnitudes: { mild: 1, severe: 2, meaning: "" },
  });
  const linked = linkAlerts({
    faults: {
      faults: () => [
        fault("disk-full", "fault"),
        fault("consumer-stopped", "fault"),
        fault("steady", "control"),
      ],
      setFault: (id, change) => void (change.on ? on.add(id) : on.delete(id)),
    },
    alerts: {
      alerts: () =>
        ["DiskFull", "ConsumerStopped"].map((name) => ({
          name,
          summary: "",
          severity: "critical",
          status: "inactive" as const,
          waits: "2m",
        })),
      fireAlert: (name, { status, labels = {} }) =>
        void fired.push([name, status, ...Object.values(labels)].join(" ")),
    },
    afterMs: 1,
  });
  return { linked, fired };
}

test("each fault says which alert follows, how soon, and how long the real rule waits", () => {
  const { linked } = setUp();
  assert.deepEqual(
    linked.faults().map(({ alert }) => alert),
    [
      { name: "DiskFull", afterSeconds: 0, waits: "2m", lastedMinutes: 7 },
      { name: "ConsumerStopped", afterSeconds: 0, waits: "2m", lastedMinutes: 7 },
      undefined,
    ],
  );
});

test("its alert fires after the switch and ends after it is switched off", async () => {
  const { linked, fired } = setUp();
  await linked.setFault("disk-full", { on: true });
  await eventually("the alert", () => fired.length === 1);
  // Another strength of the same fault is no second alert.
  await linked.setFault("disk-full", { on: true, magnitude: "mild" });
  await linked.setFault("disk-full", { on: false });
  await eventually("its end", () => fired.length === 2);
  assert.deepEqual(fired, ["DiskFull firing", "DiskFull resolved"]);
});

test("an alert of consumers names the group that the fault meets", async () => {
  const { linked, fired } = setUp();
  await linked.setFault("consumer-stopped", { on: true });
  await eventually("the alert", () => fired.length === 1);
  assert.deepEqual(fired, ["ConsumerStopped firing orders fulfilment"]);
});

test("what was switched off before its alert fired tells nobody", async () => {
  const { linked, fired } = setUp();
  await linked.setFault("disk-full", { on: true });
  await linked.setFault("disk-full", { on: false });
  await linked.setFault("consumer-stopped", { on: true });
  await eventually("the other alert", () => fired.length === 1);
  assert.ok(!fired.some((each) => each.startsWith("DiskFull")));
});
