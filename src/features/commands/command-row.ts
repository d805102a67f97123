/**
 * One subcommand as a value: what it is called, who may run it, how its words are read, how it runs
 * and how its answer is drawn. A row stands in the folder of its feature, and in one line of the
 * registry. Every door (slash, mention, direct message, thread, button, Home, terminal, MCP) runs it
 * through the dispatcher, which reads options, checks the right, chooses the target and measures.
 */

import type { Message } from "../../block-kit/message.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Modal, Person, Progress } from "../shared/interactions.ts";
import type { Right } from "../shared/rights.ts";
import type { OptionKey, OptionValues } from "./option-keys.ts";
import type { SpokenForm } from "./plain-words.ts";
import type { CommandCost } from "./rates.ts";

/** Who asks, and from where. */
export interface Asking {
  readonly person: Person;
  /** The thread in which it was asked, by its first message. */
  readonly threadTs?: string;
  /** Only the person sees the answer. */
  readonly isPrivate: boolean;
  /** Tells whoever waits what goes on; absent where nobody can be shown it. */
  readonly progress?: Progress;
  /** The target that is meant, already chosen; always there for a row whose target is "one". */
  readonly target?: Target;
  /** The name of the target that is meant where none is named: that of a thread's incident. */
  readonly about?: string;
}

/** What follows the subcommand's name, read once for all commands. */
export interface CommandWords {
  /** As it was typed, trimmed. */
  readonly text: string;
  /** Options and bare words, by what they stand for; a target that is chosen is no longer in it. */
  readonly values: OptionValues;
  /** For a row that reads a series: a pattern of names, or PromQL. */
  readonly series?: SeriesText;
}

export interface SeriesText {
  readonly kind: "pattern" | "promql";
  readonly text: string;
}

export type ParsedWords<Options> =
  | { readonly kind: "options"; readonly options: Options }
  /** A sentence that only begins like the command. */
  | { readonly kind: "question" }
  /** Something that it needs is missing. */
  | { readonly kind: "incomplete" }
  /** Words for the person: what was not understood. */
  | { readonly kind: "not-understood"; readonly problem: string };

/** Which words a row takes. */
type WordsRead =
  /** `key:value` in any order, and bare words, which stand for these keys in this order. */
  | { readonly kind: "names"; readonly names: readonly OptionKey[] }
  /** A pattern of series or PromQL, with options and one bare word, the target, around it. */
  | { readonly kind: "series" }
  /** All of it as it stands; options are part of the text. */
  | { readonly kind: "text" };

export interface CommandRow<Options = unknown, Answer = unknown> {
  readonly name: string;
  /** Other names that people type for it. */
  readonly also?: readonly string[];
  /** How it is written, as help shows it. */
  readonly usage: string;
  readonly about: string;
  /** Under which heading help lists it. */
  readonly group: "Now" | "Incidents" | "Runbooks";
  /** What a person must be allowed to do to run it. */
  readonly right: Right;
  /** For a command that needs another right with some of its options. */
  rightFor?(options: Options): Right;
  /** "one": asks a target, and asks back which when several could be meant. */
  readonly target?: "one" | "optional";
  /** For a command that asks no target with some of its options. */
  needsTarget?(options: Options): boolean;
  /** A person may run fewer of the costly ones a minute. */
  readonly cost?: Exclude<CommandCost, "usual">;
  readonly reads: WordsRead;
  /** The options it takes, as `key:value`; `target` where it asks one. */
  readonly options?: readonly OptionKey[];
  /** What a bare word stands for wherever it is written, such as "firing" for a state. */
  keyOf?(word: string): OptionKey | undefined;
  /** Its name is no word of a sentence: what follows it is never a question for the runbooks. */
  readonly isNeverSentence?: true;
  parse(words: CommandWords): ParsedWords<Options>;
  /** For the row that takes questions: the question, when the options are one. */
  questionOf?(options: Options): string | undefined;
  /** How people ask for it in plain words. */
  readonly spoken?: readonly SpokenForm[];
  /** The conclusion: plain data, which a terminal and other programs can use as it is. */
  run(options: Options, asking: Asking): Promise<Answer>;
  /** The conclusion as it is posted; pure. */
  render(answer: Answer): Message | Modal;
}

/** What a row that asks a target does it with. */
export function askedTarget({ target }: Asking): Target {
  if (target === undefined) throw new Error("a command that asks a target was run without one");
  return target;
}
