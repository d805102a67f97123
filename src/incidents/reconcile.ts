/**
 * An incident compared with what its source's API holds.
 *
 * Alertmanager reports nothing of what is silenced, inhibited or regrouped, and forgets everything at
 * a restart. So what it holds decides (as in karma): active on any member is firing, else suppressed is
 * quiet, with by whom; what no reachable member holds, asked twice, is over. In doubt it fires.
 */

import { BY_ITSELF, type Change } from "./change.ts";
import { firingOf, type Incident, type IncidentAlert, type Quiet } from "./incident.ts";
import { CONTESTED_MS } from "./incident-times.ts";
import { quietOf } from "./quiet.ts";
import { transition } from "./transition.ts";

/** An alert that a source holds; without a reason to be quiet it is active. */
export interface Holding {
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  readonly quiet?: Quiet;
}

/** What the reachable members of a source hold, joined. */
export interface SourceView {
  /** When the members were asked: what happened since then is not in it. */
  readonly askedAt: number;
  /** By fingerprint. */
  readonly held: ReadonlyMap<string, Holding>;
  /** Held by a member that did not answer, as far as is known: neither there nor gone. */
  readonly unknown: ReadonlySet<string>;
  /**
   * What is missing may be over: members answered, and all of them have been up for long enough to
   * have a report of everything that fires.
   */
  readonly isComplete: boolean;
  /** What is missing is over when it still is after this time. */
  readonly absentForMs: number;
  /** Silences that do not hold any more, of those that were asked for. */
  readonly endedSilences: ReadonlySet<string>;
  /** Alerts that Alertmanager has put into another group, with the incident of that group. */
  readonly regrouped: ReadonlyMap<string, string>;
  /** The source holds no firing alert of the incident's group, of which notifications left some out. */
  readonly isGroupOver?: boolean;
}

/** Of a firing incident of which some alerts were left out: none of the others is there, as far as is known. */
export function mayBeOver({ status, alerts, truncatedAlerts }: Incident): boolean {
  const isThere = ({ absentSince }: IncidentAlert): boolean => absentSince === undefined;
  return status === "firing" && truncatedAlerts > 0 && !firingOf(alerts).some(isThere);
}

/** Whether all that its source named of a firing incident is over, and more was left out. */
export function isLeftOutOnly({ status, alerts, truncatedAlerts }: Incident): boolean {
  return status === "firing" && truncatedAlerts > 0 && firingOf(alerts).length === 0;
}

/** Undefined when the view has nothing new, or when more was reported since it was asked for. */
export function reconcile(current: Incident, view: SourceView, nowMs: number): Change | undefined {
  if (current.changedAt >= view.askedAt) return undefined;
  if (current.status === "resolved" && current.closing?.kind === "regrouped") return undefined;
  const { silences, ended } = silencesAfter(current, view);
  const alerts = current.alerts.map((alert) => settle(alert, view, nowMs));
  const isGroupOver = isOver(current, alerts, { view, nowMs });
  const isSame = alerts.every((alert, index) => alert === current.alerts[index]);
  if (isSame && ended.length === 0 && !isGroupOver) return firstHeld(current, view);
  const { unread } = current;
  const truncatedAlerts = isGroupOver ? 0 : current.truncatedAlerts;
  const before = ended.length === 0 ? current : silences;
  const outcome = transition(before, { alerts, truncatedAlerts, unread }, nowMs);
  if (outcome.reason === "unchanged" && ended.length === 0) return firstHeld(current, view);
  const incident = closed(withHeld(outcome.incident, view), current, view);
  const notices = [
    ...ended.map((silence) => ({ kind: "unsilenced", silence }) as const),
    ...outcome.notices,
    ...quietNotices(current, incident, nowMs),
  ];
  const first = notices.some(({ kind }) => kind === "incident") || notices.length === 0;
  const audit = auditOf(current, incident, nowMs);
  return {
    incident,
    notices: first ? notices : [{ kind: "incident" }, ...notices],
    ...(audit === undefined ? {} : { audit }),
  };
}

interface ViewAt {
  readonly view: SourceView;
  readonly nowMs: number;
}

/** Whether what notifications left out is over, too: seen for as long as a missing alert must be. */
function isOver(
  current: Incident,
  settled: readonly IncidentAlert[],
  { view, nowMs }: ViewAt,
): boolean {
  if (!mayBeOver(current) || view.isGroupOver !== true || !view.isComplete) return false;
  if (firingOf(settled).length > 0) return false;
  return firingOf(current.alerts).length > 0 || nowMs - current.changedAt >= view.absentForMs;
}

/** The same incident, whose API is known to hold its alerts from now on. */
function firstHeld(current: Incident, view: SourceView): Change | undefined {
  const incident = withHeld(current, view);
  return incident === current ? undefined : { incident, notices: [] };
}

function withHeld(incident: Incident, view: SourceView): Incident {
  const isNew = incident.isHeld !== true && isHeldIn(incident, view);
  return isNew ? { ...incident, isHeld: true } : incident;
}

/** Whether the source holds an alert of the incident. */
export function isHeldIn({ alerts }: Incident, { held }: Pick<SourceView, "held">): boolean {
  return alerts.some(({ fingerprint }) => held.has(fingerprint));
}

function silencesAfter(current: Incident, { endedSilences }: SourceView) {
  const { silences: all = [], ...rest } = current;
  const ended = all.filter(({ id }) => endedSilences.has(id));
  const left = all.filter(({ id }) => !endedSilences.has(id));
  return { ended, silences: left.length === 0 ? rest : { ...rest, silences: left } };
}

function settle(alert: IncidentAlert, view: SourceView, nowMs: number): IncidentAlert {
  if (view.regrouped.has(alert.fingerprint)) {
    return alert.status === "firing" ? ended(alert, nowMs) : alert;
  }
  const holding = view.held.get(alert.fingerprint);
  if (holding !== undefined) return held(alert, holding);
  if (view.unknown.has(alert.fingerprint)) return alert;
  if (alert.status === "resolved") return view.isComplete ? uncontested(alert) : alert;
  if (!view.isComplete) return alert;
  const since = alert.absentSince ?? nowMs;
  if (nowMs - since >= view.absentForMs) return ended(alert, since);
  return alert.absentSince === undefined ? { ...alert, absentSince: since } : alert;
}

/** What the source holds fires, whatever was reported of its end. */
function held(alert: IncidentAlert, { startsAt, quiet }: Holding): IncidentAlert {
  const {
    quiet: _,
    unreportedSince: __,
    absentSince: ___,
    contestedAt: ____,
    endsAt: _____,
    leftOutSince: ______,
    ...rest
  } = alert;
  if (alert.status === "firing" && isSettled(alert) && isSameQuiet(alert.quiet, quiet)) {
    return alert;
  }
  const start = alert.status === "resolved" ? { startsAt } : {};
  return { ...rest, ...start, status: "firing", ...(quiet === undefined ? {} : { quiet }) };
}

function isSettled({
  unreportedSince,
  leftOutSince,
  absentSince,
  contestedAt,
}: IncidentAlert): boolean {
  const doubts = [unreportedSince, leftOutSince, absentSince, contestedAt];
  return doubts.every((each) => each === undefined);
}

function isSameQuiet(a: Quiet | undefined, b: Quiet | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function ended(alert: IncidentAlert, endsAt: number): IncidentAlert {
  const {
    quiet: _,
    unreportedSince: __,
    absentSince: ___,
    contestedAt: ____,
    leftOutSince: _____,
    ...rest
  } = alert;
  return { ...rest, status: "resolved", endsAt: Math.max(endsAt, alert.startsAt) };
}

/** Nobody holds it: what named it after its end was a late copy. */
function uncontested(alert: IncidentAlert): IncidentAlert {
  const { contestedAt, ...rest } = alert;
  return contestedAt === undefined ? alert : rest;
}

/** How it ended, where the source did not report it. */
function closed(after: Incident, before: Incident, { regrouped }: SourceView): Incident {
  if (before.status !== "firing" || after.status !== "resolved") return after;
  const incidentId = after.alerts.flatMap(({ fingerprint }) => regrouped.get(fingerprint) ?? [])[0];
  const closing =
    incidentId === undefined
      ? ({ kind: "not-held" } as const)
      : ({ kind: "regrouped", incidentId } as const);
  return { ...after, closing };
}

/** Somebody should learn in the thread why it became quiet, and that it is reported again. */
function quietNotices(before: Incident, after: Incident, nowMs: number) {
  if (before.status !== "firing" || after.status !== "firing") return [];
  const [was, is] = [quietOf(before, nowMs), quietOf(after, nowMs)];
  if (is !== undefined && was?.kind !== is.kind) return [{ kind: "quieted", quiet: is } as const];
  const wasHeld = before.alerts.some(({ quiet }) => quiet !== undefined);
  return is === undefined && was !== undefined && wasHeld
    ? [{ kind: "reported-again" } as const]
    : [];
}

function auditOf(before: Incident, after: Incident, nowMs: number): Change["audit"] {
  const entry = (action: string, detail: Readonly<Record<string, unknown>>) => {
    return { who: BY_ITSELF, action, detail: { ...detail, source: before.source } };
  };
  const firing = (incident: Incident): number =>
    incident.alerts.filter(({ status }) => status === "firing").length;
  const gone = firing(before) - firing(after);
  if (gone > 0)
    return entry(after.closing?.kind === "regrouped" ? "found-regrouped" : "found-over", {
      alerts: gone,
    });
  if (gone < 0) return entry("found-firing", { alerts: -gone });
  const [was, is] = [quietOf(before, nowMs), quietOf(after, nowMs)];
  if (is !== undefined && was?.kind !== is.kind) return entry(`found-${is.kind}`, {});
  return is === undefined && was !== undefined ? entry("found-loud", {}) : undefined;
}

/** An alert that was named after its end, and whose end nobody said again: it fires. */
export function settleContested(current: Incident, nowMs: number): Change | undefined {
  const isDue = ({ contestedAt }: IncidentAlert): boolean =>
    contestedAt !== undefined && nowMs - contestedAt >= CONTESTED_MS;
  if (!current.alerts.some(isDue)) return undefined;
  const alerts = current.alerts.map((alert) => (isDue(alert) ? held(alert, alert) : alert));
  const { truncatedAlerts, unread } = current;
  const { incident, notices } = transition(current, { alerts, truncatedAlerts, unread }, nowMs);
  const count = alerts.length - current.alerts.filter((alert) => !isDue(alert)).length;
  return {
    incident,
    notices,
    audit: { who: BY_ITSELF, action: "named-again", detail: { alerts: count } },
  };
}
