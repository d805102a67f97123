/** `/streamline search` without words: a modal whose select finds sections while one types. */

import type { Target } from "../../diagnosis/target.ts";
import type { Library } from "../../knowledge/library.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionPath } from "../../knowledge/section-path.ts";
import { sectionKey } from "../../knowledge/sections/section-key.ts";
import { searchSections } from "../../search/library-sections.ts";
import { createSuggester, type Suggester } from "../../search/suggest.ts";
import { renderGoneSection, renderIncomplete } from "../commands/render-answers.ts";
import type {
  Click,
  GuardedInteractions,
  Modal,
  Person,
  Reaction,
  SelectOption,
} from "../shared/interactions.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import { isChannel, onlyTarget, sectionsOf } from "./found-sections.ts";
import {
  FIND_SECTION,
  renderChosen,
  renderTypeahead,
  renderTypeaheadNote,
} from "./render-typeahead.ts";

export interface TypeaheadPorts {
  readonly knowledge: KnowledgeSource;
  readonly targets: readonly Target[];
}

export interface Typeahead {
  open(person: Person): Modal;
  readonly interactions: Pick<GuardedInteractions, "clicks" | "options">;
}

/** More than a person reads while typing. */
const OFFERED = 25;

/** One suggester for each state of the pages. */
export function typeahead(ports: TypeaheadPorts): Typeahead {
  const suggesters = new WeakMap<Library, Suggester>();
  const suggester = (library: Library): Suggester => {
    const made = suggesters.get(library) ?? createSuggester(searchSections(library));
    suggesters.set(library, made);
    return made;
  };
  return {
    open({ channel }) {
      // Made while the modal opens, so that the first letter need not wait for it.
      suggester(ports.knowledge.library());
      return { skeleton: renderTypeahead(channel), instead: renderIncomplete("search WORDS") };
    },
    interactions: {
      options: {
        [FIND_SECTION]: {
          right: "read",
          run: async ({ text }) => {
            const library = ports.knowledge.library();
            const names = suggester(library)
              .suggest(text, OFFERED)
              .flatMap((id) => library.section(id) ?? []);
            return offer(names, await byWords(ports, text));
          },
        },
      },
      clicks: { [FIND_SECTION]: { right: "read", run: (click) => choose(ports, click) } },
    },
  };
}

async function byWords({ knowledge }: TypeaheadPorts, text: string): Promise<Section[]> {
  if (text.trim() === "") return [];
  return sectionsOf(knowledge.library(), await knowledge.ask(text, { limit: OFFERED }));
}

/** What is called like it first, then what speaks of it. */
function offer(names: readonly Section[], words: readonly Section[]): SelectOption[] {
  const sections = [...new Set([...names, ...words])].slice(0, OFFERED);
  return sections.map(({ id, title, file, headings }) => ({
    label: title || file,
    value: sectionKey(id),
    about: sectionPath({ headings: headings.slice(0, -1), file }),
  }));
}

async function choose({ knowledge, targets }: TypeaheadPorts, click: Click): Promise<Reaction> {
  const channel = click.view?.metadata ?? "";
  const section = knowledge.library().section(click.value);
  const view =
    section === undefined
      ? renderTypeaheadNote(channel, renderGoneSection(click.value))
      : renderChosen(channel, { section, canShare: isChannel(channel) }, onlyTarget(targets));
  return { kind: "view", view };
}
