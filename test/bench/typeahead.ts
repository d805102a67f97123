/**
 * How long the bot itself takes for each letter of a search while typing: names and words together,
 * through the flow that answers Slack. `node test/bench/typeahead.ts [largest number of sections]`.
 */

import { FIND_SECTION } from "../../src/features/search/render-typeahead.ts";
import { typeahead } from "../../src/features/search/typeahead.ts";
import { buildLibrary } from "../../src/knowledge/library.ts";
import type { Page, Section } from "../../src/knowledge/page.ts";
import { createSearch } from "../../src/search/create-search.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import type { SearchSection } from "../../src/search/section.ts";
import { inventSections } from "../search/invented-sections.ts";
import { readOwnKnowledge } from "../search/own-knowledge.ts";

const SIZES = [600, 5_000, 50_000].filter((size) => size <= Number(process.argv[2] ?? Infinity));

const TYPED = [
  "ReplicationLag",
  "disk is full",
  "why are consumers behind",
  "ERROR Failed to append batch",
  "certifcate expird",
  "x",
];

const PERSON = { user: "U1", channel: "C1" };

for (const size of SIZES) {
  const sections = inventSections(searchSections(readOwnKnowledge()), size);
  const library = buildLibrary(pagesOf(sections), []);
  const search = await createSearch(sections);
  const typing = typeahead({
    knowledge: {
      library: () => library,
      ask: (question, options) => search.ask(question, options),
    },
    targets: [],
  });
  const started = performance.now();
  typing.open(PERSON);
  const opening = performance.now() - started;
  const suggest = typing.interactions.options[FIND_SECTION];
  if (suggest === undefined) throw new Error("nobody answers the select");
  const times: number[] = [];
  for (const text of TYPED.flatMap(beginningsOf)) {
    const asked = performance.now();
    await suggest.run({ person: PERSON, action: FIND_SECTION, text });
    times.push(performance.now() - asked);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): string =>
    (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(2).padStart(7);
  process.stdout.write(
    `${String(size).padStart(6)} sections  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  slowest ${at(1)} ms` +
      `  (${sorted.length} letters; opening takes ${opening.toFixed(0)} ms)\n`,
  );
}

/** What the field holds after each letter. */
function beginningsOf(whole: string): string[] {
  return Array.from({ length: whole.length }, (_, n) => whole.slice(0, n + 1));
}

/** The invented sections as pages, which have more to them than the search looks at. */
function pagesOf(sections: readonly SearchSection[]): Page[] {
  return [...Map.groupBy(sections, ({ file }) => file)].map(([file, ofFile]) => ({
    file,
    folder: "bench",
    kind: "guide",
    title: ofFile[0]?.headings[0] ?? file,
    alerts: ofFile[0]?.alerts ?? [],
    symptoms: [],
    logs: [],
    checks: [],
    sectionHints: new Map(),
    sections: ofFile.map(
      (section): Section => ({
        ...section,
        symptoms: section.symptoms ?? [],
        logs: section.logs ?? [],
        anchor: "",
        level: 2,
        line: 1,
        markdown: section.text,
      }),
    ),
  }));
}
