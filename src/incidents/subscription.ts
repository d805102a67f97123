/** What a person wants a message about at once, wherever it is posted: an alert, a target, a severity. */

import { alertNames } from "../alerts/alert.ts";
import type { Incident } from "./incident.ts";
import { isFlapping } from "./incident-times.ts";
import { severityOf } from "./severity.ts";

export type Subscription =
  | { readonly kind: "alert"; readonly name: string }
  | { readonly kind: "target"; readonly name: string }
  | { readonly kind: "severity"; readonly name: string };

/** A person with more of them would read none. */
export const MOST_SUBSCRIPTIONS = 20;

/** Alert names of one incident that are looked up; a storm's hundreds say no more. */
const MOST_NAMES = 50;

/** How a subscription is written in a command. */
export function subscriptionText({ kind, name }: Subscription): string {
  return kind === "alert" ? name : `${kind}:${name}`;
}

/** Everything by which an incident is found by its subscribers. */
export function subscriptionsMet(incident: Incident): Subscription[] {
  const firing = incident.alerts.filter(({ status }) => status === "firing");
  return [
    ...alertNames(firing)
      .slice(0, MOST_NAMES)
      .map((name) => ({ kind: "alert", name }) as const),
    ...(incident.target === undefined ? [] : [{ kind: "target", name: incident.target } as const]),
    { kind: "severity", name: severityOf(incident) },
  ];
}

/** Subscribers learn of a beginning; one that comes and goes all the time is not repeated. */
export function isWorthTelling(reason: string, incident: Incident, nowMs: number): boolean {
  const begins = reason === "opened" || reason === "reopened";
  return begins && incident.status === "firing" && !isFlapping(incident, nowMs);
}
