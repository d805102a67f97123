/** The buttons under an incident, and what each answers when it cannot do what it says. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { guardInteractions } from "../../../src/features/commands/guard-interactions.ts";
import { actOnIncidents } from "../../../src/features/incidents/act-on-incidents.ts";
import type { Reaction } from "../../../src/features/shared/interactions.ts";
import { HOUR, T0 } from "../../incidents/notifications.ts";
import { receive, setUp } from "../delivery/delivery.ts";
import { OPEN } from "../fakes.ts";

const ALICE = { user: "U0ALICE", channel: "C1" };

async function buttons(t: Parameters<typeof setUp>[0], refusal?: string) {
  const world = await setUp(t, { start: false });
  const asked: string[] = [];
  const kept: string[] = [];
  const acts = actOnIncidents({
    permission: OPEN,
    incidents: world.incidents,
    times: { holdsMs: HOUR, remindAfterMs: HOUR / 2 },
    clock: world.clock,
    wakeDelivery: () => undefined,
    asked: {
      note: ({ incident, person, command }) =>
        void kept.push(`${incident.id} ${person.user} ${command}`),
    },
    answer: async (text): Promise<Reaction> => {
      asked.push(text);
      return { kind: "nothing" };
    },
  });
  const { clicks } = guardInteractions([acts], {
    refusal: async (_, right) => (right === "acknowledge" ? refusal : undefined),
  });
  const click = async (action: string, value = "i1"): Promise<string> => {
    const reaction = await clicks[action]?.({
      person: ALICE,
      action,
      actionId: action,
      value,
      fields: {},
    });
    return reaction?.kind === "message" ? reaction.message.text : (reaction?.kind ?? "no such");
  };
  return { ...world, asked, kept, click };
}

test("an acknowledgement is kept, and needs no answer beside the message that shows it", async (t) => {
  const world = await buttons(t);
  await receive(world, "i1");
  assert.equal(await world.click("acknowledge"), "nothing");
  const { acknowledged } = (await world.incidents.incident("i1")) ?? {};
  assert.deepEqual(acknowledged, {
    by: "U0ALICE",
    at: T0,
    until: T0 + HOUR,
    remindAt: T0 + HOUR / 2,
  });
});

test("what cannot be done is reported, and changes nothing", async (t) => {
  const world = await buttons(t);
  await receive(world, "i1");
  assert.match(await world.click("unacknowledge"), /already undone that/);
  assert.equal(await world.click("noise"), "nothing");
  assert.match(await world.click("noise"), /already done that/);
  assert.match(await world.click("acknowledge", "gone"), /no longer have this incident/);
  await receive(world, "i1", { over: true });
  assert.match(await world.click("acknowledge"), /already resolved/);
});

test("who may not is told so, and nothing is changed", async (t) => {
  const world = await buttons(t, "Not you.");
  await receive(world, "i1");
  assert.equal(await world.click("acknowledge"), "Not you.");
  assert.equal((await world.incidents.incident("i1"))?.acknowledged, undefined);
});

test("the runbook's button asks for the alert's page", async (t) => {
  const world = await buttons(t);
  await receive(world, "i1");
  await world.click("incident_runbook");
  assert.match(world.asked[0] ?? "", /^runbook A$/);
  assert.deepEqual(world.kept, ["i1 U0ALICE runbook A"], "the timeline has it");
  assert.match(await world.click("incident_why_slow", "gone"), /no longer have this incident/);
});
