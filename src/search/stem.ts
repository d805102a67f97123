/**
 * The stem of an English word, after M. F. Porter, "An algorithm for suffix stripping",
 * Program 14 (1980) 130-137: crashing, crashes and crashed all become crash.
 */

/** Returns the stem of a lower-case word; words of other letters come back as they are. */
export function stem(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  let stemmed = withoutPlural(word);
  stemmed = withoutPast(stemmed);
  if (stemmed.endsWith("y") && hasVowel(stemmed.slice(0, -1))) stemmed = `${stemmed.slice(0, -1)}i`;
  stemmed = replaceLongest(stemmed, DOUBLE_SUFFIXES, 0);
  stemmed = replaceLongest(stemmed, SINGLE_SUFFIXES, 0);
  stemmed = withoutLastSuffix(stemmed);
  return tidyEnd(stemmed);
}

/** Step 1a; as in SQLite's stemmer an ending needs a letter before it. */
function withoutPlural(word: string): string {
  if (/.(?:sses|ies)$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

/** Step 1b; again an ending needs a letter before it. */
function withoutPast(word: string): string {
  if (/.eed$/.test(word)) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const cut = word.endsWith("ed") ? 2 : word.endsWith("ing") ? 3 : 0;
  const rest = word.slice(0, word.length - cut);
  if (cut === 0 || !hasVowel(rest)) return word;
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (endsDouble(rest) && !/[lsz]$/.test(rest)) return rest.slice(0, -1);
  return measure(rest) === 1 && endsShort(rest) ? `${rest}e` : rest;
}

type Suffix = readonly [suffix: string, replacement: string];

/** By their last letters, so that few are compared with a word. */
type Suffixes = ReadonlyMap<string, readonly Suffix[]>;

function byLastLetter(suffixes: readonly Suffix[]): Suffixes {
  return Map.groupBy(suffixes, ([suffix]) => suffix.at(-1) ?? "");
}

/** Step 2, with the two endings (bli, logi) that Porter's later programs changed. */
const DOUBLE_SUFFIXES = byLastLetter([
  ["ational", "ate"],
  ["ization", "ize"],
  ["iveness", "ive"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["tional", "tion"],
  ["biliti", "ble"],
  ["entli", "ent"],
  ["ousli", "ous"],
  ["ation", "ate"],
  ["alism", "al"],
  ["aliti", "al"],
  ["iviti", "ive"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["izer", "ize"],
  ["logi", "log"],
  ["alli", "al"],
  ["ator", "ate"],
  ["bli", "ble"],
  ["eli", "e"],
]);

/** Step 3. */
const SINGLE_SUFFIXES = byLastLetter([
  ["icate", "ic"],
  ["ative", ""],
  ["alize", "al"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ness", ""],
  ["ful", ""],
]);

function replaceLongest(word: string, suffixes: Suffixes, above: number): string {
  for (const [suffix, replacement] of suffixes.get(word.at(-1) ?? "") ?? []) {
    if (!word.endsWith(suffix)) continue;
    const rest = word.slice(0, -suffix.length);
    return measure(rest) > above ? rest + replacement : word;
  }
  return word;
}

/** Step 4, longest first. */
const LAST_SUFFIXES = Map.groupBy(
  "ement ance ence able ible ment ant ent ion ism ate iti ous ive ize al er ic ou".split(" "),
  (suffix) => suffix.at(-1),
);

function withoutLastSuffix(word: string): string {
  const suffix = LAST_SUFFIXES.get(word.at(-1))?.find((end) => word.endsWith(end));
  if (suffix === undefined) return word;
  const rest = word.slice(0, -suffix.length);
  if (measure(rest) <= 1) return word;
  return suffix === "ion" && !/[st]$/.test(rest) ? word : rest;
}

/** Step 5. */
function tidyEnd(word: string): string {
  let tidy = word;
  if (tidy.endsWith("e")) {
    const rest = tidy.slice(0, -1);
    const syllables = measure(rest);
    if (syllables > 1 || (syllables === 1 && !endsShort(rest))) tidy = rest;
  }
  return tidy.endsWith("ll") && measure(tidy) > 1 ? tidy.slice(0, -1) : tidy;
}

/** Porter's m: how often a vowel is followed by a consonant. */
function measure(text: string): number {
  let count = 0;
  let afterVowel = false;
  for (let n = 0; n < text.length; n += 1) {
    const vowel = isVowel(text, n);
    if (afterVowel && !vowel) count += 1;
    afterVowel = vowel;
  }
  return count;
}

function isVowel(text: string, n: number): boolean {
  const letter = text[n];
  if (letter === "y") return n > 0 && !isVowel(text, n - 1);
  return letter === "a" || letter === "e" || letter === "i" || letter === "o" || letter === "u";
}

function hasVowel(text: string): boolean {
  for (let n = 0; n < text.length; n += 1) if (isVowel(text, n)) return true;
  return false;
}

/** As SQLite has it, a "yy" counts, whatever it sounds like. */
function endsDouble(text: string): boolean {
  const last = text.length - 1;
  return last > 0 && text[last] === text[last - 1] && !"aeiou".includes(text[last] ?? "");
}

/** Consonant, vowel, consonant, and the last is none of w, x, y: hop, but not snow. */
function endsShort(text: string): boolean {
  const last = text.length - 1;
  if (last < 2 || isVowel(text, last) || !isVowel(text, last - 1) || isVowel(text, last - 2)) {
    return false;
  }
  return !/[wxy]$/.test(text);
}
