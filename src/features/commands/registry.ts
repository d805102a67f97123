/** Every subcommand there is, in the order of help: a new one is its file and a line here. */

import { oncallCommand } from "../duty/oncall.ts";
import { historyCommand } from "../history/alert-history.ts";
import { alertsCommand } from "../history/alerts.ts";
import { handoffCommand } from "../history/handoff.ts";
import { timelineCommand } from "../history/timeline.ts";
import { acknowledgeCommand, unacknowledgeCommand } from "../incidents/acknowledge-command.ts";
import { runbookCommand } from "../runbooks/runbook-command.ts";
import { feedbackCommand } from "../search/feedback-command.ts";
import { gapsCommand } from "../search/gaps.ts";
import { searchCommand } from "../search/search-command.ts";
import { silenceCommand, silencesCommand } from "../silences/silence.ts";
import { subscribeCommand } from "../subscriptions/subscribe.ts";
import { chartCommand } from "../targets/chart.ts";
import { healthCommand } from "../targets/health-command.ts";
import { lagCommand } from "../targets/lag.ts";
import { metricsCommand } from "../targets/metrics-command.ts";
import { topicsCommand } from "../targets/topics.ts";
import { whySlowCommand } from "../why-slow/why-slow-command.ts";
import type { CommandRow } from "./command-row.ts";
import { type HelpPorts, helpCommand } from "./help.ts";

const COMMANDS = [
  whySlowCommand,
  healthCommand,
  metricsCommand,
  lagCommand,
  topicsCommand,
  // Behind the others: in plain words it takes most before it checks whether it knows them.
  chartCommand,
  alertsCommand,
  historyCommand,
  handoffCommand,
  timelineCommand,
  acknowledgeCommand,
  unacknowledgeCommand,
  oncallCommand,
  silenceCommand,
  silencesCommand,
  searchCommand,
  runbookCommand,
  subscribeCommand,
  feedbackCommand,
  gapsCommand,
] as const;

/** What all of them use together; each takes its own part of it. */
export type CommandPorts = Together<Parameters<(typeof COMMANDS)[number]>[0]> &
  Omit<HelpPorts, "rows">;

/** The rows, each with what it uses. */
export function commandRows(ports: CommandPorts): readonly CommandRow[] {
  const rows: CommandRow[] = COMMANDS.map((command) => command(ports));
  rows.push(helpCommand({ ...ports, rows: () => rows }));
  return rows;
}

export type CommandUsage = Pick<CommandRow, "name" | "usage" | "about">;

/** What can be typed, without anything that would answer: a row uses its ports only when it runs. */
export function commandUsages(): readonly CommandUsage[] {
  return commandRows({} as CommandPorts);
}

/** A & B & C for A | B | C. */
type Together<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
