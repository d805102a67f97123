/**
 * Reads lines of one body in order, and keeps the account of it: families, broken lines,
 * duplicates.
 */
import { parseCommentLine } from "./comment-line.ts";
import type { ExpositionLimits } from "./limits.ts";
import type { MetricType, Sample } from "./sample.ts";
import { SampleScanner, type ScanRules } from "./sample-scanner.ts";
import { createSeriesSet } from "./series-set.ts";

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
  /** Reads whole lines; the last one may lack its line end. */
  readLines(text: string): void;
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

const NEW_LINE = "\n";
const CARRIAGE_RETURN = 13;
const HASH_SIGN = 35;
const SPACE = 32;
const TAB = 9;

export function createBodyReader(
  onSample: (sample: Sample) => void,
  rules: ExpositionLimits & ScanRules,
): BodyReader {
  const scanner = new SampleScanner(rules);
  const seen = createSeriesSet();
  const families = new Map<string, Family>();
  const broken: BrokenLine[] = [];
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
  function readLine(text: string, lineStart: number, lineEnd: number): string | undefined {
    const end = withoutCarriageReturn(text, lineStart, lineEnd);
    if (end - lineStart > rules.maxLineLength) {
      return TOO_LONG;
    }
    let start = lineStart;
    while (start < end && isBlank(text.charCodeAt(start))) {
      start++;
    }
    if (start === end) {
      return undefined;
    }
    if (ended) {
      return "text after # EOF";
    }

    return text.charCodeAt(start) === HASH_SIGN
      ? readComment(text.slice(start, end))
      : readSample(text, start, end);
  }

  function readSample(text: string, start: number, end: number): string | undefined {
    const sample = scanner.scan(text, start, end);
    if (typeof sample === "string") {
      return sample;
    }
    if (seen.size >= rules.maxSeries) {
      return "more series than are read";
    }

    if (seen.add(scanner.hashHigh, scanner.hashLow)) {
      onSample(sample);
    } else {
      duplicates++;
    }
    return undefined;
  }

  function readComment(text: string): string | undefined {
    const comment = parseCommentLine(text);
    switch (comment.kind) {
      case "comment":
        return undefined;
      case "eof":
        ended = rules.format === "openmetrics";
        return undefined;
      case "broken":
        return comment.reason;
      case "type":
        return describeFamily(comment.name, { type: comment.type });
      case "help":
        return describeFamily(comment.name, { help: comment.text });
      case "unit":
        return describeFamily(comment.name, { unit: comment.text });
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
    readLines(text) {
      let start = 0;
      while (start < text.length) {
        const found = text.indexOf(NEW_LINE, start);
        const end = found < 0 ? text.length : found;
        line++;
        report(readLine(text, start, end));
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

function withoutCarriageReturn(text: string, start: number, end: number): number {
  return end > start && text.charCodeAt(end - 1) === CARRIAGE_RETURN ? end - 1 : end;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}
