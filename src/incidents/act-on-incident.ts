/**
 * What a person does to an incident, and what time does to it: the state after it, what must be said,
 * and the row of the audit log.
 */

import { BY_ITSELF, type Change } from "./change.ts";
import type { Incident, IncidentAlert, IncidentSilence } from "./incident.ts";
import { settleLeftOut } from "./merge-alerts.ts";
import { settleContested } from "./reconcile.ts";
import { transition } from "./transition.ts";

export type Act =
  | { readonly kind: "acknowledge"; readonly by: string }
  | { readonly kind: "unacknowledge"; readonly by: string }
  | { readonly kind: "silence"; readonly by: string; readonly silence: IncidentSilence }
  | { readonly kind: "unsilence"; readonly by: string; readonly silenceId: string }
  | { readonly kind: "noise"; readonly by: string }
  | { readonly kind: "not-noise"; readonly by: string };

/** Why nothing was done, in words for the person. */
export interface NoChange {
  readonly refused: "over" | "already" | "not-so";
}

export interface Acting {
  readonly nowMs: number;
  /** How long an acknowledgement holds, and after what time its owner is asked about it. */
  readonly times: { readonly holdsMs: number; readonly remindAfterMs: number };
}

/** What a person does with an incident -> the incident afterwards and what must be posted. */
export function actOnIncident(current: Incident, act: Act, acting: Acting): Change | NoChange {
  switch (act.kind) {
    case "acknowledge":
      return acknowledge(current, act.by, acting);
    case "unacknowledge":
      return unacknowledge(current, act.by);
    case "silence":
      return silence(current, act.silence, act.by);
    case "unsilence":
      return unsilence(current, act.silenceId, act.by);
    case "noise":
      return current.noise === undefined
        ? noted({ ...current, noise: { by: act.by, at: acting.nowMs } }, act)
        : { refused: "already" };
    case "not-noise": {
      const { noise, ...incident } = current;
      return noise === undefined ? { refused: "not-so" } : noted(incident, act);
    }
  }
}

/** The same person may do it again, which makes it hold longer. */
function acknowledge(current: Incident, by: string, { nowMs, times }: Acting): Change | NoChange {
  if (current.status !== "firing") return { refused: "over" };
  const until = nowMs + times.holdsMs;
  const remindAt = nowMs + times.remindAfterMs;
  const reminded = remindAt < until ? { remindAt } : {};
  return {
    incident: {
      ...current,
      acknowledged: { by, at: nowMs, until, ...reminded },
      acknowledgedAt: current.acknowledgedAt ?? nowMs,
    },
    notices: [{ kind: "incident" }, { kind: "acknowledged", by, until }],
    audit: { who: by, action: "acknowledge", detail: { until } },
  };
}

function unacknowledge(current: Incident, by: string): Change | NoChange {
  const { acknowledged, ...incident } = current;
  if (acknowledged === undefined) return { refused: "not-so" };
  return {
    incident,
    notices: [{ kind: "incident" }, { kind: "unacknowledged", by }],
    audit: { who: by, action: "unacknowledge", detail: { of: acknowledged.by } },
  };
}

function silence(current: Incident, made: IncidentSilence, by: string): Change {
  const others = (current.silences ?? []).filter(({ id }) => id !== made.id);
  const { alertmanager } = made;
  const muted = alertmanager === undefined ? {} : { mutedIn: alertmanager };
  return {
    incident: { ...current, ...muted, silences: [...others, made] },
    notices: [{ kind: "incident" }, { kind: "silenced", silence: made }],
    audit: { who: by, action: "silence", detail: { ...made } },
  };
}

function unsilence(current: Incident, id: string, by: string): Change | NoChange {
  const ended = current.silences?.find((each) => each.id === id);
  if (ended === undefined) return { refused: "not-so" };
  return {
    incident: withoutSilence(current, id),
    notices: [{ kind: "incident" }, { kind: "unsilenced", silence: ended, by }],
    audit: { who: by, action: "unsilence", detail: { id } },
  };
}

function noted(incident: Incident, { kind, by }: Extract<Act, { kind: "noise" | "not-noise" }>) {
  return {
    incident,
    notices: [{ kind: "incident" }, { kind, by }],
    audit: { who: by, action: kind, detail: {} },
  } satisfies Change;
}

function withoutSilence(incident: Incident, id: string): Incident {
  const { silences = [], ...rest } = incident;
  const left = silences.filter((each) => each.id !== id);
  return left.length === 0 ? rest : { ...rest, silences: left };
}

/** A silence that ended by itself, or that somebody ended in Alertmanager. */
export function silenceEnded(current: Incident, id: string): Change | undefined {
  const ended = current.silences?.find((each) => each.id === id);
  return ended === undefined
    ? undefined
    : {
        incident: withoutSilence(current, id),
        notices: [{ kind: "incident" }, { kind: "unsilenced", silence: ended }],
      };
}

/** Nobody reports the end of a test. */
function endTest(current: Incident, nowMs: number): Change | undefined {
  const { testUntil, truncatedAlerts, unread } = current;
  if (current.status !== "firing" || testUntil === undefined || testUntil > nowMs) return undefined;
  const alerts = current.alerts.map(
    (alert): IncidentAlert => ({ ...alert, status: "resolved", endsAt: alert.endsAt ?? nowMs }),
  );
  const { incident } = transition(current, { alerts, truncatedAlerts, unread }, nowMs);
  return {
    incident: { ...incident, closing: { kind: "test" } },
    notices: [{ kind: "incident" }],
    audit: { who: BY_ITSELF, action: "test-over", detail: {} },
  };
}

/** What is due by now although nobody did anything; undefined when nothing is. */
export function passTime(current: Incident, nowMs: number): Change | undefined {
  const contested = settleContested(current, nowMs);
  if (contested !== undefined) return contested;
  const leftOut = settleLeftOut(current, nowMs);
  if (leftOut !== undefined) return leftOut;
  const tested = endTest(current, nowMs);
  if (tested !== undefined) return tested;
  const over = current.silences?.find(({ until }) => until <= nowMs);
  if (over !== undefined) return silenceEnded(current, over.id);
  const { acknowledged, ...rest } = current;
  if (current.status !== "firing" || acknowledged === undefined) return undefined;
  const { by, until, remindAt } = acknowledged;
  if (until <= nowMs) {
    return {
      incident: rest,
      notices: [{ kind: "incident" }, { kind: "acknowledgement-ended", by }],
    };
  }
  if (remindAt === undefined || remindAt > nowMs) return undefined;
  const { remindAt: _, ...asked } = acknowledged;
  return {
    incident: { ...rest, acknowledged: asked },
    notices: [{ kind: "reminder", by, until }],
  };
}
