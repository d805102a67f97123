/** The runbooks and the search over them, always of the same moment. */

import type { Logger } from "pino";
import type { KnowledgeSource } from "../flows/answer-command.ts";
import type { Library } from "../knowledge/library.ts";
import { createSearch, type Search } from "../search/create-search.ts";
import { searchSections } from "../search/library-sections.ts";
import { openKnowledge } from "./knowledge/knowledge-folders.ts";

export interface OpenKnowledgeSource extends KnowledgeSource {
  close(): Promise<void>;
}

interface Pair {
  readonly library: Library;
  readonly search: Search;
}

/** Opens the folders; the pair is replaced as a whole when the files change. */
export async function openKnowledgeSource(
  folders: readonly string[],
  log: Logger,
): Promise<OpenKnowledgeSource> {
  let pair: Pair | undefined;
  const pairOf = async (library: Library): Promise<Pair> => ({
    library,
    search: await createSearch(searchSections(library)),
  });
  const knowledge = await openKnowledge({
    folders,
    log,
    onChange: (library) => {
      pairOf(library).then(
        (next) => {
          pair = next;
        },
        (error: unknown) => log.error({ err: error }, "the search index keeps its old state"),
      );
    },
  });
  const first = await pairOf(knowledge.current());
  const current = (): Pair => pair ?? first;
  return {
    library: () => current().library,
    ask: (question, options) => current().search.ask(question, options),
    close: () => knowledge.close(),
  };
}
