/** The rows of the command table that a terminal can run: those that change nothing. */

import { judgeHealth } from "../../diagnosis/health/health-report.ts";
import { askedTarget, type CommandRow } from "../../features/commands/command-row.ts";
import { helpCommand } from "../../features/commands/help.ts";
import type { CommandPorts } from "../../features/commands/registry.ts";
import type { Schedules } from "../../features/duty/follow-schedules.ts";
import { oncallCommand } from "../../features/duty/oncall.ts";
import { historyCommand } from "../../features/history/alert-history.ts";
import { alertsCommand } from "../../features/history/alerts.ts";
import { handoffCommand } from "../../features/history/handoff.ts";
import type { TimelineAnswer } from "../../features/history/render-timeline.ts";
import { timelineCommand } from "../../features/history/timeline.ts";
import type { IncidentReader } from "../../features/incidents/incident-ports.ts";
import { runbookCommand } from "../../features/runbooks/runbook-command.ts";
import { searchCommand } from "../../features/search/search-command.ts";
import { chartCommand } from "../../features/targets/chart.ts";
import { healthCommand } from "../../features/targets/health-command.ts";
import { lagCommand } from "../../features/targets/lag.ts";
import { metricsCommand } from "../../features/targets/metrics-command.ts";
import { renderHealth } from "../../features/targets/render-health.ts";
import { topicsCommand } from "../../features/targets/topics.ts";
import { whySlowCommand } from "../../features/why-slow/why-slow-command.ts";

export type TerminalPorts = Pick<
  CommandPorts,
  | "whySlow"
  | "poll"
  | "api"
  | "memory"
  | "prometheus"
  | "charts"
  | "clock"
  | "knowledge"
  | "targets"
  | "searching"
  | "typing"
  | "permission"
  | "log"
  | "verdicts"
  | "gaps"
  | "ruleNames"
  | "messenger"
  | "talk"
  | "files"
  | "jumpTo"
> & {
  readonly incidents: Omit<IncidentReader, "dueIncidents">;
  readonly schedules: Pick<Schedules, "states" | "names" | "readNow">;
};

/** In the order of help. */
export function terminalRows(ports: TerminalPorts): readonly CommandRow[] {
  const rows: CommandRow[] = [
    whySlowCommand(ports),
    healthNowRow(ports),
    metricsCommand(ports),
    lagCommand(ports),
    topicsCommand(ports),
    chartCommand(ports),
    alertsCommand(ports),
    historyCommand(ports),
    handoffCommand(ports),
    timelineCommand(ports),
    oncallNowRow(ports),
    searchCommand(ports),
    // What alerts named stands in the store, which this command need not open.
    runbookCommand({ knowledge: ports.knowledge, targets: ports.targets }),
  ];
  rows.push(helpCommand({ ...ports, rows: () => rows }));
  return rows;
}

/** The rows without anything that would answer, for help and completion. */
export function terminalUsages(): readonly Pick<
  CommandRow,
  "name" | "usage" | "about" | "options" | "target" | "reads"
>[] {
  return terminalRows({} as TerminalPorts).map((row) => ({ ...row, ...IN_A_TERMINAL[row.name] }));
}

/** What is otherwise than in Slack: a terminal has no hour of samples, and opens no window. */
const IN_A_TERMINAL: Readonly<Record<string, Partial<Pick<CommandRow, "usage" | "about">>>> = {
  "why-slow": {
    about:
      "ranked causes with their proof, from two polls of the server; --watch polls on and can check more, --prometheus looks further back",
  },
  search: {
    usage: "search WORDS",
    about: "the runbook section for a question, an alert's name or a pasted log line",
  },
  help: { usage: "help [COMMAND]", about: "this list, or one command with its options" },
};

/** Whether what follows a command are names, of which one may have blanks, and no sentence or expression. */
export function takesNames(command: string): boolean {
  return terminalUsages().some(({ name, reads }) => name === command && reads.kind === "names");
}

/** Alert rules need the hour that the running bot keeps: here "none holds" would be a guess. */
function healthNowRow({ poll, memory }: Pick<TerminalPorts, "poll" | "memory">): CommandRow {
  const row: CommandRow = healthCommand({ poll, memory });
  return {
    ...row,
    run: async (_, asking) => {
      const target = askedTarget(asking);
      return { report: judgeHealth(target, await poll.health(target)) };
    },
    render: (answer) => renderHealth((answer as HealthProbes).report),
  };
}

/** Nobody follows the calendars here: they are read when it is asked. */
function oncallNowRow(ports: Pick<TerminalPorts, "schedules" | "clock">): CommandRow {
  const row: CommandRow = oncallCommand(ports);
  return {
    ...row,
    run: async (options, asking) => {
      await ports.schedules.readNow();
      return row.run(options, asking);
    },
  };
}

/** What `health` answers in a terminal. */
interface HealthProbes {
  readonly report: ReturnType<typeof judgeHealth>;
}

/** Rows that read the bot's store; they open it when they run. */
export const STORE_ROWS: ReadonlySet<string> = new Set([
  "alerts",
  "history",
  "handoff",
  "timeline",
]);

/** A text that is shown as it is, where a message would hold only a part of it. */
export function wholeText(command: string, answer: unknown): string | undefined {
  if (command !== "timeline") return undefined;
  const exported = answer as TimelineAnswer;
  return "markdown" in exported ? exported.markdown : undefined;
}

/** Rates need two polls and a course some more: these are made before such a command runs. */
export const POLLS_BEFORE: Readonly<
  Record<string, { readonly times: number; readonly apartMs: number }>
> = {
  lag: { times: 2, apartMs: 5_000 },
  topics: { times: 2, apartMs: 5_000 },
  chart: { times: 6, apartMs: 3_000 },
};

/** Lines to try for each, as they are typed behind the program's name. */
export const ROW_EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  "why-slow": [
    "why-slow --target http://localhost:9094",
    "why-slow --target http://localhost:9094 --watch",
    "why-slow --target http://localhost:9094 --prometheus http://localhost:9090 --last 6h",
  ],
  health: [
    "health --target http://localhost:9094 --kafka localhost:9092",
    "health --target http://localhost:9094 --json",
  ],
  metrics: [
    "metrics '*lag*' --target http://localhost:9094",
    `metrics 'bytes_in{topic="orders"}' --target http://localhost:9094`,
  ],
  lag: ["lag --target http://localhost:9094", "lag billing --target http://localhost:9094 --watch"],
  topics: [
    "topics --target http://localhost:9094",
    "topics 'orders*' --target http://localhost:9094 --watch --every 30s",
  ],
  chart: [
    "chart 'rate(streamline_bytes_in_total[1m])' --target http://localhost:9094 --watch",
    "chart streamline_partitions_total --target http://localhost:9094 --prometheus http://localhost:9090 --last 7d",
  ],
  alerts: ["alerts", "alerts firing --config /etc/streamline-bot/streamline-bot.yaml"],
  history: ["history StreamlineDown"],
  handoff: ["handoff --last 12h"],
  timeline: ["timeline StreamlineDown > post-mortem.md", "timeline StreamlineDown --json"],
  oncall: ["oncall", "oncall --config /etc/streamline-bot/streamline-bot.yaml"],
  search: ["search consumer cannot keep up", "search --explain 'No space left on device'"],
  runbook: ["runbook StreamlineDown"],
  help: ["help why-slow"],
};
