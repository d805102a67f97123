/** Text -> words, the same way for what is indexed and what is asked. */

export type SplitWords = {
  /** The single words in lower case, in their order. */
  parts: string[];
  /**
   * Names joined by capitals, digits, underscores, dots or dashes, as one word each:
   * `KubePodCrash` and `kube_pod_crash` both give kubepodcrash.
   */
  joined: string[];
};

/** Splits a text into words: `KubePodCrash` is kube, pod, crash and, joined, kubepodcrash. */
export function splitWords(text: string): SplitWords {
  const parts: string[] = [];
  const joined: string[] = [];
  for (const run of text.match(RUN) ?? []) {
    if (SMALL_LETTERS.test(run)) {
      parts.push(run);
      continue;
    }
    const before = parts.length;
    for (const part of run.match(PART) ?? []) parts.push(part.toLowerCase());
    if (parts.length - before > 1) joined.push(parts.slice(before).join(""));
  }
  return { parts, joined };
}

/** The text with single words of it exchanged, in capitals where they were: all else stays as it stands. */
export function exchangeWords(text: string, others: ReadonlyMap<string, string>): string {
  return text.replace(PART, (part) => {
    const other = others.get(part.toLowerCase());
    if (other === undefined) return part;
    return CAPITAL.test(part) ? other.charAt(0).toUpperCase() + other.slice(1) : other;
  });
}

/** A name without anything but its letters and digits, in lower case: the same however joined. */
export function squeeze(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** An apostrophe's tail belongs to no word: won't is won, node's is node. */
const RUN = /(?<!['’])[\p{L}\p{N}]+(?:[_.-][\p{L}\p{N}]+)*/gu;

/** Most words of any text; they need no second reading. */
const SMALL_LETTERS = /^[a-z]+$/;

/** A row of capitals up to the next word, a capital with its small letters, or digits. */
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}|\p{N}+/gu;

const CAPITAL = /^\p{Lu}/u;
