/** `search --explain WORDS`: the routes, matched words and scores of each result. */

import type { Message } from "../../block-kit/message.ts";
import type { Library } from "../../knowledge/library.ts";
import type { SearchAnswer } from "../../search/answer-question.ts";
import { renderExplained } from "./render-explained.ts";

export interface ExplainCommand {
  readonly kind: "explain";
  readonly question: string;
}

/** Slack writes two hyphens as a dash. */
const FLAG = /^(?:--|—|–)\s?explain\b\s*/iu;

/** Undefined when it is a search like any other. */
export function readExplain(rest: string): ExplainCommand | { kind: "empty" } | undefined {
  const flag = FLAG.exec(rest);
  if (flag === null) return undefined;
  const question = rest.slice(flag[0].length).trim();
  return question === "" ? { kind: "empty" } : { kind: "explain", question };
}

export interface ExplainPorts {
  readonly knowledge: {
    library(): Library;
    ask(question: string, options: { limit: number }): Promise<SearchAnswer>;
  };
}

const RESULTS = 5;

export async function answerExplain(
  { knowledge }: ExplainPorts,
  { question }: ExplainCommand,
): Promise<Message> {
  const answer = await knowledge.ask(question, { limit: RESULTS });
  if (answer.kind === "nothing") return renderExplained({ question, results: [] });
  const library = knowledge.library();
  const results = answer.results.flatMap((found) => {
    const section = library.section(found.id);
    return section === undefined ? [] : [{ section, found }];
  });
  const { showing } = answer;
  return renderExplained({ question, results, ...(showing === undefined ? {} : { showing }) });
}
