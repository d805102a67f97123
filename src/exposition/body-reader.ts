/**
 * Reads lines of one body in order, and keeps the account of it: families, broken lines,
 * duplicates.
 */
import { withCanonicalBounds } from "./canonical-bound.ts";
import { parseCommentLine } from "./comment-line.ts";
import type { ExpositionLimits } from "./limits.ts";
import type { MetricType, Sample } from "./sample.ts";
import { type ScanRules, scanSample } from "./scan-sample.ts";
import { hashSeries } from "./series-hash.ts";
import { SeriesSet } from "./series-set.ts";
import { UsualLines } from "./usual-line.ts";
import { cutText } from "./utf8.ts";

export interface Family {
  readonly type: MetricType;
  readonly help?: string;
  readonly unit?: string;
}

export interface BrokenLine {
  /** Counted from 1. */
  readonly line: number;
  readonly reason: string;
}

export interface BodyReader {
  /**
   * Reads whole lines, the last one perhaps without its line end: valid UTF-8, and a text with one
   * character for each byte.
   */
  readLines(text: string, bytes: Uint8Array): void;
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

export function createBodyReader(
  onSample: (sample: Sample) => void,
  rules: ExpositionLimits & ScanRules,
): BodyReader {
  const usual = new UsualLines(rules.maxLabels);
  const seen = new SeriesSet();
  const families = new Map<string, Family>();
  const broken: BrokenLine[] = [];
  let text = "";
  let bytes: Uint8Array = new Uint8Array(0);
  let line = 0;
  let brokenTotal = 0;
  let duplicates = 0;
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
    const sample = ended || isTooLong ? undefined : usual.read(start, end);
    return sample === undefined ? readOtherLine(start, end) : keep(sample, usual.hash());
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
    const line = whole.replace(/^[ \t]+/, "");
    if (line === "") {
      return undefined;
    }
    if (ended) {
      return "text after # EOF";
    }
    return line.startsWith("#") ? readComment(line) : readSample(line);
  }

  function readSample(line: string): string | undefined {
    const sample = scanSample(line, rules);
    return typeof sample === "string"
      ? sample
      : keep(sample, hashSeries(sample.name, sample.labels, sample.timestampMs));
  }

  /** Keeps a sample whose bounds are in their one spelling, which may make it another's duplicate. */
  function keep(sample: Sample, hash: number): string | undefined {
    const labels = withCanonicalBounds(sample.name, sample.labels);
    if (labels === sample.labels) {
      return keepOnce(sample, hash);
    }
    return keepOnce({ ...sample, labels }, hashSeries(sample.name, labels, sample.timestampMs));
  }

  function keepOnce(sample: Sample, hash: number): string | undefined {
    if (seen.size >= rules.maxSeries) {
      return "more series than are read";
    }
    if (seen.add(hash)) {
      onSample(sample);
    } else {
      duplicates++;
    }
    return undefined;
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
        return describeFamily(parsed.name, { type: parsed.type });
      case "help":
        return describeFamily(parsed.name, { help: parsed.text });
      case "unit":
        return describeFamily(parsed.name, { unit: parsed.text });
    }
  }

  function describeFamily(name: string, part: Partial<Family>): string | undefined {
    const known = families.get(name);
    if (known === undefined && families.size >= rules.maxFamilies) {
      return "more metric families than are read";
    }
    families.set(name, { type: "unknown", ...known, ...part });
    return undefined;
  }

  return {
    readLines(newText, newBytes) {
      text = newText;
      bytes = newBytes;
      usual.load(text, bytes);
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
    summary: () => ({ families, broken, brokenTotal, duplicates }),
  };
}
