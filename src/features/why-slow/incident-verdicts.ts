/** The verdict of each incident, from what is known of its target: at once for its message, with a poll for its thread. */

import { ruleName } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import { inlineWords } from "../../block-kit/rich-words.ts";
import type { RuleState } from "../../diagnosis/checks/answer-alert.ts";
import type { Check } from "../../diagnosis/checks/check.ts";
import { activeIds } from "../../diagnosis/checks/first-step.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident, NotedVerdict } from "../../incidents/incident.ts";
import type { SeenVerdict } from "../../incidents/note-verdict.ts";
import type { Library } from "../../knowledge/library.ts";
import { shownAlerts } from "../incidents/alert-lines.ts";
import type { Clock } from "../shared/ports.ts";
import { type AlertVerdict, type AskedOf, firstOfAlert, verdictForAlert } from "./alert-verdict.ts";
import type { StandingDiagnosis } from "./standing-diagnosis.ts";
import { firstElements, type VerdictLines, verdictLines } from "./verdict-lines.ts";
import type { WhySlow } from "./why-slow.ts";

export interface IncidentVerdictPorts {
  readonly knowledge: { library(): Library };
  readonly whySlow: Pick<WhySlow, "standing" | "open" | "checks">;
  readonly memory: { ruleState(target: Target, alert: string): RuleState | undefined };
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
}

export interface IncidentVerdicts {
  /** The two lines of its message as of now; undefined when nothing is known and no page helps. */
  lines(incident: Incident): VerdictLines | undefined;
  /** The same as a text to compare, with what was found; undefined where no target was polled. */
  seen(incident: Incident): SeenVerdict | undefined;
  /** Its message is shown with these lines from now on. */
  shown(incident: Incident, lines: VerdictLines | undefined): void;
  /** The text that its message was last shown with by this process. */
  lastShown(incident: Incident): NotedVerdict | undefined;
  /** What its thread opens with; undefined when no target is known. */
  open(incident: Incident, health: Promise<Message | undefined>): Promise<Message | undefined>;
  /** Ids of the checks that are active on its target: some steps are unsafe then. */
  active(incident: Incident): ReadonlySet<string>;
}

/** Alerts of a thread that are answered, each name once. */
const ANSWERED = 3;
/** Incidents whose last lines are remembered; what is older is compared with the store. */
const REMEMBERED = 1_000;

/** Verdicts that were shown are this process's own. */
export function createIncidentVerdicts(ports: IncidentVerdictPorts): IncidentVerdicts {
  const { whySlow, clock } = ports;
  const shown = new Map<string, NotedVerdict>();
  const targetOf = ({ target }: Incident): Target | undefined =>
    ports.targets.find(({ name }) => name === target);
  const standingOf = (incident: Incident): Polled | undefined => {
    const target = targetOf(incident);
    const standing = target === undefined ? undefined : whySlow.standing(target);
    if (target === undefined || standing === undefined) return undefined;
    const verdict = leadVerdict(ports, incident, { target, standing });
    return verdict === undefined ? undefined : { target, standing, verdict };
  };
  const linesOf = ({ target, standing, verdict }: Polled): VerdictLines =>
    verdictLines(verdict, standing.diagnosis, { target, nowMs: clock.now() });
  return {
    lines(incident) {
      const polled = standingOf(incident);
      return polled === undefined ? linesWithoutPoll(ports, incident) : linesOf(polled);
    },
    seen(incident) {
      const polled = standingOf(incident);
      if (polled === undefined) return undefined;
      const { cause } = polled.verdict;
      return {
        text: verdictText(linesOf(polled)),
        ...(cause === undefined
          ? {}
          : { found: { check: cause.check.id, title: cause.check.title, since: cause.since.ms } }),
      };
    },
    shown(incident, lines) {
      shown.delete(incident.id);
      const named = lines?.namesCause === true ? { namedCause: true as const } : {};
      shown.set(incident.id, { text: verdictText(lines), atMs: clock.now(), ...named });
      for (const id of shown.keys()) {
        if (shown.size <= REMEMBERED) break;
        shown.delete(id);
      }
    },
    lastShown: ({ id }) => shown.get(id),
    async open(incident, health) {
      const target = targetOf(incident);
      if (target === undefined) return undefined;
      return whySlow.open(target, {
        alerts: () => askedOf(ports, incident, target),
        sinceMs: incident.changedAt,
        health,
        isFirstAbove: incident.isExternal !== true,
      });
    },
    active(incident) {
      const target = targetOf(incident);
      const standing = target === undefined ? undefined : whySlow.standing(target);
      return standing === undefined ? new Set() : activeIds(standing.diagnosis);
    },
  };
}

interface Polled {
  readonly target: Target;
  readonly standing: StandingDiagnosis;
  readonly verdict: AlertVerdict;
}

/** The lines as one text: equal texts need no edit. A step alone is no verdict: that is still to come. */
function verdictText(lines: VerdictLines | undefined): string {
  if (lines === undefined || lines.verdict.length === 0) return "";
  const { mark, verdict, first = [], graver = [] } = lines;
  return [mark, ...[verdict, first, graver].map((elements) => inlineWords(elements))].join("\n");
}

function leadVerdict(
  ports: IncidentVerdictPorts,
  incident: Incident,
  { target, standing }: Pick<Polled, "target" | "standing">,
): AlertVerdict | undefined {
  const [lead] = askedOf(ports, incident, target, 1);
  if (lead === undefined) return undefined;
  const library = ports.knowledge.library();
  return verdictForAlert(standing.diagnosis, lead, { library, checks: standing.checks });
}

/** The alerts that fire, by name, the worst first. */
function askedOf(
  { memory }: Pick<IncidentVerdictPorts, "memory">,
  incident: Incident,
  target: Target,
  most = ANSWERED,
): AskedOf[] {
  return namedAlerts(incident)
    .slice(0, most)
    .map((each) => ({ ...each, rule: memory.ruleState(target, each.alert) }));
}

function namedAlerts(incident: Incident): Omit<AskedOf, "rule">[] {
  const byName = Map.groupBy(shownAlerts(incident), ruleName);
  return [...byName].flatMap(([alert, [first]]) =>
    first === undefined ? [] : [{ alert, labels: first.labels }],
  );
}

/** Without a poll of its target there is still what its page says to do first. */
function linesWithoutPoll(
  { knowledge, whySlow, targets }: IncidentVerdictPorts,
  incident: Incident,
): VerdictLines | undefined {
  const [lead] = namedAlerts(incident);
  const checks: readonly Check[] = whySlow.checks();
  const first =
    lead === undefined ? undefined : firstOfAlert(lead, { library: knowledge.library(), checks });
  if (first === undefined) return undefined;
  const target = targets.find(({ name }) => name === incident.target);
  return { mark: "", verdict: [], first: firstElements(first, target) };
}
