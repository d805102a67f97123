/** `search [WORDS]`: what answers a question; without words, a modal that finds while one types. */

import type { Message } from "../../block-kit/message.ts";
import type { CommandRow, CommandWords, ParsedWords } from "../commands/command-row.ts";
import type { Modal } from "../shared/interactions.ts";
import { type ExplainPorts, explainedQuestion, explainSearch } from "./explain.ts";
import { type Explained, renderExplained } from "./render-explained.ts";
import { renderSearchOutcome, type SearchOutcome } from "./render-search.ts";
import type { SearchRunbooks } from "./search-runbooks.ts";
import type { Typeahead } from "./typeahead.ts";

export interface SearchCommandPorts {
  readonly knowledge: ExplainPorts["knowledge"];
  readonly searching: Pick<SearchRunbooks, "search">;
  readonly typing: Pick<Typeahead, "open">;
}

export type SearchRequest =
  | { readonly kind: "search" | "explain"; readonly question: string }
  /** The words are typed where sections are found meanwhile. */
  | { readonly kind: "typeahead" };

export type FoundByCommand =
  | { readonly kind: "found"; readonly found: SearchOutcome }
  | { readonly kind: "explained"; readonly explained: Explained }
  | { readonly kind: "typeahead"; readonly modal: Modal };

/** Concludes what answers, what may be meant, or that nothing covers it. */
export function searchCommand({
  knowledge,
  searching,
  typing,
}: SearchCommandPorts): CommandRow<SearchRequest, FoundByCommand> {
  return {
    name: "search",
    usage: "search [WORDS]",
    about:
      "the runbook section for a question, an alert's name or a pasted log line; without words it opens a search that answers while you type",
    group: "Runbooks",
    right: "read",
    reads: { kind: "text" },
    parse: parseSearch,
    questionOf: (options) => (options.kind === "search" ? options.question : undefined),
    async run(options, { person, isPrivate }) {
      switch (options.kind) {
        case "typeahead":
          return { kind: "typeahead", modal: typing.open(person) };
        case "explain":
          return {
            kind: "explained",
            explained: await explainSearch({ knowledge }, options.question),
          };
        case "search":
          return {
            kind: "found",
            found: await searching.search(options.question, { person, isPrivate }),
          };
      }
    },
    render: renderFoundByCommand,
  };
}

function parseSearch({ text }: CommandWords): ParsedWords<SearchRequest> {
  if (text === "") return { kind: "options", options: { kind: "typeahead" } };
  const explained = explainedQuestion(text);
  if (explained === "") return { kind: "incomplete" };
  const question = explained ?? text;
  const kind = explained === undefined ? "search" : "explain";
  return { kind: "options", options: { kind, question } };
}

function renderFoundByCommand(answer: FoundByCommand): Message | Modal {
  switch (answer.kind) {
    case "found":
      return renderSearchOutcome(answer.found);
    case "explained":
      return renderExplained(answer.explained);
    case "typeahead":
      return answer.modal;
  }
}
