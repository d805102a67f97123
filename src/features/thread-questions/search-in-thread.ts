/** A question in a thread that is about no alert: searched, with the alert's labels and runbook. */

import { alertName } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import { renderWords } from "../../block-kit/words.ts";
import { renderSearch } from "../commands/render-answers.ts";
import {
  guessesOf,
  inEnglish,
  outcomeOf,
  sectionsAbout,
  wordsWithoutSearch,
} from "../search/found-sections.ts";
import type { SearchMeter } from "../search/learning-ports.ts";
import { renderGuesses } from "../search/render-guesses.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import { renderNothingHere } from "./render-thread-answers.ts";
import type { ThreadContext } from "./thread-context.ts";

interface ThreadSearchPorts {
  readonly knowledge: KnowledgeSource;
  readonly meter: SearchMeter;
}

export type SearchInThread = (question: string, context: ThreadContext) => Promise<Message>;

const RESULTS = 5;

/** The search that is used in threads of alerts. */
export function searchInThreads(ports: ThreadSearchPorts): SearchInThread {
  return (question, context) => search(ports, question, context);
}

/** The alert's own runbook goes before others that answer as well. */
async function search(
  { knowledge, meter }: ThreadSearchPorts,
  question: string,
  { alert, target }: ThreadContext,
): Promise<Message> {
  const words = wordsWithoutSearch(question);
  if (words !== undefined) return renderWords(words);
  const library = knowledge.library();
  const found = await knowledge.ask(question, {
    limit: RESULTS,
    labels: alert.labels,
    findings: library.runbookSections(alertName(alert)).map(({ id }) => id),
  });
  const sections = sectionsAbout(question, library, found);
  meter.searched(outcomeOf(found));
  if (found.kind === "nothing" && found.language !== undefined) {
    return renderWords(inEnglish(found.language));
  }
  if (sections.length === 0) return renderNothingHere(question);
  if (found.kind === "unsure") return renderGuesses(guessesOf(question, sections, found));
  return renderSearch(
    { question, sections },
    { labels: alert.labels, ...(target === undefined ? {} : { target }) },
  );
}
