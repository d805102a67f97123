/** `search --explain WORDS`: the routes, matched words and scores of each result. */

import type { Library } from "../../knowledge/library.ts";
import type { SearchAnswer } from "../../search/asking.ts";
import type { Explained } from "./render-explained.ts";

/** Slack writes two hyphens as a dash. */
const FLAG = /^(?:--|—|–)\s?explain\b\s*/iu;

/** What is to be explained, empty for nothing; undefined when it is a search like any other. */
export function explainedQuestion(rest: string): string | undefined {
  const flag = FLAG.exec(rest);
  return flag === null ? undefined : rest.slice(flag[0].length).trim();
}

export interface ExplainPorts {
  readonly knowledge: {
    library(): Library;
    ask(question: string, options: { limit: number }): Promise<SearchAnswer>;
  };
}

const RESULTS = 5;

/** No results where the search finds nothing. */
export async function explainSearch(
  { knowledge }: ExplainPorts,
  question: string,
): Promise<Explained> {
  const answer = await knowledge.ask(question, { limit: RESULTS });
  if (answer.kind === "nothing") return { question, results: [] };
  const library = knowledge.library();
  const results = answer.results.flatMap((found) => {
    const section = library.section(found.id);
    return section === undefined ? [] : [{ section, found }];
  });
  if (answer.kind === "found") return { question, results };
  const { meant } = answer;
  return { question, results, isUnsure: true, ...(meant === undefined ? {} : { meant }) };
}
