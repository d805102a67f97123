/** Text -> words, the same way for what is indexed and what is asked. */

/**
 * Words in lower case. A name joined by capitals, digits, underscores, dots or dashes gives
 * its parts and, joined, itself: `KubePodCrash` is kube, pod, crash and kubepodcrash.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const [run] of text.matchAll(RUN)) {
    const parts = splitName(run);
    words.push(...parts);
    if (parts.length > 1) words.push(parts.join(""));
  }
  return words;
}

/** The parts of one name, in lower case: `TLSHandshake_failed` is tls, handshake, failed. */
export function splitName(name: string): string[] {
  return [...name.matchAll(PART)].map(([part]) => part.toLowerCase());
}

const RUN = /[\p{L}\p{N}]+(?:[_.-][\p{L}\p{N}]+)*/gu;

/** A capital with its small letters, a row of capitals, small letters, or digits. */
const PART = /\p{Lu}+(?![\p{Ll}])|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}|\p{N}+/gu;
