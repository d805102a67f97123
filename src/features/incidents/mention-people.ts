/**
 * Calls people by the rules of the incident's route, whatever changed the incident: a webhook, time,
 * a person, or what its source holds. It stands between those who decide and the store, so that a
 * call is written in the transaction of the change that it follows from.
 */

import type { Route } from "../../config/config.ts";
import type { Incident } from "../../incidents/incident.ts";
import { type MentionRule, withMentions } from "../../incidents/mentions.ts";
import type { IncidentWriter } from "./incident-ports.ts";
import { routeOfIncident } from "./route-for.ts";

type Changing = Pick<IncidentWriter, "apply" | "change">;

/** The writer, whose decisions call people, too. */
export function mentioningPeople<Writer extends Changing>(
  writer: Writer,
  routes: readonly Route[],
): Writer {
  if (routes.every(({ mentions }) => mentions === undefined)) return writer;
  const rulesOf = (incident: Incident): readonly MentionRule[] =>
    routeOfIncident(incident, routes).mentions ?? [];
  return {
    ...writer,
    apply: (notification, receivedAt, decide) =>
      writer.apply(notification, receivedAt, (latest) => {
        const outcome = decide(latest);
        // What changes nothing is not written.
        if (outcome.reason === "unchanged") return outcome;
        return withMentions(outcome, rulesOf(outcome.incident), receivedAt);
      }),
    change: (id, nowMs, decide) =>
      writer.change(id, nowMs, (incident) => {
        const change = decide(incident);
        const decided = change ?? { incident, notices: [] };
        const called = withMentions(decided, rulesOf(decided.incident), nowMs);
        return change === undefined && called === decided ? undefined : called;
      }),
  };
}
