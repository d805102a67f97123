/** A fault that has lasted for a while when it is switched on comes with the past that it had. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createFaultSwitches } from "../../src/sandbox/fault-switches.ts";
import type { PastSnapshot } from "../../src/sandbox/sandbox-past.ts";
import { startSimulatedStreamline } from "../../src/sandbox/streamline/server.ts";

const PAST_MINUTES = 12;

test("the bot is given the minutes of the fault, and the server goes on from them", async (t) => {
  const { streamline, switches, written } = await setUp(t);
  await switches.setFault("http-down", { on: true, lastedMinutes: 5 });
  const past = written.at(-1) ?? [];
  const downFor = minutesSince(past, ({ samples }) => httpAnswers(samples) === 0);
  assert.ok(Math.abs(downFor - 5) < 0.5, `down for ${downFor} min`);
  assert.ok(minutesSince(past, () => true) > PAST_MINUTES - 1, "the minutes before are kept");
  assert.deepEqual(
    past,
    past.toSorted((a, b) => a.timeMs - b.timeMs),
    "oldest first",
  );
  await assert.rejects(fetch(`${streamline.http}/health`), "its port is closed now");
  assert.deepEqual(
    switches
      .faults()
      .filter(({ on }) => on)
      .map(({ id }) => id),
    ["http-down"],
  );
});

test("what ended within the minutes of the next fault is left out of its past", async (t) => {
  const { switches, written } = await setUp(t);
  await switches.setFault("http-down", { on: true, lastedMinutes: 5 });
  await switches.setFault("http-down", { on: false });
  assert.equal(written.length, 1, "an end writes nothing: it is now");
  await switches.setFault("data-directory-gone", { on: true, lastedMinutes: 2 });
  const answers = (written.at(-1) ?? []).map(({ samples }) => httpAnswers(samples));
  assert.ok(!answers.includes(0), "it was never down");
});

test("what is still on is in the past of the next fault, for as long as it lasted", async (t) => {
  const { switches, written } = await setUp(t);
  await switches.setFault("http-down", { on: true, lastedMinutes: 5 });
  await switches.setFault("disk-full", { on: true, lastedMinutes: 2 });
  const downFor = minutesSince(written.at(-1) ?? [], ({ samples }) => httpAnswers(samples) === 0);
  assert.ok(Math.abs(downFor - 5) < 0.5, `down for ${downFor} min`);
});

test("a fault that begins now, and one that the server does not know, write no past", async (t) => {
  const { switches, written } = await setUp(t);
  await switches.setFault("http-down", { on: true });
  await assert.rejects(
    async () => switches.setFault("no-such-fault", { on: true, lastedMinutes: 5 }),
    /No scenario "no-such-fault"/,
  );
  assert.equal(written.length, 0);
});

async function setUp(t: { after(end: () => Promise<void>): void }) {
  const streamline = await startSimulatedStreamline();
  t.after(() => streamline.close());
  const written: (readonly PastSnapshot[])[] = [];
  const switches = createFaultSwitches(streamline, {
    pastMinutes: PAST_MINUTES,
    onPast: (past) => void written.push(past),
  });
  return { streamline, switches, written };
}

function httpAnswers(samples: PastSnapshot["samples"]): number | undefined {
  return samples.find(({ name, labels }) => name === "probe_success" && labels["probe"] === "http")
    ?.value;
}

/** How long before the last snapshot the first such one lies. */
function minutesSince(
  past: readonly PastSnapshot[],
  is: (snapshot: PastSnapshot) => boolean,
): number {
  const first = past.find(is)?.timeMs ?? Number.NaN;
  return ((past.at(-1)?.timeMs ?? Number.NaN) - first) / 60_000;
}
