/** What a person's Home tab shows, from what is known already: no server is asked for it. */

import type { View } from "../../block-kit/view.ts";
import type { Target } from "../../diagnosis/target.ts";
import { type Incident, incidentRank } from "../../incidents/incident.ts";
import { heldSilenceOf } from "../../incidents/quiet.ts";
import { pagesRead } from "../../knowledge/library.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { QuestionStore, SubscriptionStore } from "../search/learning-ports.ts";
import type { FoundOn } from "../shared/found-state.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import type { KnowledgeSource, MemorySource } from "../shared/sources.ts";
import { type HomeState, renderHome, type TargetState, type TokenRefusal } from "./render-home.ts";

export interface LastPolls {
  /** The last poll, and whether the target answered; undefined before the first. */
  lastPoll(target: Target): { readonly at: number; readonly answered: boolean } | undefined;
}

export interface HomePorts {
  readonly incidents: Pick<IncidentReader, "openIncidents">;
  readonly questions: Pick<QuestionStore, "recent">;
  readonly subscriptions: Pick<SubscriptionStore, "subscriptions">;
  readonly memory: Pick<MemorySource, "judgedRules"> & LastPolls;
  readonly found: FoundOn;
  readonly permission: Permission;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
  /** What somebody should put right, in words. */
  readonly problems: () => readonly string[];
  readonly knowledge: Pick<KnowledgeSource, "library">;
  /** The last time when Slack refused a token while the bot ran. */
  readonly refusal: () => TokenRefusal | undefined;
}

/** Incidents read; the worst of them are shown. */
const MOST_OPEN = 200;
const SEARCHES = 5;
/** A silence that ends later is nobody's concern yet. */
const SOON_MS = 4 * 3_600_000;
/** A token that was refused is of interest until everybody on duty has changed. */
const REFUSAL_SHOWN_MS = 24 * 3_600_000;

export function homeOf(ports: HomePorts): (user: string) => Promise<View> {
  return async (user) => renderHome(await stateOf(ports, user));
}

async function stateOf(ports: HomePorts, user: string): Promise<HomeState> {
  const nowMs = ports.clock.now();
  const person = { user, channel: "" };
  const refusal = await ports.permission.refusal(person, "ask");
  const mine = {
    user,
    nowMs,
    searches: await ports.questions.recent(user, SEARCHES),
    subscriptions: await ports.subscriptions.subscriptions(user),
  };
  if (refusal !== undefined) {
    return { ...mine, refusal, targets: [], firing: [], silenced: [], problems: [] };
  }
  const all = await ports.incidents.openIncidents(MOST_OPEN);
  const open = await ports.permission.visible(person, all);
  const targets = ports.permission.targetsFor(person, ports.targets);
  return {
    ...mine,
    targets: await Promise.all(targets.map((target) => targetState(ports, target))),
    firing: open.toSorted((a, b) => incidentRank(a) - incidentRank(b) || a.openedAt - b.openedAt),
    silenced: endingSoon(open, nowMs),
    problems: [...ports.problems(), ...unreachable(ports, targets)],
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

async function targetState({ memory, found }: HomePorts, target: Target): Promise<TargetState> {
  const seen = memory.lastPoll(target);
  const rules = new Map<string, TargetState["rules"][number]>();
  const { held } = await memory.judgedRules(target);
  for (const { rule, state } of held) {
    const { alert, severity } = rule;
    if (rules.get(alert)?.state !== "firing") rules.set(alert, { alert, severity, state });
  }
  const worst = found(target);
  return {
    name: target.name,
    ...(seen === undefined ? {} : { seen }),
    ...(worst === undefined ? {} : { found: worst }),
    rules: [...rules.values()],
  };
}

function endingSoon(open: readonly Incident[], nowMs: number): Incident[] {
  const endOf = (incident: Incident): number => heldSilenceOf(incident, nowMs)?.until ?? Infinity;
  return open
    .filter((incident) => endOf(incident) - nowMs <= SOON_MS)
    .toSorted((a, b) => endOf(a) - endOf(b));
}

function unreachable({ memory }: HomePorts, targets: readonly Target[]): string[] {
  return targets
    .filter((target) => memory.lastPoll(target)?.answered === false)
    .map(({ name, http }) => `${name} does not answer at ${http}: is the address right?`);
}
