/**
 * Three routes, one ranking. The routes' scores are made comparable and added:
 *
 *   score = words (0 to 1) + 1.5 * name + 3 * log   (+ a little for labels and findings)
 *
 * so a log text outranks everything, a name outranks words, and words decide the rest. A
 * name that is only similar counts little: at the bar of CERTAINTY.name it counts a seventh.
 * Reciprocal ranks were tried first: they cannot tell a sure second from a wild guess.
 */

import type { LogMatch } from "./rank-logs.ts";
import type { NameMatch } from "./rank-names.ts";
import type { WordMatch } from "./rank-words.ts";
import { RANKING } from "./ranking.ts";

export type Fused = {
  section: number;
  score: number;
  words: number;
  /** How near the question is to the nearest phrase of the section; undefined without phrases. */
  phrase: number | undefined;
  name: NameMatch | undefined;
  log: LogMatch | undefined;
};

export type RouteResults = {
  words: readonly WordMatch[];
  names: readonly NameMatch[];
  logs: readonly LogMatch[];
  /** How near the question is to a phrase of the section's, 0 to 1; undefined where it has none. */
  phrase: (section: number) => number | undefined;
  /** What the sections' being about the alert's labels, or a finding, adds to each. */
  context: (section: number) => number;
};

/** All sections that any route found, best first; equal ones in the order of the index. */
export function fuseRoutes({ words, names, logs, phrase, context }: RouteResults): Fused[] {
  const fused = words.map(({ section, score }) => unscored(section, score));
  if (names.length + logs.length > 0) addNamed(fused, { names, logs });
  for (const match of fused) {
    match.phrase = match.words > 0 ? phrase(match.section) : undefined;
    match.score = scoreOf(match) + (match.words > 0 ? context(match.section) : 0);
  }
  return fused.sort((a, b) => b.score - a.score || a.section - b.section);
}

/** Notes the best name and log text of each section; most questions have none. */
function addNamed(fused: Fused[], { names, logs }: Pick<RouteResults, "names" | "logs">): void {
  const bySection = new Map(fused.map((match) => [match.section, match]));
  const entry = (section: number): Fused => {
    const known = bySection.get(section);
    if (known !== undefined) return known;
    const added = unscored(section, 0);
    bySection.set(section, added);
    fused.push(added);
    return added;
  };
  for (const match of names) {
    const known = entry(match.section);
    if (match.score > (known.name?.score ?? 0)) known.name = match;
  }
  for (const match of logs) {
    const known = entry(match.section);
    if (match.score > (known.log?.score ?? 0)) known.log = match;
  }
}

function unscored(section: number, words: number): Fused {
  return { section, score: 0, words, phrase: undefined, name: undefined, log: undefined };
}

/** Below this two names have nothing to do with each other. */
const UNLIKE = 0.6;

function scoreOf({ words, phrase, name, log }: Fused): number {
  const likeness = Math.max(0, ((name?.score ?? 0) - UNLIKE) / (1 - UNLIKE));
  return (
    words +
    RANKING.phrase * (phrase ?? 0) +
    RANKING.name * likeness ** 2 +
    RANKING.log * (log?.score ?? 0)
  );
}

/**
 * Puts different subjects first: of a page with five headings that all fit, the second best
 * says less that is new than the best of another page. Returns at most `limit`.
 */
export function spreadSubjects(
  fused: readonly Fused[],
  subjectOf: Uint32Array,
  limit: number,
): Fused[] {
  const seen = new Map<number, number>();
  const waiting = fused.slice(0, limit * MOST_LOOKED_AT);
  const subjects = waiting.map(({ section }) => subjectOf[section] ?? 0);
  const values = waiting.map(({ score }) => score);
  const spread: Fused[] = [];
  while (spread.length < limit && spread.length < waiting.length) {
    const best = placeOfHighest(values, waiting);
    const match = waiting[best];
    if (match === undefined) break;
    spread.push({ ...match, score: values[best] ?? 0 });
    const subject = subjects[best] ?? 0;
    const again = (seen.get(subject) ?? 0) + 1;
    seen.set(subject, again);
    values[best] = TAKEN;
    for (let n = subjects.indexOf(subject); n !== -1; n = subjects.indexOf(subject, n + 1)) {
      if (values[n] === TAKEN) continue;
      values[n] = (waiting[n]?.score ?? 0) * RANKING.further ** again;
    }
  }
  return spread;
}

const TAKEN = Number.NEGATIVE_INFINITY;

/** The first of equal ones. All that stands behind had less, and what is more than nothing only fell. */
function placeOfHighest(values: readonly number[], waiting: readonly Fused[]): number {
  let best = 0;
  let highest = values[0] ?? 0;
  for (let n = 1; n < values.length; n += 1) {
    if (highest >= 0 && (waiting[n]?.score ?? 0) <= highest) break;
    const value = values[n] ?? 0;
    if (value <= highest) continue;
    best = n;
    highest = value;
  }
  return best;
}

const MOST_LOOKED_AT = 8;
