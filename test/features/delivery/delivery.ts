/** The delivery over a real store in memory, a Slack and a clock held in hand. */

import type { TestContext } from "node:test";
import type { Message } from "../../../src/block-kit/message.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createDigestStore } from "../../../src/edges/store/digest-store.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { createLateCopyStore } from "../../../src/edges/store/late-copy-store.ts";
import { createOutbox } from "../../../src/edges/store/outbox.ts";
import { createDelivery } from "../../../src/features/delivery/deliver-outbox.ts";
import type { OutboxRow } from "../../../src/features/delivery/delivery-ports.ts";
import type { IncidentWriter } from "../../../src/features/incidents/incident-ports.ts";
import { applyNotification } from "../../../src/incidents/apply-notification.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import { firing, notification, resolved, T0 } from "../../incidents/notifications.ts";
import { createClock, createLog, createMeter, createSlack } from "../fakes.ts";

export type Render = (row: OutboxRow, incident: Incident) => Promise<Message | undefined>;

/** The kind of what is said, and the state it was rendered from. */
export const plainly: Render = async ({ notice }, incident) => ({
  text: `${notice.kind} of ${incident.id}, ${incident.status}`,
  blocks: [],
});

export async function setUp(t: TestContext, { render = plainly, start = true } = {}) {
  const clock = createClock(T0);
  const database = await openDatabase(
    { engine: "sqlite", path: ":memory:" },
    { now: () => clock.now() },
  );
  const incidents = createIncidentStore(database);
  const outbox = createOutbox(database);
  const [slack, log, meter] = [createSlack(clock), createLog(), createMeter()];
  const hears = new Map<string, "yes" | "no" | "unknown">();
  const delivery = createDelivery({
    incidents,
    outbox,
    slack: {
      messenger: slack,
      jumpTo: () => undefined,
      doubtToken: () => undefined,
      delivered: () => undefined,
    },
    notices: {
      render,
      mayBeNotified: async (user) => hears.get(user) ?? "yes",
      renderRerouted: ({ channel }) => ({
        place: { text: `moved to ${channel}`, blocks: [] },
        reply: { text: `went to ${channel}`, blocks: [] },
      }),
    },
    digests: {
      store: createDigestStore(database),
      render: ({ incidents: listed }) => ({
        text: listed.map(({ id, status }) => `${id} ${status}`).join("\n"),
        blocks: [],
      }),
      above: 10,
    },
    lateCopies: createLateCopyStore(database),
    clock,
    log,
    meter,
  });
  t.after(async () => {
    const stopping = delivery.stop();
    await clock.advance(60_000);
    await stopping;
    await database.close();
  });
  if (start) delivery.start();
  const world = { hears, incidents, outbox, clock, slack, log, meter, delivery, database };
  return {
    ...world,
    receive: (id: string, options?: ExternalOrigin) => receive(world, id, options),
  };
}

interface ExternalOrigin {
  readonly channel?: string;
  readonly over?: boolean;
}

/** What is said of an incident here, whatever else is said of one by now. */
const SAID: ReadonlySet<string> = new Set([
  "incident",
  "runbook",
  "diagnosis",
  "resolved",
  "reopened",
]);

/** A notification of the group `id` arrives: its alert fires, or is over. */
export async function receive(
  {
    incidents,
    clock,
    delivery,
  }: {
    incidents: Pick<IncidentWriter, "apply">;
    clock: { now(): number };
    delivery: { wake(): void };
  },
  id: string,
  { channel = "C1", over = false }: ExternalOrigin = {},
): Promise<void> {
  const nowMs = clock.now();
  const alert = (over ? resolved : firing)("a", { startsAt: T0, labels: { alertname: "A" } });
  const body = notification([alert], { groupKey: id });
  await incidents.apply(body, nowMs, (latest) => {
    const outcome = applyNotification(latest, body, { id, channel, nowMs });
    return { ...outcome, notices: outcome.notices.filter(({ kind }) => SAID.has(kind)) };
  });
  delivery.wake();
}

export function texts(messages: readonly { text: string }[]): string[] {
  return messages.map(({ text }) => text);
}

export const THREAD = ["diagnosis of i1, firing", "runbook of i1, firing"];
