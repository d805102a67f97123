/** Searching as people do it: results page by page, and the same search again. */

import { renderWords } from "../../block-kit/words.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Section } from "../../knowledge/page.ts";
import { renderSearch } from "../commands/render-answers.ts";
import type { Click, GuardedInteractions, Person, Reaction } from "../shared/interactions.ts";
import type { Clock, Log } from "../shared/ports.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import {
  guessesOf,
  inEnglish,
  inPlace,
  isChannel,
  numberOf,
  onlyTarget,
  outcomeOf,
  reader,
  sectionsAbout,
  wordsWithoutSearch,
} from "./found-sections.ts";
import type { QuestionStore, SearchMeter } from "./learning-ports.ts";
import {
  RESULTS_PER_PAGE,
  renderSearchOutcome,
  renderSearchPage,
  SEARCH,
  type SearchOutcome,
} from "./render-search.ts";

export interface SearchPorts {
  readonly knowledge: KnowledgeSource;
  readonly questions: Pick<QuestionStore, "asked" | "question">;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly meter: SearchMeter;
}

interface Searching {
  readonly person: Person;
  /** Whether only this person sees the answer. */
  readonly isPrivate: boolean;
}

export interface SearchRunbooks {
  search(question: string, searching: Searching): Promise<SearchOutcome>;
  readonly interactions: Pick<GuardedInteractions, "clicks">;
}

/** Nobody reads further than these: they search for something else. */
const MOST_RESULTS = 5 * RESULTS_PER_PAGE;

/** The search, and the rows of the buttons below its results. */
export function searchRunbooks(ports: SearchPorts): SearchRunbooks {
  return {
    search: (question, searching) => search(ports, question, searching),
    interactions: {
      clicks: {
        [SEARCH.page]: reader((click) => showPage(ports, click)),
        [SEARCH.again]: reader((click) => searchAgain(ports, click)),
      },
    },
  };
}

async function find({ knowledge }: SearchPorts, question: string): Promise<readonly Section[]> {
  const answer = await knowledge.ask(question, { limit: MOST_RESULTS });
  return sectionsAbout(question, knowledge.library(), answer);
}

async function search(
  ports: SearchPorts,
  question: string,
  { person, isPrivate }: Searching,
): Promise<SearchOutcome> {
  const words = wordsWithoutSearch(question);
  if (words !== undefined) return { kind: "words", words };
  const answer = await ports.knowledge.ask(question, { limit: MOST_RESULTS });
  const sections = sectionsAbout(question, ports.knowledge.library(), answer);
  ports.meter.searched(outcomeOf(answer));
  const answered = answer.kind === "found" && sections.length > 0;
  const id = await keep(ports, question, { person, answered });
  const subject = onlyTarget(ports.targets);
  if (answer.kind === "nothing" && answer.language !== undefined) {
    return { kind: "words", words: inEnglish(answer.language) };
  }
  if (answer.kind === "unsure" && sections.length > 0) {
    return { kind: "guesses", guesses: guessesOf(question, sections, answer) };
  }
  if (id === undefined || !answered) {
    const first = sections.slice(0, RESULTS_PER_PAGE);
    return { kind: "results", results: { question, sections: first }, subject };
  }
  const canShare = isPrivate && isChannel(person.channel);
  return { kind: "page", page: { id, question, sections, page: 0, canShare }, subject };
}

/** A search is answered also when it cannot be remembered. */
async function keep(
  { questions, clock, log }: SearchPorts,
  text: string,
  { person, answered }: { readonly person: Person; readonly answered: boolean },
): Promise<number | undefined> {
  try {
    return await questions.asked({
      who: person.user,
      channel: person.channel,
      at: clock.now(),
      text,
      answered,
    });
  } catch (error) {
    log.error({ err: error }, "a question could not be kept");
    return undefined;
  }
}

/** How long ago somebody searched, no button knows; the question may be forgotten. */
const FORGOTTEN = renderWords("I no longer have this search. Search again.");

async function showPage(ports: SearchPorts, click: Click): Promise<Reaction> {
  const [id = "", page = ""] = click.value.split(" ");
  const question = await ports.questions.question(numberOf(id));
  if (question === undefined) return { kind: "message", message: FORGOTTEN };
  const found = await find(ports, question.text);
  if (found.length === 0) {
    return inPlace(click, renderSearch({ question: question.text, sections: [] }, {}));
  }
  const last = Math.ceil(found.length / RESULTS_PER_PAGE) - 1;
  const shown = {
    id: question.id,
    question: question.text,
    sections: found,
    page: Math.min(numberOf(page), last),
    canShare: isChannel(click.person.channel),
  };
  return inPlace(click, renderSearchPage(shown, onlyTarget(ports.targets)));
}

async function searchAgain(ports: SearchPorts, { value, person }: Click): Promise<Reaction> {
  const question = await ports.questions.question(numberOf(value));
  // A person's searches are nobody else's business.
  if (question === undefined || question.who !== person.user) {
    return { kind: "message", message: FORGOTTEN };
  }
  const answer = await search(ports, question.text, { person, isPrivate: false });
  return { kind: "message", message: renderSearchOutcome(answer) };
}
