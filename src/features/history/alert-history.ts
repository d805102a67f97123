/** `history ALERT`: how often it fired, for how long, when, and what helped. */

import { alertNames } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import { alertHistory } from "../../incidents/alert-history.ts";
import type { Library } from "../../knowledge/library.ts";
import { nearestNames } from "../../spelling/nearest-names.ts";
import { isProse, readWords } from "../commands/read-words.ts";
import { asQuestion, type Question, type Subcommand } from "../commands/subcommand.ts";
import type { JumpTo } from "../incidents/incident-lines.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import { renderUnknownName } from "../runbooks/render-absent.ts";
import type { Clock } from "../shared/ports.ts";
import { isTypable } from "../targets/lag.ts";
import { type Helped, renderAlertHistory } from "./render-alert-history.ts";

export interface HistoryCommand {
  readonly kind: "history";
  readonly alert: string;
}

export const HISTORY: Subcommand<HistoryCommand | Question> = {
  name: "history",
  usage: "history ALERT",
  about: "how often an alert fired, for how long, and what helped",
  group: "Incidents",
  right: "ask",
  parse(rest) {
    const words = readWords(rest);
    if (isProse(words, 1)) return asQuestion("history", rest);
    const [alert] = words.names;
    return alert === undefined ? undefined : { kind: "history", alert };
  },
};

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
}

export const NO_FEEDBACK: FeedbackSource = { ofAlert: () => Promise.resolve([]) };

export interface HistoryPorts {
  readonly incidents: Pick<IncidentReader, "incidentsOf" | "incidentsSince">;
  readonly knowledge: { library(): Library };
  readonly feedback: FeedbackSource;
  /** Names of the alerts in the rule files. */
  readonly ruleNames: readonly string[];
  readonly clock: Pick<Clock, "now">;
  readonly jumpTo: JumpTo;
}

/** More incidents of one alert are counted as "or more". */
const MOST = 500;

export async function answerHistory(
  ports: HistoryPorts,
  command: HistoryCommand,
): Promise<Message> {
  const names = await knownNames(ports);
  const lower = command.alert.toLowerCase();
  const alert = names.find((name) => name.toLowerCase() === lower) ?? command.alert;
  const incidents = await ports.incidents.incidentsOf(alert, MOST);
  if (incidents.length === 0 && !names.includes(alert)) return unknownAlert(command.alert, names);
  const nowMs = ports.clock.now();
  return renderAlertHistory({
    alert,
    history: alertHistory(incidents, nowMs, incidents.length === MOST),
    helped: await helpedWith(ports, alert),
    hasRunbook: ports.knowledge.library().runbookFor(alert) !== undefined,
    nowMs,
    jumpTo: ports.jumpTo,
  });
}

/** Incidents in which names are looked for: the store keeps names as hashes only. */
const RECENT = 500;

async function knownNames({ incidents, knowledge, ruleNames }: HistoryPorts): Promise<string[]> {
  const recent = await incidents.incidentsSince(0, RECENT);
  const seen = recent.flatMap(({ alerts }) => alertNames(alerts));
  const ofPages = knowledge.library().pages.flatMap(({ alerts }) => alerts);
  return [...new Set([...seen, ...ruleNames, ...ofPages])];
}

/** What cleared it comes first; a section that is gone from the runbooks is left out. */
async function helpedWith(ports: HistoryPorts, alert: string): Promise<Helped[]> {
  const library = ports.knowledge.library();
  const rows = await ports.feedback.ofAlert(alert);
  return rows
    .flatMap(({ sectionId, ...counts }): Helped[] => {
      const section = library.section(sectionId);
      return section === undefined ? [] : [{ section, ...counts }];
    })
    .filter(({ useful, cleared }) => useful + cleared > 0)
    .toSorted((a, b) => b.cleared - a.cleared || b.useful - a.useful);
}

function unknownAlert(name: string, names: readonly string[]): Message {
  return renderUnknownName({
    what: "alert",
    name,
    where: "in the rules, the runbooks or what I have seen",
    nearest: nearestNames(name, names.filter(isTypable)),
    command: (near) => `history ${near}`,
    words: `history ${name}`,
  });
}
