/**
 * How well questions that the guides know are answered when their own words are left out: each is asked
 * of an index without the phrases that are nearly the question itself. So a known question is as unseen
 * as a new one, which is what a bar for "sure" has to be fitted on. Takes minutes.
 */

import { FIELD_WORDS } from "../../src/search/field-words.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import { countWords, type PreparedSection } from "../../src/search/prepare-section.ts";
import { createSearchIndex } from "../../src/search/search-index.ts";
import type { SearchSection } from "../../src/search/section.ts";
import { splitWords } from "../../src/search/split-words.ts";
import { stem } from "../../src/search/stem.ts";
import { STOP_WORDS } from "../../src/search/stop-words.ts";
import { parseThesaurus } from "../../src/search/thesaurus.ts";
import { type Finder, measureQuality } from "../search/measure-quality.ts";
import { readOwnKnowledge } from "../search/own-knowledge.ts";
import { readOperatorQuestions } from "../search/written-questions.ts";

/** Dice's measure of the words of both, from which on a phrase is nearly the question. */
const NEAR = 0.6;

const wordsOfTexts = new Map<string, ReadonlySet<string>>();
const thesaurus = parseThesaurus(FIELD_WORDS);
const index = createSearchIndex(thesaurus);
const pages = Map.groupBy(searchSections(readOwnKnowledge()), ({ file }) => file);
const prepared = new Map(
  [...pages].map(([file, sections]) => [file, sections.map((section) => prepare(section))]),
);
for (const [file, sections] of prepared) index.replacePage(file, sections);
index.settle();

const leavingOut: Finder = {
  ask: async (question, options) => {
    const words = tellingWords(question);
    const changed = [...prepared].flatMap(([file, sections]) => {
      const kept = sections.map(({ section }) => withoutNear(section, words));
      const isChanged = kept.some((section, at) => section !== sections[at]?.section);
      return isChanged ? [{ file, sections, kept: kept.map(prepare) }] : [];
    });
    for (const { file, kept } of changed) index.replacePage(file, kept);
    index.settle();
    const answer = index.ask(question, options);
    for (const { file, sections } of changed) index.replacePage(file, sections);
    index.settle();
    return answer;
  },
};

for (const set of ["operator.tuning", "public.tuning", "users.tuning"] as const) {
  const asked = readOperatorQuestions(set);
  const answerable = asked.filter(({ answers }) => answers.length > 0);
  const { amongThree } = await measureQuality(leavingOut, set, answerable);
  const { confidentWrong, answered, hedged, refused } = await measureQuality(
    leavingOut,
    set,
    asked,
  );
  process.stdout.write(
    `${set}: among three ${amongThree.toFixed(3)}, confident wrong ${confidentWrong.toFixed(3)}, ` +
      `answered ${answered.toFixed(2)}, hedged ${hedged.toFixed(2)}, refused ${refused.toFixed(2)}\n`,
  );
}

function prepare(section: SearchSection): PreparedSection {
  return { section, words: countWords(section, thesaurus) };
}

function withoutNear(section: SearchSection, question: ReadonlySet<string>): SearchSection {
  const { symptoms = [] } = section;
  const kept = symptoms.filter((symptom) => !isNear(symptom, question));
  return kept.length === symptoms.length ? section : { ...section, symptoms: kept };
}

/** The same phrases are compared with each question. */
function tellingWords(text: string): ReadonlySet<string> {
  const known = wordsOfTexts.get(text);
  if (known !== undefined) return known;
  const words = splitWords(text).parts.filter((word) => !STOP_WORDS.has(word));
  const telling = new Set(words.map(stem));
  wordsOfTexts.set(text, telling);
  return telling;
}

function isNear(phrase: string, question: ReadonlySet<string>): boolean {
  const words = tellingWords(phrase);
  const shared = [...words].filter((word) => question.has(word)).length;
  return (2 * shared) / (words.size + question.size) >= NEAR;
}
