/** Why an incident that fires is not to be heard: silenced, inhibited, or muted for a time. */

import { hiding, type SilenceMatcher } from "../alerts/silence.ts";
import { PatternError } from "../history/pattern.ts";
import type { HeldSilence, Incident, IncidentAlert, Quiet } from "./incident.ts";

/** Why one alert of an incident is quiet; undefined when it is to be heard. */
export function quietOfAlert(
  alert: IncidentAlert,
  { silences = [] }: Pick<Incident, "silences">,
  nowMs: number,
): Quiet | undefined {
  if (alert.status !== "firing") return undefined;
  const { quiet } = alert;
  if (quiet !== undefined && quiet.kind !== "silenced") return quiet;
  const held = (quiet?.silences ?? []).filter(({ until }) => until > nowMs);
  // What somebody silenced from here is known at once, before any API is asked.
  const ours = silences.filter(
    ({ id, until, matchers }) =>
      until > nowMs && !held.some((each) => each.id === id) && isHidden(alert, matchers),
  );
  const all: readonly HeldSilence[] = [...held, ...ours];
  return all.length === 0 ? undefined : { kind: "silenced", silences: all };
}

/** A silence whose matchers nobody kept, or which we cannot judge, hides what it was made from. */
function isHidden({ labels }: IncidentAlert, matchers: readonly SilenceMatcher[] = []): boolean {
  if (matchers.length === 0) return true;
  try {
    return hiding(matchers)(labels);
  } catch (error) {
    if (error instanceof PatternError) return true;
    throw error;
  }
}

/** Why nobody hears of an incident that fires; undefined as soon as one alert of it is heard. */
export function quietOf(
  incident: Pick<Incident, "alerts" | "silences">,
  nowMs: number,
): Quiet | undefined {
  const firing = incident.alerts.filter(({ status }) => status === "firing");
  const quiets = firing.map((alert) => quietOfAlert(alert, incident, nowMs));
  if (quiets.length === 0 || quiets.some((quiet) => quiet === undefined)) return undefined;
  return quiets.flatMap((quiet) => quiet ?? []).reduce(joinQuiet);
}

/** The silence that keeps it from being heard longest, whoever made it and wherever. */
export function heldSilenceOf(
  incident: Pick<Incident, "alerts" | "silences">,
  nowMs: number,
): HeldSilence | undefined {
  const quiet = quietOf(incident, nowMs);
  if (quiet?.kind !== "silenced") return undefined;
  return quiet.silences.toSorted((a, b) => b.until - a.until)[0];
}

/** Two reasons as one; a silence is what somebody decided, so it is named first. */
function joinQuiet(a: Quiet, b: Quiet): Quiet {
  if (a.kind === "silenced") {
    if (b.kind !== "silenced") return a;
    const silences = [...a.silences, ...b.silences];
    return {
      kind: "silenced",
      silences: [...new Map(silences.map((each) => [each.id, each])).values()],
    };
  }
  if (b.kind === "silenced" || a.kind !== b.kind) return b.kind === "silenced" ? b : a;
  return { kind: a.kind, by: [...new Set([...a.by, ...b.by])] };
}
