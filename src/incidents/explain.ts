/** What is said of an incident beside its message: the verdict on its server, and its alerts' runbooks. */

import { ruleName } from "../alerts/alert.ts";
import type { Outcome, Reason } from "./change.ts";
import { firingOf, type Incident } from "./incident.ts";
import type { Notice } from "./notice.ts";

/** The verdict on the live server: the thread's first reply when an incident opens, or opens again. */
export const VERDICT: readonly Notice[] = [{ kind: "diagnosis" }];

/** At most this many runbooks go into one thread; the other alert names are listed. */
export const RUNBOOKS_PER_THREAD = 5;

/** What is said of an incident that a digest named, once somebody wants to know more. */
export function explanationsOf(incident: Incident): readonly Notice[] {
  const firing = firingOf(incident.alerts);
  const names = incident.explained.slice(0, RUNBOOKS_PER_THREAD);
  const runbooks = names.map((name): Notice => {
    const alert = firing.find((each) => ruleName(each) === name);
    return { kind: "runbook", alert: name, fingerprint: alert?.fingerprint ?? "" };
  });
  return [{ kind: "incident" }, ...VERDICT, ...runbooks];
}

/** Adds the runbooks of alert names that the thread does not hold yet. */
export function explain(reason: Reason, incident: Incident, before: readonly Notice[]): Outcome {
  const firing = firingOf(incident.alerts);
  const names = [...new Set(firing.map(ruleName))];
  const fresh = names.filter((name) => !incident.explained.includes(name));
  const room = Math.max(0, RUNBOOKS_PER_THREAD - incident.explained.length);
  const runbooks = fresh.slice(0, room).map((name): Notice => {
    const alert = firing.find((each) => ruleName(each) === name);
    return { kind: "runbook", alert: name, fingerprint: alert?.fingerprint ?? "" };
  });
  const beyond = fresh.slice(room);
  const unexplained: Notice[] = beyond.length > 0 ? [{ kind: "unexplained", alerts: beyond }] : [];
  return {
    reason,
    incident: { ...incident, explained: [...incident.explained, ...fresh] },
    notices: [...before, ...runbooks, ...unexplained],
  };
}
