/** What a person's Home tab shows, from what is known already: no server is asked for it. */

import type { View } from "../../block-kit/view.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import { heldSilenceOf } from "../../incidents/quiet.ts";
import { incidentRank } from "../../incidents/severity.ts";
import { pagesRead } from "../../knowledge/library.ts";
import { DAY_MS, HOUR_MS } from "../../promql/duration.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import { type HomeState, renderHome, type TargetState, type TokenRefusal } from "./render-home.ts";
import type { Problems } from "./setup-problems.ts";

/** What the bot keeps for this person alone. */
type OwnState = Pick<HomeState, "searches" | "subscriptions">;

export interface HomePorts {
  readonly incidents: Pick<IncidentReader, "openIncidents">;
  readonly own: (user: string) => Promise<OwnState>;
  readonly permission: Permission;
  readonly targets: readonly Target[];
  readonly targetState: (target: Target) => Promise<TargetState>;
  /** What somebody should put right, in words. */
  readonly problems: readonly Problems[];
  readonly knowledge: Pick<KnowledgeSource, "library">;
  /** The last time when Slack refused a token while the bot ran. */
  readonly refusal: () => TokenRefusal | undefined;
  readonly clock: Pick<Clock, "now">;
}

/** Incidents read; the worst of them are shown. */
const MOST_OPEN = 200;
/** A silence that ends later is nobody's concern yet. */
const SOON_MS = 4 * HOUR_MS;
/** A token that was refused is of interest until everybody on duty has changed. */
const REFUSAL_SHOWN_MS = DAY_MS;

/** The view for a person's id. */
export function homeOf(ports: HomePorts): (user: string) => Promise<View> {
  return async (user) => renderHome(await stateOf(ports, user));
}

async function stateOf(ports: HomePorts, user: string): Promise<HomeState> {
  const nowMs = ports.clock.now();
  const person = { user, channel: "" };
  const refusal = await ports.permission.refusal(person, "ask");
  const mine = { user, nowMs, ...(await ports.own(user)) };
  if (refusal !== undefined) {
    return { ...mine, refusal, targets: [], firing: [], silenced: [], problems: [] };
  }
  const all = await ports.incidents.openIncidents(MOST_OPEN);
  const open = await ports.permission.visible(person, all);
  const seen = ports.permission.targetsFor(person, ports.targets);
  const targets = await Promise.all(seen.map((target) => ports.targetState(target)));
  return {
    ...mine,
    targets,
    firing: open.toSorted((a, b) => incidentRank(a) - incidentRank(b) || a.openedAt - b.openedAt),
    silenced: endingSoon(open, nowMs),
    problems: [...ports.problems.flatMap((problems) => problems()), ...unreachable(seen, targets)],
    ...pastRefusal(ports, nowMs),
    pagesRead: pagesRead(ports.knowledge.library()),
  };
}

/** One that lasts is among the problems. */
function pastRefusal({ refusal }: HomePorts, nowMs: number): Pick<HomeState, "refusedToken"> {
  const last = refusal();
  if (last?.to === undefined || nowMs - last.to > REFUSAL_SHOWN_MS) return {};
  return { refusedToken: { ...last, to: last.to } };
}

function endingSoon(open: readonly Incident[], nowMs: number): Incident[] {
  const endOf = (incident: Incident): number => heldSilenceOf(incident, nowMs)?.until ?? Infinity;
  return open
    .filter((incident) => endOf(incident) - nowMs <= SOON_MS)
    .toSorted((a, b) => endOf(a) - endOf(b));
}

function unreachable(targets: readonly Target[], states: readonly TargetState[]): string[] {
  return targets
    .filter((_, index) => states[index]?.seen?.answered === false)
    .map(({ name, http }) => `${name} does not answer at ${http}: is the address right?`);
}
