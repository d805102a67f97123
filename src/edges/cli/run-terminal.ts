/** One command from a terminal: read, run through the dispatcher, shown as words or JSON, and an exit code. */

import { mistypedVariables } from "../../config/mistyped-variables.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Asking } from "../../features/commands/command-row.ts";
import { renderWhySlow } from "../../features/why-slow/render-why-slow.ts";
import { parseDuration } from "../../promql/duration.ts";
import { clock } from "../clock.ts";
import { endWithReader } from "./broken-pipe.ts";
import { EXIT } from "./exit-codes.ts";
import { type NamesOf, peopleNames } from "./people-names.ts";
import { runWithoutServer } from "./run-without-server.ts";
import { storeOf } from "./store-of.ts";
import { schedulesOf } from "./terminal-duty.ts";
import { isKnownLater } from "./terminal-exit.ts";
import { describedCommands } from "./terminal-help.ts";
import { type CommandOutcome, show } from "./terminal-output.ts";
import { POLLS_BEFORE, STORE_ROWS } from "./terminal-rows.ts";
import type { SessionOptions, TerminalSession } from "./terminal-session.ts";
import { hint, learnEnvironment, progress, separate, usageError } from "./terminal-streams.ts";
import { type TerminalTargets, terminalTargets } from "./terminal-target.ts";
import { terminalThreadReader } from "./terminal-thread-reader.ts";
import { readTerminalWords, type TerminalWords } from "./terminal-words.ts";

/** Runs what was typed behind the program's name; resolves with the exit code. */
export async function runTerminal(args: readonly string[]): Promise<number> {
  endWithReader();
  const read = readTerminalWords(args);
  if (read.kind === "usage") return usageError(read.problem);
  const { words } = read;
  const simple = await runWithoutServer(words);
  if (simple !== undefined) return simple;
  const chosen = terminalTargets(words, process.env);
  if (chosen.kind === "usage") return usageError(chosen.problem);
  const store = await storeOf(words);
  const problem =
    wrongBefore(words, chosen) ??
    (STORE_ROWS.has(words.command) && typeof store === "string" ? store : undefined) ??
    (words.command === "oncall" ? await withoutSchedules(words) : undefined);
  if (problem !== undefined) return usageError(withMistyped(problem));
  if (chosen.note !== undefined && NEEDS_TARGET.has(words.command)) hint(chosen.note);
  const lacking = withoutPrometheus(words, chosen);
  if (lacking !== undefined) hint(lacking);
  return inSession(words, { ...chosen, store });
}

/** A variable whose name is mistyped may be why. */
function withMistyped(problem: string): string {
  const mistyped = mistypedVariables(Object.keys(process.env));
  return [problem, ...mistyped.map(({ path, message }) => `${path} ${message}`)].join("\n");
}

/** A terminal has seen nothing of the hours that were asked for. */
function withoutPrometheus(
  { command, text }: TerminalWords,
  { targets, named }: TerminalTargets,
): string | undefined {
  const last = /(?:^|\s)last:(\S+)/.exec(text)?.[1];
  const asked = last === undefined ? undefined : parseDuration(last);
  if (!["why-slow", "chart"].includes(command) || asked === undefined || asked <= 60_000) {
    return undefined;
  }
  return isInPrometheus(
    targetsOf({ targets, knowledge: [], ...(named === undefined ? {} : { named }) }),
  )
    ? undefined
    : `A terminal has only seconds of samples: for ${last}, add --prometheus http://localhost:9090`;
}

/** Why nobody can tell who is on duty. */
async function withoutSchedules(words: TerminalWords): Promise<string | undefined> {
  const schedules = await schedulesOf(words);
  return typeof schedules === "string" ? schedules : undefined;
}

const NEEDS_TARGET = new Set(["why-slow", "health", "metrics", "lag", "topics", "chart"]);

/** What is missing, in words, before anything is opened. */
function wrongBefore(
  { command, text, watchMs }: TerminalWords,
  { targets }: TerminalTargets,
): string | undefined {
  const isReplay = command === "why-slow" && /(?:^|\s)replay:/.test(text);
  if (targets.length === 0 && NEEDS_TARGET.has(command) && !isReplay) {
    return `${command} needs a server: streamline-bot ${command} --target http://localhost:9094`;
  }
  if (watchMs !== undefined && command !== "ask" && !NEEDS_TARGET.has(command)) {
    return `${command} asks no server, so there is nothing to watch: remove --watch`;
  }
  if (text !== "") return undefined;
  if (command === "search" || command === "ask") return `${command} needs words: ${command} WORDS`;
  return command === "replay" ? "replay needs a file: replay FILE" : undefined;
}

async function inSession(
  words: TerminalWords,
  chosen: TerminalTargets & Pick<SessionOptions, "store">,
): Promise<number> {
  const token = process.env["PROMETHEUS_TOKEN"];
  learnEnvironment();
  // Half of the program, which help, completion and a mistyped word do without.
  const { openTerminalSession } = await import("./terminal-session.ts");
  const session = await openTerminalSession({
    targets: chosen.targets,
    knowledge: chosen.knowledge,
    store: chosen.store,
    talk: terminalThreadReader(process.env),
    schedules: () => schedulesOf(words),
    ...(token === undefined ? {} : { prometheusToken: token }),
    onError: (message) => hint(`This failed: ${message}`),
  });
  try {
    if (STORE_ROWS.has(words.command)) await session.checkStore();
    return words.watchMs === undefined
      ? await answerOnce(session, words, chosen)
      : await watch(session, { ...words, watchMs: words.watchMs }, chosen);
  } finally {
    await session.close();
  }
}

async function answerOnce(
  session: TerminalSession,
  words: TerminalWords,
  chosen: TerminalTargets,
): Promise<number> {
  const problem =
    words.command === "ask" ? asksNobody(session, words, chosen) : isSentence(session, words);
  if (problem !== undefined) return usageError(problem);
  await pollBefore(session, words.command, targetsOf(chosen));
  const outcome = await outcomeOf(session, words, chosen);
  const code = await show(outcome, words, namesFor(words));
  if (words.watchMs === undefined && isKnownLater(outcome)) {
    hint(
      isInPrometheus(targetsOf(chosen))
        ? "Add last:1h to ask its Prometheus for the past hour, or --watch to keep polling."
        : "Add --watch to keep polling and to know more.",
    );
  }
  return code;
}

/** Plain words that are read as a command for a server, when no server is named. */
function asksNobody(
  session: TerminalSession,
  { text }: TerminalWords,
  { targets }: TerminalTargets,
): string | undefined {
  const reading = session.read(text);
  if (targets.length > 0 || reading.kind !== "command" || reading.row.target !== "one") {
    return undefined;
  }
  return `I understood this as "${reading.text}", which needs a server: add --target http://localhost:9094`;
}

/** In Slack what only begins like a command is a question; here a command was meant. */
function isSentence(
  session: TerminalSession,
  { command, text }: TerminalWords,
): string | undefined {
  if (command === "replay") return undefined;
  const reading = session.read(`${command} ${text}`);
  if (reading.kind !== "command" || reading.row.name === command) return undefined;
  const usage = describedCommands().find(({ name }) => name === command)?.usage ?? command;
  return `${command} does not take the words "${text}". Usage: ${usage}\nFor a question: streamline-bot ask ${command} ${text}`;
}

/** Polls and answers until Ctrl+C; the exit code is that of the last answer. */
async function watch(
  session: TerminalSession,
  words: TerminalWords & { readonly watchMs: number },
  chosen: TerminalTargets,
): Promise<number> {
  const stopped = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopped.abort());
  let code = await answerOnce(session, words, chosen);
  while (code !== EXIT.usage) {
    await clock.sleep(words.watchMs, stopped.signal);
    if (stopped.signal.aborted) break;
    await Promise.all(targetsOf(chosen).map((target) => session.memory.poll(target)));
    const outcome = await outcomeOf(session, words, chosen);
    if (!words.isJson) separate();
    code = await show(outcome, words, namesFor(words));
  }
  return code;
}

function namesFor(words: TerminalWords): NamesOf {
  const talk = terminalThreadReader(process.env);
  return peopleNames({ schedules: () => schedulesOf(words), talk });
}

function targetsOf({ targets, named }: TerminalTargets): readonly Target[] {
  return named === undefined ? targets : targets.filter(({ name }) => name === named);
}

/** A target that does not answer is not waited for. */
async function pollBefore(
  { memory }: TerminalSession,
  command: string,
  targets: readonly Target[],
): Promise<void> {
  const plan = POLLS_BEFORE[command];
  if (plan === undefined) return;
  let left = targets;
  const times = command === "chart" && isInPrometheus(targets) ? 1 : plan.times;
  for (let done = 0; done < times && left.length > 0; done += 1) {
    progress.status(`poll ${done + 1} of ${times}…`);
    if (done > 0) await clock.sleep(plan.apartMs);
    await Promise.all(left.map((target) => memory.poll(target)));
    left = left.filter((target) => memory.lastPoll(target)?.answered === true);
  }
}

/** It has the course already; one poll shows which series there are. */
function isInPrometheus(targets: readonly Target[]): boolean {
  return targets.length > 0 && targets.every(({ prometheus }) => prometheus !== undefined);
}

async function outcomeOf(
  session: TerminalSession,
  { command, text }: TerminalWords,
  chosen: TerminalTargets,
): Promise<CommandOutcome> {
  const { named } = chosen;
  if (command === "replay") {
    const answer = await session.replay(text);
    return { command: "why-slow", kind: "answered", answer, shown: renderWhySlow(answer) };
  }
  const asking: Asking = {
    person: { user: "terminal", channel: "", via: "terminal" },
    isPrivate: true,
    progress,
    ...(named === undefined ? {} : { about: named }),
  };
  return session.run(commandLine(command, text, isInPrometheus(targetsOf(chosen))), asking);
}

/** What a terminal has seen of a target is a minute at first: a chart of more would be empty. */
function commandLine(command: string, text: string, isLong: boolean): string {
  if (command === "ask") return text;
  const isOpen = command === "chart" && !/(?:^|\s)last:/.test(text);
  const span = isOpen && !isLong ? " last:1m" : "";
  return `${command} ${text}${span}`.trim();
}
