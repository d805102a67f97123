/**
 * Calls people by the rules of the incident's route, whatever changed the incident: a webhook, time,
 * a person, or what its source holds. It stands between those who decide and the store, so that a
 * call is written in the transaction of the change that it follows from.
 */

import type { Route } from "../../config/config.ts";
import { postponeCall, withMentions } from "../../incidents/mentions.ts";
import { type OnDuty, withPeopleOnDuty } from "../duty/on-duty.ts";
import type { IncidentWriter } from "./incident-ports.ts";
import { routeOfIncident } from "./route-for.ts";

type Decided = Parameters<typeof postponeCall>[0];
type Changing = Pick<IncidentWriter, "apply" | "change">;

/** Nobody's, where no schedule is configured. */
const NO_SCHEDULES: OnDuty = () => [];

/** The writer, whose decisions call people, too. */
export function mentioningPeople<Writer extends Changing>(
  writer: Writer,
  routes: readonly Route[],
  onDuty: OnDuty = NO_SCHEDULES,
): Writer {
  if (routes.every(({ mentions }) => mentions === undefined)) return writer;
  const calling = <Each extends Decided>(decided: Each, nowMs: number): Each => {
    const rules = routeOfIncident(decided.incident, routes).mentions ?? [];
    const resolved = withPeopleOnDuty(rules, onDuty, nowMs);
    return resolved === "unknown"
      ? postponeCall(decided, nowMs)
      : withMentions(decided, resolved, nowMs);
  };
  return {
    ...writer,
    apply: (notification, receivedAt, decide) =>
      writer.apply(notification, receivedAt, (latest) => {
        const outcome = decide(latest);
        // What changes nothing is not written.
        if (outcome.reason === "unchanged") return outcome;
        return calling(outcome, receivedAt);
      }),
    change: (id, nowMs, decide) =>
      writer.change(id, nowMs, (incident) => {
        const change = decide(incident);
        const decided = change ?? { incident, notices: [] };
        const called = calling(decided, nowMs);
        return change === undefined && called === decided ? undefined : called;
      }),
  };
}
