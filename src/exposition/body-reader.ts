/** Reads lines of one body in order: the broken ones are counted, the others go into its account. */
import { createBodyAccount, type Family } from "./body-account.ts";
import { parseCommentLine } from "./comment-line.ts";
import { FastLineParser } from "./fast-line-parser.ts";
import type { ExpositionLimits } from "./limits.ts";
import type { Sample } from "./sample.ts";
import { type ScanRules, scanSample } from "./scan-sample.ts";
import { hashSeries } from "./series-hash.ts";
import { cutText } from "./utf8.ts";

export interface BrokenLine {
  /** Counted from 1. */
  readonly line: number;
  readonly reason: string;
}

export interface BodyReader {
  /**
   * Reads whole lines, the last one perhaps without its line end: valid UTF-8, a text with one
   * character for each byte, and the text that the bytes are.
   */
  readLines(text: string, bytes: Uint8Array, decoded: string): void;
  /** Counts a line that could not even be read as text. */
  addBroken(reason: string): void;
  summary(): {
    families: ReadonlyMap<string, Family>;
    broken: readonly BrokenLine[];
    brokenTotal: number;
    duplicates: number;
  };
}

/** The reason given for a line that is longer than the limit. */
export const TOO_LONG = "the line is too long";

const CARRIAGE_RETURN = 13;

/** A character of a JavaScript string takes at most three bytes of UTF-8. */
export const BYTES_PER_CHARACTER = 3;

/** What relays and files written on Windows may begin with; it would cost the first line. */
function withoutMark(line: string): string {
  return line.startsWith("\uFEFF") ? line.slice(1) : line;
}

export function createBodyReader(
  onSample: (sample: Sample) => void,
  rules: ExpositionLimits & ScanRules,
): BodyReader {
  const fast = new FastLineParser(rules.maxLabels);
  const account = createBodyAccount(onSample, rules);
  const broken: BrokenLine[] = [];
  let text = "";
  let bytes: Uint8Array = new Uint8Array(0);
  let line = 0;
  let brokenTotal = 0;
  let ended = false;

  function report(reason: string | undefined): void {
    if (reason === undefined) {
      return;
    }
    brokenTotal++;
    if (broken.length < rules.maxBrokenKept) {
      broken.push({ line, reason });
    }
  }

  /** Reads one line; the result is the reason when it is broken. */
  function readLine(start: number, end: number): string | undefined {
    const isTooLong = end - start > rules.maxLineLength;
    const sample = ended || isTooLong ? undefined : fast.read(start, end);
    if (sample !== undefined) return account.addSample(sample, fast.hash());
    fast.skip(start, end);
    return readOtherLine(start, end);
  }

  function readOtherLine(start: number, lineEnd: number): string | undefined {
    const hasReturn = lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN;
    const end = hasReturn ? lineEnd - 1 : lineEnd;
    if (end - start > rules.maxLineLength * BYTES_PER_CHARACTER) {
      return TOO_LONG;
    }
    const whole = cutText(text, bytes, start, end);
    if (whole.length > rules.maxLineLength) {
      return TOO_LONG;
    }
    const words = (line === 1 ? withoutMark(whole) : whole).replace(/^[ \t]+/, "");
    if (words === "") {
      return undefined;
    }
    if (ended) {
      return "text after # EOF";
    }
    return words.startsWith("#") ? readComment(words) : readSample(words);
  }

  function readSample(line: string): string | undefined {
    const sample = scanSample(line, rules);
    return typeof sample === "string"
      ? sample
      : account.addSample(sample, hashSeries(sample.name, sample.labels, sample.timestampMs));
  }

  function readComment(comment: string): string | undefined {
    const parsed = parseCommentLine(comment);
    switch (parsed.kind) {
      case "comment":
        return undefined;
      case "eof":
        ended = rules.format === "openmetrics";
        return undefined;
      case "broken":
        return parsed.reason;
      case "type":
        return account.addFamily(parsed.name, { type: parsed.type });
      case "help":
        return account.addFamily(parsed.name, { help: parsed.text });
      case "unit":
        return account.addFamily(parsed.name, { unit: parsed.text });
    }
  }

  return {
    readLines(newText, newBytes, decoded) {
      text = newText;
      bytes = newBytes;
      fast.load(text, bytes, decoded);
      let start = 0;
      while (start < text.length) {
        const found = text.indexOf("\n", start);
        const end = found < 0 ? text.length : found;
        line++;
        report(readLine(start, end));
        start = end + 1;
      }
    },
    addBroken(reason) {
      line++;
      report(reason);
    },
    summary: () => ({
      families: account.families,
      broken,
      brokenTotal,
      duplicates: account.duplicates(),
    }),
  };
}
