/** Answers to people: search results, help, and what to do about a question that went wrong. */

import type { Section } from "../knowledge/page.ts";
import { actions, bullets, button, context, mono, paragraph, plain } from "./blocks.ts";
import { LIMITS } from "./limits.ts";
import type { Message } from "./message.ts";
import type { Subject } from "./placeholder-values.ts";
import { renderSection, sectionButtons } from "./render-runbook.ts";
import { code, escaped, line } from "./text.ts";

/** The button that runs a command; its value is the command's text. */
export const RUN_COMMAND = "run_command";

export interface SearchResults {
  readonly question: string;
  /** Best first; empty when nothing covers the question. */
  readonly sections: readonly Section[];
  /** What was searched for after mending typing mistakes, when that differs. */
  readonly showing?: string;
}

/** The best section in full, the next ones as buttons. */
export function renderSearch(results: SearchResults, subject: Subject): Message {
  const [best, ...others] = results.sections;
  if (best === undefined) return renderNothing(results.question);
  const first = renderSection(best, subject);
  const showing =
    results.showing === undefined ? [] : [context(`Showing results for ${code(results.showing)}`)];
  const list = others.map((section) => `• ${escaped(section.headings.join(" › "))}`);
  return {
    text: [first.text, ...(list.length > 0 ? ["Also:", ...list] : [])].join("\n"),
    blocks: [
      ...showing,
      ...first.blocks,
      ...(others.length > 0 ? [context("Also:"), ...sectionButtons(others)] : []),
    ],
  };
}

function renderNothing(question: string): Message {
  const text = "Nothing in the runbooks covers this.";
  const asked = code(question, 200);
  const hint = "Try an alert's name, a log line as it stands, or other words.";
  return {
    text: `${text} ${hint}`,
    blocks: [paragraph(`*${text}*`), context(`You asked: ${asked}  ·  ${hint}`)],
  };
}

export interface Usage {
  readonly usage: string;
  readonly about: string;
}

/** The list of subcommands. */
export function renderHelp(usages: readonly Usage[], targets: readonly string[]): Message {
  const lines = usages.map(({ usage, about }) => `• /streamline ${usage}: ${about}`);
  const known = targets.slice(0, 20).map((name) => code(name));
  const more = targets.length > known.length ? ` and ${targets.length - known.length} more` : "";
  return {
    text: ["What you can ask:", ...lines.map((each) => escaped(each))].join("\n"),
    blocks: [
      paragraph("*What you can ask*"),
      bullets(
        usages.map(({ usage, about }) => [mono(`/streamline ${usage}`), plain(`  ${about}`)]),
      ),
      context(`Targets: ${known.join(", ")}${more}  ·  Mention me or write to me to search, too.`),
    ],
  };
}

/** A subcommand that lacks a word. */
export function renderIncomplete(usage: string): Message {
  const text = `Something is missing. Write ${code(`/streamline ${usage}`)}.`;
  return { text, blocks: [paragraph(text)] };
}

/** A word that is nearly a subcommand, with a button that runs what was meant. */
export function renderMistyped(word: string, suggestion: string): Message {
  const text = `I do not know ${code(word, 60)}. Did you mean ${code(`/streamline ${suggestion}`)}?`;
  const run = button("Run it", { id: RUN_COMMAND, value: line(suggestion, LIMITS.buttonValue) });
  return { text, blocks: [paragraph(text), actions([run])] };
}

/** How many targets are offered as buttons. */
const OFFERED_TARGETS = 10;

/** Several targets and none named: asks, with a button for each. */
export function renderWhichTarget(command: string, targets: readonly string[]): Message {
  const names = targets.map((name) => code(name)).join(", ");
  const text = `Which target? Name one of ${names}.`;
  const buttons = targets
    .slice(0, OFFERED_TARGETS)
    .map((name, index) =>
      button(name, { id: `${RUN_COMMAND}:${index}`, value: `${command} ${name}` }),
    );
  return { text, blocks: [paragraph(text), actions(buttons)] };
}

export function renderUnknownTarget(name: string, known: readonly string[]): Message {
  const names = known.map((each) => code(each)).join(", ");
  const text = `There is no target ${code(name, 80)}. The configured targets are ${names}.`;
  return { text, blocks: [paragraph(text)] };
}

export function renderNotAllowed(reason: "user" | "channel"): Message {
  const who = reason === "user" ? "you" : "people in this channel";
  const text = `The configuration (permissions.ask) does not let ${who} ask the servers. Searching the runbooks is open to everyone.`;
  return { text, blocks: [paragraph(text)] };
}

/** A section that a button named is gone: the runbooks were changed since. */
export function renderGoneSection(id: string): Message {
  const text = `The section ${code(id)} is not in the runbooks any more. Search again.`;
  return { text, blocks: [paragraph(text)] };
}

/** Something failed inside; the id stands in the bot's log. */
export function renderFailure(id: string): Message {
  const text = `That went wrong on my side. The log has it under ${code(id)}.`;
  return { text, blocks: [paragraph(text)] };
}
