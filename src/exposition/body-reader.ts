/** Reads lines of one body in order: the broken ones are counted, the others go into its account. */
import { type BodyAccount, createBodyAccount, type Family } from "./body-account.ts";
import { withCanonicalBound } from "./canonical-bound.ts";
import { parseCommentLine } from "./comment-line.ts";
import { FastLineParser } from "./fast-line-parser.ts";
import type { ExpositionLimits } from "./limits.ts";
import { closingQuote, countLineFeeds, endOfLine } from "./open-string.ts";
import type { Sample } from "./sample.ts";
import { OPEN_STRING, type ScanRules, scanSample } from "./scan-sample.ts";
import { hashSeries } from "./series-hash.ts";
import { TextBlock } from "./text-block.ts";
import { cutText } from "./utf8.ts";

export interface BrokenLine {
  /** Counted from 1. */
  readonly line: number;
  readonly reason: string;
}

interface BodySummary {
  readonly families: ReadonlyMap<string, Family>;
  readonly broken: readonly BrokenLine[];
  readonly brokenTotal: number;
  readonly duplicates: number;
}

/** The reason given for a line that is longer than the limit. */
export const TOO_LONG = "the line is too long";

/** The reason given for a line that is not there. */
const NO_END = "the body does not end with # EOF";

/** Instead of a position: a string goes on in lines that have not come yet. */
const WAITS = -1;

const CARRIAGE_RETURN = 13;

/** A character of a JavaScript string takes at most three bytes of UTF-8. */
export const BYTES_PER_CHARACTER = 3;

/** What relays and files written on Windows may begin with; it would cost the first line. */
function withoutMark(line: string): string {
  return line.startsWith("\uFEFF") ? line.slice(1) : line;
}

/** Hands over the samples as it reads them; lines that go on in the next piece are the caller's to join. */
export class BodyReader {
  readonly #rules: ExpositionLimits & ScanRules;
  readonly #fast: FastLineParser;
  readonly #account: BodyAccount;
  readonly #broken: BrokenLine[] = [];
  #text = "";
  #bytes: Uint8Array = new Uint8Array(0);
  #line = 0;
  #brokenTotal = 0;
  #hasEnded = false;

  constructor(onSample: (sample: Sample) => void, rules: ExpositionLimits & ScanRules) {
    this.#rules = rules;
    this.#fast = new FastLineParser(rules);
    this.#account = createBodyAccount(onSample, rules);
  }

  /**
   * Reads whole lines, the last one perhaps without its line end: valid UTF-8, a text with one
   * character for each byte, and the text that the bytes are. The result is how many bytes at the end
   * were not read, since a string goes on in the lines behind: they are to come again with those.
   */
  readLines(text: string, bytes: Uint8Array, decoded: string, isLast: boolean): number {
    this.#text = text;
    this.#bytes = bytes;
    this.#fast.load(new TextBlock(text, bytes, decoded));
    let start = 0;
    while (start < text.length) {
      this.#line++;
      const next = this.#readFast(start) ?? this.#readSlowly(start, isLast);
      if (next === WAITS) {
        this.#line--;
        break;
      }
      start = next;
    }
    this.#account.release();
    return text.length - start;
  }

  /** Counts a line that could not even be read as text. */
  addBroken(reason: string): void {
    this.#line++;
    this.#report(reason);
  }

  /** Ends the body, of which nothing is read afterwards. */
  end(): BodySummary {
    // Prometheus drops the whole body then ("data does not end with # EOF"); half of one is evidence, too.
    if (this.#rules.format === "openmetrics" && !this.#hasEnded) this.addBroken(NO_END);
    return {
      families: this.#account.families,
      broken: this.#broken,
      brokenTotal: this.#brokenTotal,
      duplicates: this.#account.duplicates(),
    };
  }

  #report(reason: string | undefined): void {
    if (reason === undefined) return;
    this.#brokenTotal++;
    if (this.#broken.length < this.#rules.maxBrokenKept) {
      this.#broken.push({ line: this.#line, reason });
    }
  }

  /** Reads a line that is like nearly all; the result is where the next one begins. */
  #readFast(start: number): number | undefined {
    const sample = this.#hasEnded ? undefined : this.#fast.read(start);
    if (sample === undefined) return undefined;
    this.#report(this.#account.addSample(sample, this.#fast.hash()));
    return this.#fast.end() + 1;
  }

  /** The result is where the next line begins, or that this one waits. */
  #readSlowly(start: number, isLast: boolean): number {
    const end = endOfLine(this.#text, start);
    const reason = this.#readOtherLine(start, end);
    const last = reason === OPEN_STRING ? this.#readOverLines(start, end, isLast) : end;
    if (last === WAITS) return WAITS;
    this.#fast.skip(start, last);
    if (last === end) this.#report(reason);
    else this.#line += countLineFeeds(this.#text, start, last);
    return last + 1;
  }

  /**
   * Reads a sample that a string leads over lines: Prometheus takes line feeds as they are, too (promlex.l).
   * The result is where it ends; the line alone is broken if the lines behind make no sample of it.
   */
  #readOverLines(start: number, firstEnd: number, isLast: boolean): number {
    const longest = this.#rules.maxLineLength * BYTES_PER_CHARACTER;
    for (let end = firstEnd; end - start <= longest; ) {
      const quote = closingQuote(this.#text, end);
      if (quote < 0) return isLast || this.#text.length - start > longest ? firstEnd : WAITS;
      end = endOfLine(this.#text, quote);
      const reason = this.#readOtherLine(start, end);
      if (reason === undefined) return end;
      if (reason !== OPEN_STRING) return firstEnd;
    }
    return firstEnd;
  }

  /** The result is the reason when the line is broken. */
  #readOtherLine(start: number, lineEnd: number): string | undefined {
    const { maxLineLength } = this.#rules;
    const hasReturn = lineEnd > start && this.#bytes[lineEnd - 1] === CARRIAGE_RETURN;
    const end = hasReturn ? lineEnd - 1 : lineEnd;
    if (end - start > maxLineLength * BYTES_PER_CHARACTER) return TOO_LONG;
    const whole = cutText(this.#text, this.#bytes, start, end);
    if (whole.length > maxLineLength) return TOO_LONG;
    const words = (this.#line === 1 ? withoutMark(whole) : whole).replace(/^[ \t]+/, "");
    if (words === "") return undefined;
    if (this.#hasEnded) return "text after # EOF";
    return words.startsWith("#") ? this.#readComment(words) : this.#readSample(words);
  }

  #readSample(line: string): string | undefined {
    const sample = scanSample(line, this.#rules);
    if (typeof sample === "string") return sample;
    // A bound comes to its one spelling, which may make a sample another's duplicate.
    const labels = withCanonicalBound(sample.name, sample.labels);
    const hash = hashSeries(sample.name, labels, sample.timestampMs);
    return this.#account.addSample({ ...sample, labels }, hash);
  }

  #readComment(comment: string): string | undefined {
    const parsed = parseCommentLine(comment);
    switch (parsed.kind) {
      case "comment":
        return undefined;
      case "eof":
        this.#hasEnded = this.#rules.format === "openmetrics";
        return undefined;
      case "broken":
        return parsed.reason;
      case "type":
        return this.#account.addFamily(parsed.name, { type: parsed.type });
      case "help":
        return this.#account.addFamily(parsed.name, { help: parsed.text });
      case "unit":
        return this.#account.addFamily(parsed.name, { unit: parsed.text });
    }
  }
}
