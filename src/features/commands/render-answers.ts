/** Answers to people: search results, help, and what to do about a question that went wrong. */

import type { Button } from "@slack/types";
import {
  actions,
  bullets,
  button,
  context,
  mono,
  paragraph,
  plain,
} from "../../block-kit/blocks.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { Message } from "../../block-kit/message.ts";
import {
  buttonRow,
  commandButton,
  messageOf,
  RUN_COMMAND,
  sentence,
} from "../../block-kit/parts.ts";
import { code, count, escaped, line, listed } from "../../block-kit/text.ts";
import { renderWords } from "../../block-kit/words.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionPath } from "../../knowledge/section-path.ts";
import type { PlaceholderSubject } from "../runbooks/placeholder-values.ts";
import { renderSection } from "../runbooks/render-runbook.ts";
import { sectionButtons } from "../runbooks/section-buttons.ts";

export interface SearchResults {
  readonly question: string;
  /** Best first; empty when nothing covers the question. */
  readonly sections: readonly Section[];
}

/** The best section in full, the next ones as buttons. */
export function renderSearch(results: SearchResults, subject: PlaceholderSubject): Message {
  const [best, ...others] = results.sections;
  if (best === undefined) return renderNothing(results.question);
  const first = renderSection(best, subject);
  const list = others.map((section) => `• ${escaped(sectionPath(section))}`);
  return {
    text: [first.text, ...(list.length > 0 ? ["Also:", ...list] : [])].join("\n"),
    blocks: [
      ...first.blocks,
      ...(others.length > 0 ? [context("Also:"), ...sectionButtons(others)] : []),
    ],
  };
}

function renderNothing(question: string): Message {
  const text = "Nothing in the runbooks covers this.";
  const asked = code(question, 200);
  const hint = "Try an alert's name, an exact log line, or other words.";
  return {
    text: `${text} ${hint}`,
    blocks: [paragraph(`*${text}*`), context(`You asked: ${asked}  ·  ${hint}`)],
  };
}

interface Usage {
  readonly usage: string;
  readonly about: string;
}

/** Subcommands under one heading. */
interface UsageGroup {
  readonly title: string;
  readonly usages: readonly Usage[];
}

export interface Help {
  readonly groups: readonly UsageGroup[];
  readonly targets: readonly string[];
  /** Subcommands that this person may not use, which are left out. */
  readonly hidden: number;
}

/** The list of subcommands that a person may use. */
export function renderHelp({ groups, targets, hidden }: Help): Message {
  const lines = groups.flatMap(({ title, usages }) => [
    `${title}:`,
    ...usages.map(({ usage, about }) => `• /streamline ${usage}: ${about}`),
  ]);
  const asked = targets.length === 0 ? "" : `Targets: ${namesOf(targets)}  ·  `;
  const notes = [
    `${asked}Plain words work too, in a mention or in a direct message to me: “how far behind is billing”.`,
    ...(hidden === 0
      ? []
      : [
          `${count(hidden, "command")} left out: the configuration does not let you use them here.`,
        ]),
  ];
  return {
    text: ["What you can ask:", ...lines.map((each) => escaped(each)), ...notes].join("\n"),
    blocks: [
      paragraph("*What you can ask*"),
      ...groups.flatMap(({ title, usages }) => [
        context(`*${title}*`),
        bullets(
          usages.map(({ usage, about }) => [mono(`/streamline ${usage}`), plain(`  ${about}`)]),
        ),
      ]),
      ...notes.map(context),
    ],
  };
}

/** An answer to plain words, with the command that they were read as. */
export function renderReading({ text, blocks }: Message, command: string): Message {
  const note = `I understood this as ${code(`/streamline ${command}`)}. To search the runbooks: /streamline search …`;
  return { text: `${text}\n${note}`, blocks: [...blocks, context(note)] };
}

/** Names shown in one sentence; more would not be readable. */
const NAMED_TARGETS = 20;

function namesOf(targets: readonly string[]): string {
  return listed(targets, { most: NAMED_TARGETS, textOf: (name) => code(name) });
}

/** A subcommand that lacks a word. */
export function renderIncomplete(usage: string): Message {
  const text = `Something is missing. Usage: ${code(`/streamline ${usage}`)}.`;
  return { text, blocks: [paragraph(text)] };
}

export interface Mistyped {
  readonly word: string;
  /** The command that was probably meant. */
  readonly suggestion: string;
  /** The command that takes it as it stands: a search for the words. */
  readonly instead: string;
}

export interface NotUnderstood {
  /** What is wrong, in words; what stands between backticks is shown as code. */
  readonly problem: string;
  readonly usage: string;
  /** The command that was probably meant. */
  readonly suggestion?: string;
}

/** Something in a command that cannot be understood, and what would be. */
export function renderNotUnderstood({ problem, usage, suggestion }: NotUnderstood): Message {
  return messageOf([
    sentence(`Not understood: ${line(problem, 300)}${problem.endsWith("?") ? "" : "."}`),
    sentence(`Write \`/streamline ${usage}\`.`),
    buttonRow(
      suggestion === undefined
        ? []
        : commandButton("Run the corrected command", suggestion, "corrected"),
    ),
  ]);
}

/** A word that is nearly a subcommand, with buttons for what was meant and for what was written. */
export function renderMistyped({ word, suggestion, instead }: Mistyped): Message {
  const meant = code(`/streamline ${suggestion}`);
  const text = `I do not know ${code(word, 60)}. Did you mean ${meant}?`;
  const buttons = [
    ...runButton("Run it", suggestion, RUN_COMMAND),
    ...runButton("Search for these words", instead, `${RUN_COMMAND}:search`),
  ];
  return { text, blocks: [paragraph(text), actions(buttons)] };
}

/** None for a command that a button cannot carry whole. */
function runButton(label: string, command: string, id: string): Button[] {
  return command.length > LIMITS.buttonValue ? [] : [button(label, { id, value: command })];
}

/** How many targets are offered as buttons. */
const OFFERED_TARGETS = 10;

/** Several targets and none named: asks, with a button for each. */
export function renderWhichTarget(command: string, targets: readonly string[]): Message {
  const text = `Which target? Name one of ${namesOf(targets)}.`;
  const buttons = targets
    .slice(0, OFFERED_TARGETS)
    .flatMap((name, index) =>
      runButton(name, `${command} target:${name}`, `${RUN_COMMAND}:${index}`),
    );
  return { text, blocks: [paragraph(text), actions(buttons)] };
}

/** Names the targets that there are. */
export function renderUnknownTarget(name: string, known: readonly string[]): Message {
  const text = `There is no target ${code(name, 80)}. The configured targets are ${namesOf(known)}.`;
  return { text, blocks: [paragraph(text)] };
}

/** A person asks faster than anybody reads. */
export function renderTooMany(waitMs: number): Message {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return renderWords(
    `Too many commands in one minute. Ask again in ${count(seconds, "second")}. Buttons under an incident work at any time.`,
  );
}

/** A section that a button named is gone: the runbooks were changed since. */
export function renderGoneSection(id: string): Message {
  const text = `The section ${code(id)} is no longer in the runbooks. Search again.`;
  return { text, blocks: [paragraph(text)] };
}

/** Something failed inside; the id stands in the bot's log. */
export function renderFailure(id: string): Message {
  const text = `This failed inside the bot. Find it in the bot's log under ${code(id)}.`;
  return { text, blocks: [paragraph(text)] };
}
