/** What a person typed after /streamline, or to the bot -> a command. */

import { distance } from "fastest-levenshtein";
import { parseWhySlow, type WhySlowOptions } from "./parse-why-slow.ts";

export type Command =
  | { readonly kind: "help" }
  | { readonly kind: "search"; readonly question: string }
  | { readonly kind: "health"; readonly target?: string }
  | { readonly kind: "metrics"; readonly pattern: string; readonly target?: string }
  | { readonly kind: "runbook"; readonly alert: string }
  | ({ readonly kind: "why-slow"; readonly target?: string } & WhySlowOptions)
  | { readonly kind: "replay"; readonly id: string }
  /** A word of why-slow that cannot be understood. */
  | { readonly kind: "not-understood"; readonly problem: string }
  /** A subcommand without what it needs. */
  | { readonly kind: "incomplete"; readonly usage: string }
  | {
      readonly kind: "mistyped";
      readonly word: string;
      /** The command that was probably meant, and the one that takes the words as they stand. */
      readonly suggestion: string;
      readonly instead: string;
    };

interface Subcommand {
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  readonly parse: (rest: string) => Command | undefined;
}

export const SUBCOMMANDS: readonly Subcommand[] = [
  {
    name: "why-slow",
    usage: "why-slow [TARGET] [topic:NAME] [group:NAME] [last:30m]",
    about: "ranked causes with their proof, from the last hour of the server's own metrics",
    parse: parseWhySlow,
  },
  {
    name: "search",
    usage: "search WORDS",
    about: "the runbook section for a question, an alert's name or a pasted log line",
    parse: (rest) => (rest === "" ? undefined : { kind: "search", question: rest }),
  },
  {
    name: "health",
    usage: "health [TARGET]",
    about: "what the server says now: HTTP, Kafka, health checks, version, metrics",
    parse: (rest) => (rest === "" ? { kind: "health" } : { kind: "health", target: rest }),
  },
  {
    name: "metrics",
    usage: "metrics PATTERN [TARGET]",
    about: 'current series by name, such as *lag* or bytes_in{topic="orders"}',
    parse: parseMetrics,
  },
  {
    name: "runbook",
    usage: "runbook ALERT",
    about: "the runbook of an alert",
    parse: (rest) => (rest === "" ? undefined : { kind: "runbook", alert: rest }),
  },
  { name: "help", usage: "help", about: "this list", parse: () => ({ kind: "help" }) },
];

/** A longer text is cut: Slack sends up to 40,000 characters, no command needs them. */
const LONGEST_COMMAND = 4_000;
/** One mistake in so many letters still counts as the subcommand: "helth", but not "heap" or "hello". */
const LETTERS_PER_MISTAKE = 3;

/** Parses a command; text that starts with no subcommand is a question. */
export function parseCommand(text: string): Command {
  const trimmed = text.slice(0, LONGEST_COMMAND).trim();
  if (trimmed === "") return { kind: "help" };
  const [word = ""] = trimmed.split(/\s/, 1);
  const rest = trimmed.slice(word.length).trim();
  const subcommand = SUBCOMMANDS.find((each) => each.name === word.toLowerCase());
  if (subcommand !== undefined) {
    return subcommand.parse(rest) ?? { kind: "incomplete", usage: subcommand.usage };
  }
  const near = nearestSubcommand(word);
  // "heap is full" is no call for help, which takes no words.
  if (near === undefined || (near === "help" && rest !== "")) {
    return { kind: "search", question: trimmed };
  }
  const suggestion = `${near} ${rest}`.trim();
  return { kind: "mistyped", word, suggestion, instead: `search ${trimmed}` };
}

/** People mistype the first letter least: "reach" and "death" are words of their own. */
function nearestSubcommand(word: string): string | undefined {
  const typed = word.toLowerCase();
  const [best] = SUBCOMMANDS.map(({ name }) => ({
    name,
    mistakes: distance(name, typed),
  })).toSorted((a, b) => a.mistakes - b.mistakes);
  if (best === undefined || best.mistakes > best.name.length / LETTERS_PER_MISTAKE)
    return undefined;
  return best.mistakes === 1 || best.name[0] === typed[0] ? best.name : undefined;
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
