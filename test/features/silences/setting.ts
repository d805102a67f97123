/** Silences over a store in memory and an Alertmanager that fails as told. */

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { Alert } from "../../../src/alerts/alert.ts";
import { type HeldAlert, hiding } from "../../../src/alerts/silence.ts";
import { type AlertSource, allSources } from "../../../src/alerts/source.ts";
import type { View } from "../../../src/block-kit/view.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import { createAuditLog } from "../../../src/edges/store/audit.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { createPastAlerts } from "../../../src/edges/store/past-alerts.ts";
import { guardInteractions } from "../../../src/features/commands/guard-interactions.ts";
import { ACTS } from "../../../src/features/incidents/render-acts.ts";
import type {
  Fields,
  Reaction,
  SubmissionResult,
} from "../../../src/features/shared/interactions.ts";
import { createPermission } from "../../../src/features/shared/permission.ts";
import { SILENCE } from "../../../src/features/silences/form-names.ts";
import type {
  AlertmanagerResult,
  Alertmanagers,
  NewSilence,
} from "../../../src/features/silences/ports.ts";
import { createSilences, type SilencePorts } from "../../../src/features/silences/silences.ts";
import { createPlaces } from "../../../src/features/silences/where.ts";
import { createSilenceBook } from "../../../src/sandbox/alertmanager/silence-book.ts";
import { watch } from "../../edges/store/stores.ts";
import { HOUR, MINUTE, notification, T0 } from "../../incidents/notifications.ts";
import { createClock, createLog, directoryOf, OPEN } from "../fakes.ts";

export const AT = "http://alertmanager:9093";
export const ALICE = { user: "U0ALICE", channel: "C1" };
export const BOB = { user: "U0BOB", channel: "C1" };

export const TARGET: Target = {
  name: "orders",
  http: "http://10.0.0.5:9094",
  kafka: "10.0.0.5:9092",
  alertmanager: AT,
  labels: {},
  timeoutMs: 2_000,
  maxBodyBytes: 1_024,
};

type Failure = Extract<AlertmanagerResult<never>, { kind: "failed" }>;

export const DOWN: Failure = {
  kind: "failed",
  problem: `Alertmanager at ${AT} refuses connections: nothing listens there.`,
  isTooLarge: false,
  mayBeDone: false,
};

/** Done all the same, but its answer was lost. */
export const LOST: Failure = { ...DOWN, problem: "No answer.", mayBeDone: true };

type Call = "alerts" | "silences" | "silence" | "make" | "end";

function fakeAlertmanagers(now: () => number) {
  const book = createSilenceBook(now);
  let held: HeldAlert[] = [];
  const failing = new Map<Call, Failure>();
  const calls: string[] = [];
  const unless = async <T>(
    call: Call,
    act: () => AlertmanagerResult<T>,
  ): Promise<AlertmanagerResult<T>> => {
    calls.push(call);
    const failure = failing.get(call);
    if (failure === undefined) return act();
    if (failure.mayBeDone) act();
    return failure;
  };
  const answer = <T>(value: T): AlertmanagerResult<T> => ({ kind: "answered", value });
  const withSilences = (alert: HeldAlert): HeldAlert => ({
    ...alert,
    silencedBy: book.mutedBy(alert.labels),
  });
  const make = (asked: NewSilence): AlertmanagerResult<string> => {
    const put = book.put({
      ...asked,
      startsAt: new Date(asked.startsAt).toISOString(),
      endsAt: new Date(asked.endsAt).toISOString(),
    });
    return put.kind === "put" ? answer(put.id) : { ...DOWN, problem: JSON.stringify(put) };
  };
  const alertmanagers: Alertmanagers = {
    alerts: (_, matchers) =>
      unless("alerts", () =>
        answer(held.map(withSilences).filter(({ labels }) => hiding(matchers)(labels))),
      ),
    silences: () => unless("silences", () => answer(book.list())),
    silence: (_, id) => unless("silence", () => answer(book.find(id))),
    make: (_, asked) => unless("make", () => make(asked)),
    end: (_, id) =>
      unless("end", () => {
        book.end(id);
        return answer("ended");
      }),
  };
  return {
    alertmanagers,
    book,
    calls,
    hold: (alerts: readonly Pick<Alert, "fingerprint" | "labels">[]): void => {
      held = alerts.map(({ fingerprint, labels }) => ({ fingerprint, labels, silencedBy: [] }));
    },
    /** Without a failure it works again. */
    fail: (call: Call, failure?: Failure): void => {
      if (failure === undefined) failing.delete(call);
      else failing.set(call, failure);
    },
  };
}

export interface Setting {
  readonly targets?: readonly Target[];
  readonly sources?: readonly AlertSource[];
  readonly ports?: (ports: SilencePorts) => Partial<SilencePorts>;
}

export async function setUp(
  t: TestContext,
  { targets = [TARGET], sources = allSources([], targets), ports: change }: Setting = {},
) {
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" });
  t.after(() => database.close());
  const incidents = createIncidentStore(database);
  const clock = createClock(T0 + HOUR);
  const log = createLog();
  const fake = fakeAlertmanagers(() => clock.now());
  const ports: SilencePorts = {
    alertmanagers: fake.alertmanagers,
    incidents,
    audit: createAuditLog(database),
    pastAlerts: createPastAlerts(database),
    permission: OPEN,
    places: createPlaces(sources, targets),
    times: { holdsMs: HOUR, remindAfterMs: MINUTE },
    clock,
    log,
    wakeDelivery: () => undefined,
  };
  const silences = createSilences({ ...ports, ...change?.(ports) });
  const permission = createPermission(
    {
      ask: { users: [], channels: [] },
      query: { users: [], groups: [] },
      acknowledge: { users: [], groups: [] },
      silence: { users: [ALICE.user], groups: [] },
      outsiders: { users: [], groups: [] },
    },
    { groups: { members: async () => [] }, directory: directoryOf(), log },
  );
  const { clicks, submissions } = guardInteractions([silences.interactions], permission);

  return {
    ...fake,
    incidents,
    database,
    clock,
    log,
    silences,
    clicks,
    submissions,
    /** An incident with these alerts, which Alertmanager holds. */
    incident: async (id: string, alerts: readonly Alert[]): Promise<void> => {
      await watch(incidents, id, { body: notification(alerts, { groupKey: id }) });
      fake.hold(alerts);
    },
    open: async (incidentId: string, person = ALICE): Promise<View> => {
      const reaction = await clicks[ACTS.silence]?.({ ...clickOf(incidentId), person });
      return filled(reaction);
    },
    choose: async (view: View, fields: Fields): Promise<View> => {
      const open = { id: "V1", callbackId: view.callbackId, metadata: view.metadata ?? "" };
      const reaction = await clicks[SILENCE.label]?.({ ...clickOf(""), view: open, fields });
      assert.ok(reaction?.kind === "view", JSON.stringify(reaction));
      return reaction.view;
    },
    submit: async (view: View, fields: Fields = {}): Promise<SubmissionResult> => {
      const open = { id: "V1", callbackId: view.callbackId, metadata: view.metadata ?? "" };
      const all = { [SILENCE.comment]: "disk swap", ...fields };
      const done = submissions[SILENCE.callback]?.({ person: ALICE, view: open, fields: all });
      assert.ok(done !== undefined, "nobody takes the form");
      return done;
    },
    click: async (action: string, value: string, person = ALICE): Promise<Reaction> =>
      (await clicks[action]?.({ ...clickOf(value), action, person })) ?? { kind: "nothing" },
  };
}

function clickOf(value: string) {
  return { person: ALICE, action: ACTS.silence, actionId: ACTS.silence, value, fields: {} };
}

export async function filled(reaction: Reaction | undefined): Promise<View> {
  assert.ok(reaction?.kind === "modal" && reaction.modal.fill !== undefined);
  return reaction.modal.fill();
}

/** What the modal shows after everything was asked. */
export async function finished(result: SubmissionResult): Promise<View> {
  assert.ok(result.kind === "later", JSON.stringify(result));
  return result.finish();
}

/** All texts of a view or message. */
export function wordsIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value).map(wordsIn).join(" ");
}

/** The action id of a label's field. */
export function fieldOf({ blocks }: View, label: string): string {
  const inputs = blocks.flatMap((each) => (each.type === "input" ? [each] : []));
  const block = inputs.find((each) => each.label.text === label);
  assert.ok(block?.block_id !== undefined, `there is no field ${label}`);
  return block.block_id;
}
