/**
 * Which words of a question are values: they say of whom something is asked, never what.
 *
 * "HighProduceLatency on broker-1:9094 in namespace prod is at 93 %" is about produce latency, however
 * rare the words broker, prod and 93 are.
 */

import { splitWords } from "./split-words.ts";

const VALUES: readonly RegExp[] = [
  /** A link leads somewhere; what it is about is said beside it. */
  /\bhttps?:\/\/\S+/gi,
  /** IPv4 and host names, each with or without a port; localhost:9094. */
  /\b(?!127\.0\.0\.1\b|0\.0\.0\.0\b)\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g,
  /(?<![\w-])[a-z0-9-]+(?:\.[a-z0-9-]+){2,}(?::\d+)?\b/gi,
  /(?<![\w.-])(?=[\d.-]*[a-z])[a-z0-9.-]+:\d{2,5}\b/gi,
  /** Pods of a Deployment and of a StatefulSet. */
  /(?<![\w-])(?=[\d-]*[a-z])[a-z0-9-]+-[a-f0-9]{6,10}-[a-z0-9]{5}\b/g,
  /(?<![\w-])(?=[\d-]*[a-z])[a-z0-9-]+-\d{1,4}\b/g,
  /** Shares, and numbers with units. */
  /\b\d+(?:\.\d+)?\s?%/g,
  /\b\d+(?:\.\d+)?\s?(?:ms|s|m|h|d|kb|mb|gb|tb|kib|mib|gib|tib|k|x)\b(?:\/s)?/gi,
  /** UUIDs and other long hexadecimal ids. */
  /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi,
  /\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/gi,
  /** What stands after "namespace", "pod" or the like, and values in quotes behind "=". */
  /(?<=\b(?:namespace|pod|node|host|instance|container|cluster|job)[ =:]["'`]?)(?!is\b|has\b|was\b|with\b|and\b)[a-z0-9][\w.-]*\b/gi,
  /(?<=\w=)"[^"]*"/g,
];

/** Each of VALUES needs one of these, which most questions in plain words lack: then none is tried. */
const MAY_HOLD_VALUES = /[\d.:="-]|namespace|pod|node|host|instance|container|cluster|job/i;

/**
 * The words, single and joined, that stand in the question only as part of values: those of the labels
 * that are given, and those that look like one.
 */
export function valueWords(question: string, labelValues: readonly string[]): Set<string> {
  let rest = question;
  const values: string[] = [];
  const take = (value: string): string => {
    values.push(value);
    return " ";
  };
  for (const value of labelValues.toSorted((a, b) => b.length - a.length)) {
    if (value.length < SHORTEST || !rest.includes(value)) continue;
    const without = withoutWhole(rest, value);
    if (without !== rest) take(value);
    rest = without;
  }
  if (MAY_HOLD_VALUES.test(rest)) {
    for (const pattern of VALUES) rest = rest.replace(pattern, take);
  }
  if (values.length === 0) return new Set();
  const elsewhere = new Set(wordsOf(rest));
  const within = values.flatMap(wordsOf);
  return new Set(within.filter((word) => !elsewhere.has(word)));
}

/** Where the value stands by itself: "prod" is no part of a producer. */
function withoutWhole(text: string, value: string): string {
  const [first = "", ...others] = text.split(value);
  return others.reduce(
    (before, after) =>
      before +
      (ENDS_IN_WORD.test(before.slice(-2)) || BEGINS_IN_WORD.test(after) ? value : " ") +
      after,
    first,
  );
}

const ENDS_IN_WORD = /[\p{L}\p{N}]$/u;
const BEGINS_IN_WORD = /^[\p{L}\p{N}]/u;

function wordsOf(text: string): string[] {
  const { parts, joined } = splitWords(text);
  return [...parts, ...joined];
}

/** A label with the value "a" is in every question. */
const SHORTEST = 3;
