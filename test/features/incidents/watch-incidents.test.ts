/** What time does to incidents, over a real store and a clock held in hand. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { watchIncidents } from "../../../src/features/incidents/watch-incidents.ts";
import { MINUTE, T0 } from "../../incidents/notifications.ts";
import { receive, setUp } from "../delivery/delivery.ts";

test("a reminder and the end of an acknowledgement are reported when they are due, each once", async (t) => {
  const world = await setUp(t);
  const { incidents, clock, log, delivery, slack } = world;
  const watch = watchIncidents({ incidents, clock, log, wakeDelivery: () => delivery.wake() });
  watch.start();
  await receive(world, "i1");
  await incidents.change("i1", T0, (incident) => ({
    incident: {
      ...incident,
      acknowledged: { by: "U1", at: T0, remindAt: T0 + 5 * MINUTE, until: T0 + 10 * MINUTE },
    },
    notices: [],
  }));
  const said = (kind: string) => slack.messages.filter(({ text }) => text.startsWith(`${kind} of`));
  await clock.advance(4 * MINUTE);
  assert.equal(said("reminder").length, 0);
  await clock.advance(2 * MINUTE);
  assert.equal(said("reminder").length, 1);
  await clock.advance(20 * MINUTE);
  assert.equal(said("reminder").length, 1);
  assert.equal(said("acknowledgement-ended").length, 1);
  const stopped = watch.stop();
  await clock.advance(MINUTE);
  await stopped;
});

test("a store that fails for a moment does not end the watch", async (t) => {
  const { clock, log } = await setUp(t, { start: false });
  let polls = 0;
  const failing = {
    change: async () => undefined,
    dueIncidents: async () => {
      polls += 1;
      if (polls === 1) throw new Error("locked");
      return [];
    },
  };
  const watch = watchIncidents({ incidents: failing, clock, log, wakeDelivery: () => undefined });
  watch.start();
  await clock.advance(MINUTE);
  assert.ok(polls > 1);
  assert.match(JSON.stringify(log), /cannot be read/);
  const stopped = watch.stop();
  await clock.advance(MINUTE);
  await stopped;
});
