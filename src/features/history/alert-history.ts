/** `history ALERT`: how often it fired, for how long, when, and what helped. */

import { alertNames } from "../../alerts/alert.ts";
import { alertHistory } from "../../incidents/alert-history.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Library } from "../../knowledge/library.ts";
import { nearestTypable } from "../../spelling/nearest-names.ts";
import type { CommandRow } from "../commands/command-row.ts";
import { isAlertLike, SPOKEN_PARTS, type SpokenForm, spoken } from "../commands/plain-words.ts";
import type { JumpTo } from "../incidents/incident-lines.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Person } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import { type FiredPorts, firedInPrometheus } from "./fired-in-prometheus.ts";
import {
  type Helped,
  type HistoryAnswer,
  renderHistoryAnswer,
  type WrittenFix,
} from "./render-alert-history.ts";

export interface HistoryRequest {
  readonly alert: string;
}

/** Concludes an alert's past, or the nearest names of one that is unknown. */
export function historyCommand(
  ports: HistoryPorts & FiredPorts,
): CommandRow<HistoryRequest, HistoryAnswer> {
  return {
    name: "history",
    usage: "history ALERT",
    about: "how often an alert fired, for how long, and what helped",
    group: "Incidents",
    right: "ask",
    reads: { kind: "names", names: ["alert"] },
    options: ["alert"],
    parse: ({ values: { alert } }) =>
      alert === undefined ? { kind: "incomplete" } : { kind: "options", options: { alert } },
    spoken: FORMS,
    run: (options, { person }) => historyOf(ports, options, person),
    render: (answer) => renderHistoryAnswer(answer, ports.jumpTo),
  };
}

/** What people said of the sections that they were shown for an alert. */
export interface FeedbackSource {
  /** By section, in any order. */
  ofAlert(alert: string): Promise<
    readonly {
      readonly sectionId: string;
      readonly useful: number;
      readonly notUseful: number;
      readonly cleared: number;
    }[]
  >;
  /** What people wrote of how they ended incidents of the alert, the last first. */
  fixes(alert: string, limit: number): Promise<readonly (WrittenFix & { incidentId: string })[]>;
}

export const NO_FEEDBACK: FeedbackSource = {
  ofAlert: () => Promise.resolve([]),
  fixes: () => Promise.resolve([]),
};

export interface HistoryPorts {
  readonly incidents: Pick<IncidentReader, "incidentsOf" | "incidentsSince">;
  readonly knowledge: { library(): Library };
  readonly verdicts: FeedbackSource;
  /** Names of the alerts in the rule files. */
  readonly ruleNames: readonly string[];
  readonly clock: Pick<Clock, "now">;
  readonly jumpTo: JumpTo;
  readonly permission: Pick<Permission, "visible">;
}

/** More incidents of one alert are counted as "or more". */
const MOST = 500;

async function historyOf(
  ports: HistoryPorts & FiredPorts,
  { alert: typed }: HistoryRequest,
  person: Person,
): Promise<HistoryAnswer> {
  const names = await knownNames(ports, person);
  const alert = names.find((name) => name.toLowerCase() === typed.toLowerCase()) ?? typed;
  const all = await ports.incidents.incidentsOf(alert, MOST);
  const incidents = await ports.permission.visible(person, all);
  if (incidents.length === 0 && !names.includes(alert)) {
    const nearest = nearestTypable(typed, names);
    return { kind: "no-such-alert", alert: typed, nearest };
  }
  const nowMs = ports.clock.now();
  return {
    kind: "history",
    past: {
      alert,
      history: alertHistory(incidents, nowMs, all.length === MOST),
      // What was said of sections is of incidents, too: who sees none of them learns of none.
      helped: incidents.length === 0 ? [] : await helpedWith(ports, alert),
      fixes: await fixesOf(ports, alert, incidents),
      inPrometheus: await firedInPrometheus(ports, alert, person),
      hasRunbook: ports.knowledge.library().runbookFor(alert) !== undefined,
      nowMs,
    },
  };
}

/** Notes among which those that the person may read are chosen. */
const MOST_FIXES = 50;

/** A note is for those who see the incident that it is about. */
async function fixesOf(
  { verdicts }: HistoryPorts,
  alert: string,
  visible: readonly Incident[],
): Promise<WrittenFix[]> {
  const ids = new Set(visible.map(({ id }) => id));
  const all = await verdicts.fixes(alert, MOST_FIXES);
  return all.filter(({ incidentId }) => ids.has(incidentId));
}

/** Incidents in which names are searched for: the store keeps names as hashes only. */
const RECENT = 500;

async function knownNames(
  { incidents, knowledge, ruleNames, permission }: HistoryPorts,
  person: Person,
): Promise<string[]> {
  const recent = await permission.visible(person, await incidents.incidentsSince(0, RECENT));
  const seen = recent.flatMap(({ alerts }) => alertNames(alerts));
  const ofPages = knowledge.library().pages.flatMap(({ alerts }) => alerts);
  return [...new Set([...seen, ...ruleNames, ...ofPages])];
}

/** What cleared it comes first; a section that is gone from the runbooks is left out. */
async function helpedWith(ports: HistoryPorts, alert: string): Promise<Helped[]> {
  const library = ports.knowledge.library();
  const rows = await ports.verdicts.ofAlert(alert);
  return rows
    .flatMap(({ sectionId, ...counts }): Helped[] => {
      const section = library.section(sectionId);
      return section === undefined ? [] : [{ section, ...counts }];
    })
    .filter(({ useful, cleared }) => useful + cleared > 0)
    .toSorted((a, b) => b.cleared - a.cleared || b.useful - a.useful);
}

const FORMS: readonly SpokenForm[] = [
  spoken(
    `how often (?:does|did|has|do|will) ${SPOKEN_PARTS.alert} (?:fire|fired|happen|happened)`,
    historyOfAlert,
  ),
  spoken(
    `has ${SPOKEN_PARTS.alert} (?:ever )?(?:fired|happened)(?: before| recently)?|did ${SPOKEN_PARTS.alert.replace("name", "other")} (?:fire|happen) (?:before|recently)`,
    historyOfAlert,
  ),
  spoken(
    `when did ${SPOKEN_PARTS.alert} last (?:fire|happen)|when was ${SPOKEN_PARTS.alert.replace("name", "other")} last firing`,
    historyOfAlert,
  ),
  spoken(
    `how long does ${SPOKEN_PARTS.alert} (?:usually |normally )?last|what (?:cleared|helped with|fixes|fixed) ${SPOKEN_PARTS.alert.replace("name", "other")}`,
    historyOfAlert,
  ),
  spoken(`(?:show me the |show the |the )?history of ${SPOKEN_PARTS.alert}`, historyOfAlert),
];

function historyOfAlert({ name, other }: Readonly<Record<string, string>>): string | undefined {
  const alert = name || other || "";
  return isAlertLike(alert) ? `history ${alert}` : undefined;
}
