/** What a person typed after /streamline, or to the bot -> a command. */

import { editDistance } from "../../spelling/edit-distance.ts";
import { SILENCE_COMMANDS, type SilenceCommand } from "../silences/silence.ts";
import { parseSubscribe, type SubscribeCommand } from "../subscriptions/subscribe.ts";
import { parseWhySlow, type WhySlowOptions } from "../why-slow/parse-why-slow.ts";
import { readExplain } from "./explain.ts";
import { MORE_SUBCOMMANDS, type MoreCommand } from "./more-commands.ts";
import { type KnownNames, NO_NAMES, naturalForm } from "./natural-forms.ts";
import { isProse, readWords } from "./read-words.ts";
import { asQuestion, type Subcommand } from "./subcommand.ts";

export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "search"; readonly question: string }
  /** A search without words: they are typed where sections are found meanwhile. */
  | { readonly kind: "typeahead" }
  | { readonly kind: "gaps" }
  | { readonly kind: "feedback"; readonly text: string }
  | SubscribeCommand
  | { readonly kind: "health"; readonly target?: string }
  | { readonly kind: "metrics"; readonly pattern: string; readonly target?: string }
  | { readonly kind: "runbook"; readonly alert: string }
  | ({ readonly kind: "why-slow"; readonly target?: string } & WhySlowOptions)
  | { readonly kind: "replay"; readonly id: string }
  | MoreCommand
  /** A word that cannot be understood; without a usage it is one of why-slow. */
  | { readonly kind: "not-understood"; readonly problem: string; readonly usage?: string }
  | SilenceCommand
  /** A subcommand without what it needs. */
  | { readonly kind: "incomplete"; readonly usage: string }
  | {
      readonly kind: "mistyped";
      readonly word: string;
      /** The command that was probably meant, and the one that takes the words as they stand. */
      readonly suggestion: string;
      readonly instead: string;
    };

export const SUBCOMMANDS: readonly Subcommand<Command>[] = [
  {
    name: "why-slow",
    usage: "why-slow [TARGET] [topic:NAME] [group:NAME] [last:30m]",
    about: "ranked causes with their proof, from the last hour of the server's own metrics",
    group: "Now",
    right: "ask",
    parse: parseWhySlow,
  },
  {
    name: "search",
    usage: "search [WORDS]",
    about:
      "the runbook section for a question, an alert's name or a pasted log line; without words it finds them while you type",
    group: "Runbooks",
    parse: (rest) => (rest === "" ? { kind: "typeahead" } : parseSearch(rest)),
  },
  {
    name: "health",
    usage: "health [TARGET]",
    about: "what the server says now: HTTP, Kafka, health checks, version, metrics",
    group: "Now",
    right: "ask",
    parse: parseHealth,
  },
  {
    name: "metrics",
    usage: "metrics PATTERN [TARGET]",
    about: 'current series by name, such as *lag* or bytes_in{topic="orders"}',
    group: "Now",
    right: "ask",
    parse: parseMetrics,
  },
  {
    name: "runbook",
    usage: "runbook ALERT",
    about: "the runbook of an alert",
    group: "Runbooks",
    parse: parseRunbook,
  },
  ...SILENCE_COMMANDS,
  ...MORE_SUBCOMMANDS,
  {
    name: "subscribe",
    usage: "subscribe [ALERT | target:NAME | severity:critical] [off]",
    about: "a direct message when it begins to fire; alone it lists yours",
    group: "Runbooks",
    parse: parseSubscribe,
  },
  {
    name: "feedback",
    usage: "feedback [TEXT]",
    about: "a note for those who look after the runbooks; alone it lists them",
    group: "Runbooks",
    parse: (rest) => ({ kind: "feedback", text: rest }),
  },
  {
    name: "gaps",
    usage: "gaps",
    about: "what was asked and nothing covers, with a page to fill in",
    group: "Runbooks",
    parse: () => ({ kind: "gaps" }),
  },
  {
    name: "help",
    usage: "help",
    about: "this list",
    group: "Runbooks",
    parse: () => ({ kind: "help" }),
  },
];

/** A longer text is cut: Slack sends up to 40,000 characters, no command needs them. */
const LONGEST_COMMAND = 4_000;
/** One mistake in so many letters still counts as the subcommand: "helth", but not "heap" or "hello". */
const LETTERS_PER_MISTAKE = 3;

/** Parses a command; text that starts with no subcommand is a question, or a command in plain words. */
export function parseCommand(text: string, known: KnownNames = NO_NAMES): Command {
  const trimmed = text.slice(0, LONGEST_COMMAND).trim();
  if (trimmed === "") return { kind: "help" };
  const [word = ""] = trimmed.split(/\s/, 1);
  const rest = trimmed.slice(word.length).trim();
  const subcommand = SUBCOMMANDS.find((each) => each.name === word.toLowerCase());
  if (subcommand !== undefined) {
    const command = subcommand.parse(rest) ?? { kind: "incomplete", usage: subcommand.usage };
    const isQuestion = command.kind === "search" && subcommand.name !== "search";
    return isQuestion ? inPlainWords(trimmed, known) : command;
  }
  const spoken = naturalForm(trimmed, known);
  if (spoken !== undefined) return parseCommand(spoken);
  const near = nearestSubcommand(word);
  // "heap is full" is no call for help, which takes no words, and "topic" is a word of many questions.
  if (near === undefined || (WITHOUT_WORDS.has(near) && rest !== "") || isOrdinary(word, rest)) {
    return { kind: "search", question: trimmed };
  }
  const suggestion = `${near} ${rest}`.trim();
  return { kind: "mistyped", word, suggestion, instead: `search ${trimmed}` };
}

const WITHOUT_WORDS: ReadonlySet<string> = new Set(["help", "gaps"]);
/** The command that plain words were read as; undefined when they are one, or a question. */
export function readAs(text: string, known: KnownNames): string | undefined {
  const trimmed = text.slice(0, LONGEST_COMMAND).trim();
  const isCommand = SUBCOMMANDS.some(
    ({ name, parse }) =>
      trimmed.split(/\s/, 1)[0]?.toLowerCase() === name &&
      (name === "search" || parse(trimmed.slice(name.length).trim())?.kind !== "search"),
  );
  return isCommand ? undefined : naturalForm(trimmed, known);
}

/** Words like those of subcommands with which questions begin, too. */
const ORDINARY = new Set(["alert", "alerting", "topic", "charts", "lags", "lagging"]);
/** One letter from "lag", and never meant for it. */
const OTHER_WORDS = new Set(["log", "logs", "leg", "tag", "flag", "lab", "bag", "large"]);

function isOrdinary(word: string, rest: string): boolean {
  const lower = word.toLowerCase();
  return OTHER_WORDS.has(lower) || (ORDINARY.has(lower) && rest.includes(" "));
}

/** A sentence that begins like a subcommand: "lag of billing" is one, "lag is growing" none. */
function inPlainWords(sentence: string, known: KnownNames): Command {
  const spoken = naturalForm(sentence, known);
  if (spoken === undefined) return { kind: "search", question: sentence };
  const command = parseCommand(spoken);
  return command.kind === "mistyped" ? { kind: "search", question: sentence } : command;
}

/** People mistype the first letter least: "reach" and "death" are words of their own. */
function nearestSubcommand(word: string): string | undefined {
  const typed = word.toLowerCase();
  const [best] = SUBCOMMANDS.map(({ name }) => ({
    name,
    mistakes: editDistance(name, typed, name.length),
  })).toSorted((a, b) => a.mistakes - b.mistakes);
  if (best === undefined || best.mistakes > best.name.length / LETTERS_PER_MISTAKE)
    return undefined;
  return best.mistakes === 1 || best.name[0] === typed[0] ? best.name : undefined;
}

function parseHealth(rest: string): Command {
  if (rest === "") return { kind: "health" };
  const isSentence = rest.includes(" ") && isProse(readWords(rest), 9);
  return isSentence ? asQuestion("health", rest) : { kind: "health", target: rest };
}

function parseRunbook(rest: string): Command | undefined {
  const alert = rest.replace(/^(?:for|of)\s+/i, "");
  return alert === "" ? undefined : { kind: "runbook", alert };
}

function parseSearch(rest: string): Command | undefined {
  const explained = readExplain(rest);
  if (explained?.kind === "explain") return explained;
  return rest === "" || explained !== undefined ? undefined : { kind: "search", question: rest };
}

/**
 * The pattern ends at a space, or, when it has label matchers, at their closing brace. Slack turns
 * straight quotes into curly ones, and people add backticks.
 */
function parseMetrics(rest: string): Command | undefined {
  const typed = rest.replace(/[“”„]/g, '"').replace(/`/g, "").trim();
  const match = /^(?:[^\s{]*\s*\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\}|\S+)/.exec(typed);
  if (match === null) return undefined;
  const target = typed.slice(match[0].length).trim();
  return { kind: "metrics", pattern: match[0], ...(target === "" ? {} : { target }) };
}
