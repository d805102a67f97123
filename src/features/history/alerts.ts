/** `alerts [firing|silenced|acknowledged] [TARGET]`: what is open, worst first. */

import type { Message } from "../../block-kit/message.ts";
import type { Target } from "../../diagnosis/target.ts";
import { chooseTarget } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import { standingOf, worstFirst } from "../../incidents/standing.ts";
import { isProse, pageOf, readWords } from "../commands/read-words.ts";
import { renderUnknownTarget } from "../commands/render-answers.ts";
import { asQuestion, type Question, type Subcommand } from "../commands/subcommand.ts";
import type { JumpTo } from "../incidents/incident-lines.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Clock } from "../shared/ports.ts";
import { type AlertState, renderAlerts } from "./render-alerts.ts";

export interface AlertsCommand {
  readonly kind: "alerts";
  readonly state?: AlertState;
  readonly target?: string;
  readonly page: number;
}

export const ALERTS: Subcommand<AlertsCommand | Question> = {
  name: "alerts",
  usage: "alerts [firing|silenced|acknowledged] [TARGET]",
  about: "what is open, worst first, and who has it",
  group: "Incidents",
  right: "ask",
  parse(rest) {
    const words = readWords(rest, ["page"]);
    const states = words.names.flatMap((name) => stateOf(name) ?? []);
    const names = words.names.filter((name) => stateOf(name) === undefined);
    if (isProse({ names, options: {} }, 1) || states.length > 1) return asQuestion("alerts", rest);
    const [state] = states;
    const [target] = names;
    return {
      kind: "alerts",
      page: pageOf(words),
      ...(state === undefined ? {} : { state }),
      ...(target === undefined ? {} : { target }),
    };
  },
};

const STATES: ReadonlyMap<string, AlertState> = new Map([
  ["firing", "firing"],
  ["silenced", "silenced"],
  ["acknowledged", "acknowledged"],
  ["acked", "acknowledged"],
]);

function stateOf(word: string): AlertState | undefined {
  return STATES.get(word.toLowerCase());
}

/** More open incidents than this are counted as "or more". */
const MOST = 1_000;

export interface AlertsPorts {
  readonly incidents: Pick<IncidentReader, "openIncidents">;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
  readonly jumpTo: JumpTo;
}

export async function answerAlerts(ports: AlertsPorts, command: AlertsCommand): Promise<Message> {
  const { state, page } = command;
  const nowMs = ports.clock.now();
  const choice =
    command.target === undefined ? undefined : chooseTarget(ports.targets, command.target);
  if (choice?.kind === "unknown") return renderUnknownTarget(choice.name, choice.known);
  const target = choice?.kind === "target" ? choice.target.name : undefined;
  const open = await ports.incidents.openIncidents(MOST);
  const own = open.filter((incident) => target === undefined || incident.target === target);
  const shown = own.filter((incident) => isIn(incident, state, nowMs));
  return renderAlerts({
    incidents: worstFirst(shown, nowMs),
    others: own.length - shown.length,
    isMore: open.length === MOST,
    page,
    nowMs,
    jumpTo: ports.jumpTo,
    ...(state === undefined ? {} : { state }),
    ...(target === undefined ? {} : { target }),
  });
}

/** What is acknowledged goes on firing; what is silenced is heard by nobody. */
function isIn(incident: Incident, state: AlertState | undefined, nowMs: number): boolean {
  const standing = standingOf(incident, nowMs);
  switch (state) {
    case undefined:
      return true;
    case "firing":
      return standing !== "silenced";
    case "silenced":
      return standing === "silenced";
    case "acknowledged":
      return incident.acknowledged !== undefined;
  }
}
