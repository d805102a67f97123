/**
 * Reads lines of one body in order, and keeps the account of it: families, broken lines,
 * duplicates.
 */
import { parseCommentLine } from "./comment-line.ts";
import type { ExpositionLimits } from "./limits.ts";
import type { MetricType, Sample } from "./sample.ts";
import { type ScanRules, scanSample } from "./scan-sample.ts";
import { hashSeries } from "./series-hash.ts";
import { createSeriesSet } from "./series-set.ts";
import { type Codes, HASH_SIGN, SPACE, TAB } from "./text-cursor.ts";
import { UsualLines } from "./usual-line.ts";

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
  /** Reads whole lines, the last one perhaps without its line end, by their text and its codes. */
  readLines(text: string, codes: Codes): void;
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

export function createBodyReader(
  onSample: (sample: Sample) => void,
  rules: ExpositionLimits & ScanRules,
): BodyReader {
  const usual = new UsualLines(rules.maxLabels);
  const seen = createSeriesSet();
  const families = new Map<string, Family>();
  const broken: BrokenLine[] = [];
  let text = "";
  let codes: Codes = new Uint8Array(0);
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
  function readLine(lineStart: number, lineEnd: number): string | undefined {
    const end =
      lineEnd > lineStart && codes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    if (end - lineStart > rules.maxLineLength) {
      return TOO_LONG;
    }
    let start = lineStart;
    while (start < end && isBlank(codes[start])) {
      start++;
    }
    if (start === end) {
      return undefined;
    }
    if (ended) {
      return "text after # EOF";
    }

    return codes[start] === HASH_SIGN
      ? readComment(text.slice(start, end))
      : readSample(start, end);
  }

  function readSample(start: number, end: number): string | undefined {
    const sample = usual.read(start, end);
    if (sample !== undefined) {
      return keep(sample, usual.hash());
    }
    const scanned = scanSample(text.slice(start, end), rules);
    return typeof scanned === "string"
      ? scanned
      : keep(scanned, hashSeries(scanned.name, scanned.labels, scanned.timestampMs));
  }

  function keep(sample: Sample, hash: number): string | undefined {
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
    readLines(newText, newCodes) {
      text = newText;
      codes = newCodes;
      usual.load(text, codes);
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

function isBlank(code: number | undefined): boolean {
  return code === SPACE || code === TAB;
}
