/**
 * What the members of a source hold -> one view of it.
 *
 * Every member is asked, as karma does: active on any is firing; else suppressed is quiet; what no
 * reachable member holds is missing. A member that does not answer is unknown, and said: what it held
 * a moment ago counts as there for as long as it would hold it without a new report of it (`endsAt`
 * of a firing alert is that lease, not an end).
 */

import { alertName } from "../../alerts/alert.ts";
import type { Silence } from "../../alerts/silence.ts";
import type { AlertSource } from "../../alerts/source.ts";
import type {
  HeldAnswer,
  MemberState,
  SourceReader,
} from "../../features/incidents/source-ports.ts";
import type { Clock } from "../../features/shared/ports.ts";
import type { AlertmanagerResult } from "../../features/silences/ports.ts";
import type { HeldSilence, Quiet } from "../../incidents/incident.ts";
import type { Holding } from "../../incidents/reconcile.ts";
import { DAY_MS } from "../../promql/duration.ts";
import type { MemberAlert, MemberApi } from "./member-api.ts";

interface Member {
  readonly address: string;
  readonly alerts: AlertmanagerResult<readonly MemberAlert[]>;
}

/** One for each source; it remembers what its members held. */
export function createSourceReader(
  source: AlertSource,
  { api, clock }: { readonly api: MemberApi; readonly clock: Pick<Clock, "now"> },
): SourceReader {
  const last = new Map<string, readonly MemberAlert[]>();
  return {
    async read(asked) {
      const askedAt = clock.now();
      const members = await Promise.all(
        source.members.map(async (address) => ({ address, alerts: await api.held(address) })),
      );
      const reachable = members.filter(({ alerts }) => alerts.kind === "answered");
      for (const { address, alerts } of reachable) {
        if (alerts.kind === "answered") last.set(address, alerts.value);
      }
      const silences = await silencesOf(api, reachable, asked.silences);
      return {
        askedAt,
        held: joined(reachable, silences.byId),
        unknown: leased(members, last, clock.now()),
        ...(await completeness(source, { api, members, nowMs: clock.now() })),
        absentForMs: source.absentForMs,
        endedSilences: silences.ended,
        members: members.map(memberState),
      } satisfies HeldAnswer;
    },
    groups: (receiver) => groupsOf(api, source, receiver),
  };
}

function memberState({ address, alerts }: Member): MemberState {
  return alerts.kind === "answered" ? { address } : { address, problem: alerts.problem };
}

type SilenceById = ReadonlyMap<string, Silence>;

interface HeldSilences {
  readonly byId: SilenceById;
  readonly ended: ReadonlySet<string>;
}

/** Asked for only where something is silenced, or a silence that was made here may have ended. */
async function silencesOf(
  api: MemberApi,
  reachable: readonly Member[],
  ours: readonly string[],
): Promise<HeldSilences> {
  const isNeeded =
    ours.length > 0 || alertsIn(reachable).some(({ silencedBy }) => silencedBy.length > 0);
  if (!isNeeded) return { byId: new Map(), ended: new Set() };
  const answers = await Promise.all(reachable.map(({ address }) => api.silences(address)));
  const values = answers.flatMap((answer) => (answer.kind === "answered" ? [answer.value] : []));
  const held = values.flat().filter(({ state }) => state !== "expired");
  const byId = new Map(held.map((each) => [each.id, each]));
  // One member that did not answer may be the one that still holds it.
  const isKnown = values.length === answers.length && values.length > 0;
  return { byId, ended: new Set(isKnown ? ours.filter((id) => !byId.has(id)) : []) };
}

function alertsIn(members: readonly Member[]): MemberAlert[] {
  return members.flatMap(({ alerts }) => (alerts.kind === "answered" ? alerts.value : []));
}

function joined(members: readonly Member[], silences: SilenceById): Map<string, Holding> {
  const all = alertsIn(members);
  const names = new Map(all.map((alert) => [alert.fingerprint, alertName(alert)]));
  const held = new Map<string, Holding>();
  for (const alert of all) {
    const before = held.get(alert.fingerprint);
    // Active on one member is firing.
    if (before !== undefined && before.quiet === undefined) continue;
    const quiet = quietOfHeld(alert, { silences, names });
    held.set(alert.fingerprint, {
      startsAt: alert.startsAt,
      ...(quiet === undefined ? {} : { quiet }),
    });
  }
  return held;
}

interface Naming {
  readonly silences: SilenceById;
  readonly names: ReadonlyMap<string, string>;
}

function quietOfHeld(alert: MemberAlert, { silences, names }: Naming): Quiet | undefined {
  if (!alert.isSuppressed) return undefined;
  if (alert.silencedBy.length > 0) {
    return { kind: "silenced", silences: alert.silencedBy.map((id) => silenceOf(id, silences)) };
  }
  if (alert.inhibitedBy.length > 0) {
    const by = alert.inhibitedBy.map((each) => names.get(each) ?? "another alert");
    return { kind: "inhibited", by: [...new Set(by)] };
  }
  return alert.mutedBy.length > 0 ? { kind: "muted", by: alert.mutedBy } : undefined;
}

/** A silence that no member describes holds until one does. */
const UNKNOWN_END_MS = 8.64e15 - DAY_MS;

function silenceOf(id: string, silences: SilenceById): HeldSilence {
  const { createdBy = "", endsAt = UNKNOWN_END_MS, comment = "" } = silences.get(id) ?? {};
  return { id, by: createdBy, until: endsAt, comment };
}

/** What the silent members held, as long as they would hold it without being reported again. */
function leased(
  members: readonly Member[],
  last: ReadonlyMap<string, readonly MemberAlert[]>,
  nowMs: number,
): Set<string> {
  const silent = members.filter(({ alerts }) => alerts.kind !== "answered");
  const remembered = silent.flatMap(({ address }) => last.get(address) ?? []);
  return new Set(
    remembered.filter(({ leaseUntil }) => leaseUntil > nowMs).map(({ fingerprint }) => fingerprint),
  );
}

interface Completeness {
  readonly api: MemberApi;
  readonly members: readonly Member[];
  readonly nowMs: number;
}

/** Longer than any group of an Alertmanager that says nothing of its configuration should wait. */
const UNKNOWN_WAIT_MS = 5 * 60_000;

/** An Alertmanager that has just started knows nothing until Prometheus repeats it. */
async function completeness(
  { arePeers }: AlertSource,
  { api, members, nowMs }: Completeness,
): Promise<Pick<HeldAnswer, "isComplete" | "groupWaitMs">> {
  const reachable = members.filter(({ alerts }) => alerts.kind === "answered");
  const starts = await Promise.all(reachable.map(({ address }) => api.started(address)));
  const known = starts.flatMap((each) => (each.kind === "answered" ? [each.value] : []));
  const isAsked = reachable.length > 0 && (arePeers || reachable.length === members.length);
  return {
    isComplete:
      isAsked &&
      known.length === starts.length &&
      known.every(({ at, resolveTimeoutMs }) => nowMs - at > resolveTimeoutMs),
    groupWaitMs: known.reduce(
      (most, { groupWaitMs }) => Math.max(most, groupWaitMs),
      known.length === starts.length && starts.length > 0 ? 0 : UNKNOWN_WAIT_MS,
    ),
  };
}

async function groupsOf(
  api: MemberApi,
  { members }: AlertSource,
  receiver: string,
): ReturnType<SourceReader["groups"]> {
  const answers = await Promise.all(members.map((address) => api.groups(address, receiver)));
  const values = answers.flatMap((answer) => (answer.kind === "answered" ? [answer.value] : []));
  return values.length === 0 ? undefined : values.flat();
}
