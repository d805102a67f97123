/** The subcommands beyond search, health, metrics and why-slow: their rows, their answers, their buttons. */

import type { Message } from "../../block-kit/message.ts";
import { TURN_PAGE } from "../../block-kit/paging.ts";
import { answerHistory, HISTORY, type HistoryCommand } from "../history/alert-history.ts";
import { ALERTS, type AlertsCommand, answerAlerts } from "../history/alerts.ts";
import {
  answerHandoff,
  HANDOFF,
  type HandoffCommand,
  type HandoffPorts,
  shareHandoff,
} from "../history/handoff.ts";
import { SHARE_HANDOFF } from "../history/render-handoff.ts";
import {
  type AskedWhere,
  answerTimeline,
  TIMELINE,
  type TimelineCommand,
  type TimelinePorts,
} from "../history/timeline.ts";
import { ACTS } from "../incidents/render-acts.ts";
import type { Click, Interactions, Person, Reaction } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import { answerChart, CHART, type ChartCommand, type ChartPorts } from "../targets/chart.ts";
import { answerLag, LAG, type LagCommand, type LagPorts } from "../targets/lag.ts";
import { answerTopics, TOPICS, type TopicsCommand } from "../targets/topics.ts";
import { answerExplain, type ExplainCommand, type ExplainPorts } from "./explain.ts";
import { renderWords } from "./render-answers.ts";

export type MoreCommand =
  | AlertsCommand
  | ChartCommand
  | ExplainCommand
  | HandoffCommand
  | HistoryCommand
  | LagCommand
  | TimelineCommand
  | TopicsCommand;

export const MORE_SUBCOMMANDS = [CHART, LAG, TOPICS, ALERTS, HISTORY, HANDOFF, TIMELINE] as const;

export interface MorePorts extends ChartPorts, LagPorts, HandoffPorts, TimelinePorts {
  readonly incidents: HandoffPorts["incidents"] & TimelinePorts["incidents"];
  readonly knowledge: ExplainPorts["knowledge"];
  readonly permission: Permission;
}

export interface MoreCommands {
  /** The person may ask: that is looked at before. */
  answer(command: MoreCommand, place: AskedWhere): Promise<Message>;
  /** Buttons; `answer` answers a command as if the person had typed it. */
  interactions(
    answer: (text: string, person: Person) => Promise<Reaction>,
  ): Pick<Interactions, "clicks">;
}

export function moreCommands(ports: MorePorts): MoreCommands {
  const permitted = async (person: Person, then: () => Promise<Reaction>): Promise<Reaction> => {
    const refusal = await ports.permission.refusal(person, "ask");
    return refusal === undefined ? then() : { kind: "message", message: renderWords(refusal) };
  };
  return {
    answer: (command, place) => answerOne(ports, command, place),
    interactions: (answer) => ({
      clicks: {
        [TURN_PAGE]: async ({ value, person }) => inPlace(await answer(value, person)),
        [SHARE_HANDOFF]: (click) => permitted(click.person, () => shareHandoff(ports, click)),
        [ACTS.timeline]: (click) => permitted(click.person, () => timelineOf(ports, click)),
      },
    }),
  };
}

async function answerOne(
  ports: MorePorts,
  command: MoreCommand,
  place: AskedWhere,
): Promise<Message> {
  switch (command.kind) {
    case "alerts":
      return answerAlerts(ports, command);
    case "chart":
      return answerChart(ports, command);
    case "explain":
      return answerExplain(ports, command);
    case "handoff":
      return answerHandoff(ports, command);
    case "history":
      return answerHistory(ports, command);
    case "lag":
      return answerLag(ports, command);
    case "timeline":
      return answerTimeline(ports, command, place);
    case "topics":
      return answerTopics(ports, command);
  }
}

/** Another page takes the place of the one before. */
function inPlace(reaction: Reaction): Reaction {
  return reaction.kind === "message" ? { ...reaction, kind: "replacement" } : reaction;
}

async function timelineOf(ports: MorePorts, { person, value }: Click): Promise<Reaction> {
  const command = { kind: "timeline", incident: value } as const;
  return { kind: "message", message: await answerTimeline(ports, command, { person }) };
}
