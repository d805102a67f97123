/** A source whose webhooks may be lost and whose API may be away, and the bot beside it. */

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { AlertSource } from "../../../src/alerts/source.ts";
import { createSourceReader } from "../../../src/edges/alertmanager/source-reader.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { reconcileSources } from "../../../src/features/incidents/reconcile-sources.ts";
import { respondToAlerts } from "../../../src/features/incidents/respond-to-alerts.ts";
import { watchIncidents } from "../../../src/features/incidents/watch-incidents.ts";
import { quietOfAlert } from "../../../src/incidents/quiet.ts";
import { MINUTE, SECOND, T0 } from "../../incidents/notifications.ts";
import fc from "../../support/fast-check.ts";
import { createClock, createLog, createMeter } from "../fakes.ts";
import { createSimulatedSource } from "./simulated-source.ts";

const PROD: AlertSource = {
  name: "prod",
  members: ["http://am:9093"],
  arePeers: true,
  headers: {},
  targets: [],
  everyMs: 20 * SECOND,
  absentForMs: 30 * SECOND,
};

interface Setting {
  /** By so much the source's clock is ahead. */
  readonly skewMs?: number;
  /** Where in their span the pauses between two rounds are. */
  readonly random?: number;
}

/** The bot over one source, both at rest; `stop` ends them. */
export async function setUp({ skewMs = 0, random = 1 }: Setting = {}) {
  const clock = createClock(T0);
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" }, clock);
  const incidents = createIncidentStore(database);
  const [log, meter] = [createLog(), createMeter()];
  const source = createSimulatedSource(() => clock.now(), { skewMs });
  const reader = createSourceReader(PROD, { api: source.api, clock });
  const shared = { incidents, clock, log, wakeDelivery: () => undefined };
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `i${ids}`;
  };
  const respond = respondToAlerts(
    {
      ...shared,
      meter,
      newId,
      doubt: (name) => reconciliation.doubt(name),
    },
    { routes: [{ match: {}, channel: "C1" }], targets: [], sources: [PROD] },
  );
  const reconciliation = reconcileSources({
    ...shared,
    sources: [{ source: PROD, reader }],
    random: () => random,
    report: respond,
  });
  const watch = watchIncidents(shared);
  reconciliation.start();
  watch.start();
  const world = {
    clock,
    source,
    respond,
    incidents,
    reconciliation,
    hasWebhooks: true,
    async notify(): Promise<void> {
      const sent = source.notifications();
      if (!world.hasWebhooks) return;
      for (const each of sent) await respond(each);
      await clock.advance(0);
    },
    /** Each alert as its last incident shows it. */
    async shown(): Promise<ReadonlyMap<string, string>> {
      const all = await incidents.incidentsSince(0, 1_000);
      const oldest = all.toSorted((a, b) => (a.firedAt.at(-1) ?? 0) - (b.firedAt.at(-1) ?? 0));
      return new Map(
        oldest.flatMap((incident) =>
          incident.alerts.map((alert): [string, string] => {
            const quiet = quietOfAlert(alert, incident, clock.now());
            return [alert.fingerprint, quiet?.kind ?? alert.status];
          }),
        ),
      );
    },
    async stop(): Promise<void> {
      const stopping = [reconciliation.stop(), watch.stop()];
      await clock.advance(MINUTE);
      await Promise.all(stopping);
      await database.close();
    },
  };
  return world;
}

export type World = Awaited<ReturnType<typeof setUp>>;

/** What the source holds is what is shown of it, and all else is over. */
export async function assertTrue(world: World): Promise<void> {
  const { source } = world;
  const all = await world.shown();
  for (const [name, { isSilenced }] of source.held) {
    // What was silenced before anybody reported it is nothing to show.
    if (isSilenced && !all.has(name)) continue;
    assert.equal(all.get(name), isSilenced ? "silenced" : "firing", name);
  }
  for (const [name, state] of all) {
    assert.ok(source.held.has(name) || state === "resolved", `${name} is over, and shown ${state}`);
  }
}

const NAMES = ["a1", "a2", "a3", "b1", "c1"];
const SEED = "z1";

/** Something that happens at the source, to its webhooks or to its API. */
export const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("fire"), name: fc.constantFrom(...NAMES) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("end"), name: fc.constantFrom(...NAMES) }),
  },
  fc.record({ kind: fc.constantFrom("silence", "unsilence"), name: fc.constantFrom(...NAMES) }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("notify"), name: fc.constant("") }) },
  fc.record({ kind: fc.constantFrom("webhooks", "api", "both", "forget"), name: fc.constant("") }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("wait"),
      name: fc.constantFrom("1", "12", "40", "200"),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export async function run(world: World, { kind, name }: Step): Promise<void> {
  const { source } = world;
  if (kind === "fire") source.fire(name);
  else if (kind === "end") source.end(name);
  else if (kind === "silence" || kind === "unsilence") source.silence(name, kind === "silence");
  else if (kind === "notify") await world.notify();
  else if (kind === "forget") source.forget();
  else if (kind === "wait") await world.clock.advance(Number(name) * SECOND);
  if (kind === "webhooks" || kind === "both") world.hasWebhooks = !world.hasWebhooks;
  if (kind === "api" || kind === "both") source.isApiCut = !source.isApiCut;
}

/** An incident of a group with labels of the same names, as every bot that has run for a while has. */
export async function seed(world: World): Promise<void> {
  world.source.fire(SEED);
  await world.notify();
  await world.clock.advance(30 * SECOND);
}

export async function started(t: TestContext, setting?: Setting): Promise<World> {
  const world = await setUp(setting);
  t.after(() => world.stop());
  await seed(world);
  return world;
}
