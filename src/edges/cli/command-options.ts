/** What may follow each command of the terminal, from the command table. */

import { describedCommands } from "./terminal-help.ts";
import { terminalUsages } from "./terminal-rows.ts";

/** What the shell completes: these words, or names that are asked for when they are needed. */
export type CompletedValues = readonly string[] | "files" | "targets" | "alerts" | "nothing";

export interface CompletedCommand {
  /** The words behind the command. */
  readonly words: CompletedValues;
  /** Its options, without the dashes, each with its values; undefined for one that takes none. */
  readonly options: Readonly<Record<string, CompletedValues | undefined>>;
}

const SPANS = ["15m", "1h", "6h", "12h", "24h", "7d"];
const STATES = ["firing", "silenced", "acknowledged"];

/** Options whose values are known; of the others nobody can tell. */
const OPTION_VALUES: Readonly<Record<string, CompletedValues | undefined>> = {
  target: "targets",
  config: "files",
  out: "files",
  recordings: "files",
  last: SPANS,
  for: SPANS,
  every: ["5s", "10s", "30s", "1m"],
  state: STATES,
  alert: "alerts",
  incident: "alerts",
  json: undefined,
  watch: undefined,
  explain: undefined,
  help: undefined,
  offline: undefined,
  "send-test-alert": undefined,
  wait: ["30s", "90s", "5m"],
};

const WORDS: Readonly<Record<string, CompletedValues>> = {
  completion: ["bash", "zsh", "fish"],
  config: ["check", "schema"],
  alerts: STATES,
  runbook: "alerts",
  history: "alerts",
  timeline: "alerts",
  health: "targets",
  "why-slow": "targets",
  replay: "files",
  eval: "files",
  backup: "files",
};

/** Command -> what may follow it. */
export function completedCommands(): ReadonlyMap<string, CompletedCommand> {
  const rows = new Map(terminalUsages().map((row) => [row.name, row]));
  const names = describedCommands().map(({ name }) => name);
  return new Map(
    describedCommands().map(({ name, usage }) => {
      const row = rows.get(name);
      const inUsage = [...usage.matchAll(/--([a-z-]+)/g)].map(([, flag = ""]) => flag);
      const flags =
        row === undefined && name !== "ask" ? inUsage : [...ofRow(name, row), ...inUsage];
      const options = [...new Set([...flags, "help"])].map((flag) => [
        flag,
        flag in OPTION_VALUES ? OPTION_VALUES[flag] : ("nothing" as const),
      ]);
      const words = name === "help" ? names : (WORDS[name] ?? "nothing");
      return [name, { words, options: Object.fromEntries(options) }];
    }),
  );
}

type Usage = ReturnType<typeof terminalUsages>[number];

/** Rows say what they take beside what every one takes. */
function ofRow(name: string, row: Usage | undefined): readonly string[] {
  const server = row?.target === undefined && name !== "ask" ? [] : ["target", "kafka"];
  const polled = row?.target === "one" ? ["watch", "every"] : [];
  const inPrometheus = ["why-slow", "chart"].includes(name) ? ["prometheus", "label"] : [];
  const own = (row?.options ?? []).filter((key) => key !== "page");
  const explained = name === "search" ? ["explain"] : [];
  return [...own, ...server, ...polled, ...inPrometheus, ...explained, "config", "json"];
}
