/** What several flows need of an answer's sections. */

import type { Message } from "../../block-kit/message.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Library } from "../../knowledge/library.ts";
import type { Section } from "../../knowledge/page.ts";
import type { SearchAnswer } from "../../search/asking.ts";
import { isCourtesy, isPointing, isWordless } from "../../search/kind-of-text.ts";
import { matchingRows } from "../../search/matching-rows.ts";
import type { Click, Reaction } from "../shared/interactions.ts";
import type { Guesses } from "./render-guesses.ts";
import { FIND_SECTION, renderChosen } from "./render-typeahead.ts";

/** The sections of an answer that are still in the library. */
export function sectionsOf(library: Library, answer: SearchAnswer): Section[] {
  if (answer.kind === "nothing") return [];
  return answer.results.flatMap(({ id }) => library.section(id) ?? []);
}

/** In Markdown. Below a row that answers, so much more is a wall that somebody at night reads through. */
const MOST_BELOW_ROWS = 4_000;

/** The same; of a pasted text, the rows of the first section's tables that are about it stand on top. */
export function sectionsAbout(text: string, library: Library, answer: SearchAnswer): Section[] {
  const [first, ...others] = sectionsOf(library, answer);
  if (first === undefined) return [];
  const log = logIn(answer);
  const rows = matchingRows(first.markdown, { text, ...(log === undefined ? {} : { log }) });
  if (rows === undefined) return [first, ...others];
  const isLong = first.markdown.length > MOST_BELOW_ROWS;
  const below = isLong ? `The other texts are in \`${first.id}\`.` : first.markdown;
  const markdown = `${rows.markdown}\n\n${below}`;
  return [{ ...first, markdown, text: `${rows.text}\n${first.text}` }, ...others];
}

/** The log text that led to the best section, as its runbook has it; undefined when none did. */
export function logIn(answer: SearchAnswer): string | undefined {
  if (answer.kind === "nothing") return undefined;
  return answer.results[0]?.routes.find(({ route }) => route === "log")?.matched[0];
}

/** What is said of thanks, of "again?" and of signs without words: there is nothing to look up. */
export function wordsWithoutSearch(text: string): string | undefined {
  if (isCourtesy(text)) {
    return "You are welcome. Ask me about an alert, a log line or a server whenever you need it.";
  }
  if (isPointing(text)) {
    return "I cannot tell what this is about. Say it with the thing: an alert's name, a log line, or for example `consumer lag again`. In an alert's thread I know the alert.";
  }
  if (!isWordless(text)) return undefined;
  return "There is no word in this that I could look up. Ask me about an alert, a log line or a server.";
}

/** What is said to somebody who asks in another language. */
export function inEnglish(language: string): string {
  return (
    `This looks like ${language}. The runbooks are in English: please ask in English, ` +
    "or paste the alert's name or the exact log line."
  );
}

/** How a search went, for the bot's own metrics. */
export function outcomeOf({ kind }: SearchAnswer): "answered" | "hedged" | "refused" {
  if (kind === "found") return "answered";
  return kind === "unsure" ? "hedged" : "refused";
}

/** The nearest sections, as they are offered. */
export function guessesOf(
  question: string,
  sections: readonly Section[],
  { meant, language }: Extract<SearchAnswer, { kind: "unsure" }>,
): Guesses {
  return {
    question,
    sections,
    ...(meant === undefined ? {} : { meant }),
    ...(language === undefined ? {} : { hint: inEnglish(language) }),
  };
}

/** Commands are filled in with the target's addresses when there is no doubt which one is meant. */
export function onlyTarget(targets: readonly Target[]): { target?: Target } {
  const [target] = targets;
  return targets.length === 1 && target !== undefined ? { target } : {};
}

/** In a direct message there is nobody else to share with. */
export function isChannel(channel: string): boolean {
  return channel !== "" && !channel.startsWith("D");
}

/** What came of a click on a section: in the modal under it, elsewhere as a message of its own. */
export function tellOf(
  click: Click,
  { section, targets }: { readonly section: Section; readonly targets: readonly Target[] },
  message: Message,
): Reaction {
  if (click.view?.callbackId !== FIND_SECTION) return { kind: "message", message };
  const channel = click.view.metadata;
  const chosen = { section, canShare: false, note: message.text };
  return { kind: "view", view: renderChosen(channel, chosen, onlyTarget(targets)) };
}

/** Ids are whole numbers; what else a button may carry finds nothing. */
export function numberOf(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}

/** What others see is left to them: the answer then is the person's own. */
export function inPlace(click: Click, message: Message): Reaction {
  return { kind: click.isPrivate === true ? "replacement" : "message", message };
}

/** The runbooks are there for everybody. */
export function reader(run: (click: Click) => Promise<Reaction>) {
  return { right: "read", run } as const;
}
