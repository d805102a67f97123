/**
 * Reads one sample line: `name{label="value",…} value [timestamp] [# {…} exemplar]`.
 *
 * Grammar: https://prometheus.io/docs/instrumenting/exposition_formats/ and
 * https://prometheus.io/docs/specs/om/open_metrics_spec/, with the quoted UTF-8 names of
 * https://prometheus.io/docs/guides/utf8/. An exemplar is checked and then dropped, since nothing
 * here asks for it.
 *
 * The scanner is one object that is used for every line of a body of up to a hundred megabytes, so
 * it allocates nothing but what it returns.
 */
import { parseMilliseconds, parseNumber, parseSeconds } from "./parse-number.ts";
import type { Labels, Sample } from "./sample.ts";
import {
  BRACE_CLOSE,
  BRACE_OPEN,
  COMMA,
  EQUALS,
  HASH_SIGN,
  LABEL_NAME,
  METRIC_NAME,
  QUOTE,
  TextCursor,
} from "./text-cursor.ts";

/** How sample lines are to be read. */
export interface ScanRules {
  /** 0.0.4 writes timestamps in whole milliseconds, OpenMetrics in seconds. */
  readonly format: "prometheus" | "openmetrics";
  readonly maxLabels: number;
}

/** OpenMetrics allows an exemplar's labels 128 characters; twice that leaves room for the rest. */
const MAX_EXEMPLAR_LENGTH = 256;

export class SampleScanner {
  /** A hash of the last series; the same for every order of its labels. */
  hashHigh = 0;
  hashLow = 0;

  readonly #rules: ScanRules;
  readonly #cursor = new TextCursor();
  #reason = "";
  #name = "";
  #labels: Record<string, string> = {};
  /** The label names of this line; only the first #labelCount entries are valid. */
  readonly #names: string[] = [];
  #labelCount = 0;

  constructor(rules: ScanRules) {
    this.#rules = rules;
  }

  /** The sample written between two positions of a text, or the reason why there is none. */
  scan(text: string, start: number, end: number): Sample | string {
    this.#cursor.reset(text, start, end);
    this.#reason = "";
    this.#name = "";
    this.#labels = {};
    this.#labelCount = 0;
    this.hashHigh = 0;
    this.hashLow = 0;

    return this.#series() ? this.#measurement() : this.#reason;
  }

  #series(): boolean {
    const cursor = this.#cursor;
    const start = cursor.at;
    if (cursor.skipName(METRIC_NAME)) {
      this.#name = cursor.text.substring(start, cursor.at);
      this.#addHash();
      cursor.skipBlanks();
    }
    if (cursor.code() === BRACE_OPEN) {
      cursor.at++;
      if (!this.#labelSet()) {
        return false;
      }
    }

    return this.#name !== "" || this.#fail("no metric name");
  }

  #measurement(): Sample | string {
    const cursor = this.#cursor;
    cursor.skipBlanks();
    const start = cursor.at;
    cursor.skipWord();
    const value = parseNumber(cursor.text, start, cursor.at);
    if (value === undefined) {
      return start === cursor.at ? "no value" : "the value is not a number";
    }

    cursor.skipBlanks();
    if (cursor.at === cursor.end) {
      return { name: this.#name, labels: this.#labels, value };
    }
    return this.#timed({ name: this.#name, labels: this.#labels, value });
  }

  /** What may follow a value: a timestamp, an exemplar, or both. */
  #timed(sample: Sample): Sample | string {
    const cursor = this.#cursor;
    if (cursor.code() === HASH_SIGN) {
      return this.#exemplar() ? sample : this.#reason;
    }

    const start = cursor.at;
    cursor.skipWord();
    const word = cursor.text.substring(start, cursor.at);
    const timestampMs =
      this.#rules.format === "openmetrics" ? parseSeconds(word) : parseMilliseconds(word);
    if (timestampMs === undefined) {
      return "the timestamp is not a number";
    }

    this.#addTimeHash(timestampMs);
    cursor.skipBlanks();
    if (cursor.at < cursor.end && !this.#exemplar()) {
      return this.#reason;
    }
    return { ...sample, timestampMs };
  }

  /** Reads `# {labels} value [timestamp]` as a sample of its own, on a scanner of its own. */
  #exemplar(): boolean {
    const { text, at, end } = this.#cursor;
    const body = text.substring(at, Math.min(end, at + MAX_EXEMPLAR_LENGTH + 1));
    const start = body.search(/[^#\s]/);
    if (!body.startsWith("#") || body[start] !== "{") {
      return this.#fail("text after the value");
    }
    if (body.length > MAX_EXEMPLAR_LENGTH || body.includes("#", 1)) {
      return this.#fail("the exemplar is too long, or more than one");
    }

    const line = `exemplar${body.substring(start)}`;
    const scanner = new SampleScanner({ ...this.#rules, format: "openmetrics" });
    const sound = typeof scanner.scan(line, 0, line.length) !== "string";
    return sound || this.#fail("the exemplar is broken");
  }

  /** The labels after an opening brace, up to and including the closing one. */
  #labelSet(): boolean {
    const cursor = this.#cursor;
    for (;;) {
      cursor.skipBlanks();
      if (cursor.code() === BRACE_CLOSE) {
        cursor.at++;
        return true;
      }
      if (!this.#member()) {
        return false;
      }
      cursor.skipBlanks();
      if (cursor.code() === COMMA) {
        cursor.at++;
      } else if (cursor.code() !== BRACE_CLOSE) {
        return this.#fail("the label set is not closed");
      }
    }
  }

  /** One label, or the quoted metric name that stands without "=". */
  #member(): boolean {
    const cursor = this.#cursor;
    cursor.seed();
    const quoted = cursor.code() === QUOTE;
    const name = quoted ? cursor.takeString() : this.#plainLabelName();
    if (name === undefined || name === "") {
      return this.#fail("a name is broken");
    }
    cursor.skipBlanks();
    if (cursor.code() !== EQUALS) {
      return quoted ? this.#quotedMetricName(name) : this.#fail("a label has no value");
    }

    cursor.at++;
    cursor.skipBlanks();
    const value = cursor.code() === QUOTE ? cursor.takeString() : undefined;
    if (value === undefined) {
      return this.#fail("a label value is not a closed string");
    }
    return this.#addLabel(name, value);
  }

  #plainLabelName(): string | undefined {
    const cursor = this.#cursor;
    const start = cursor.at;
    return cursor.skipName(LABEL_NAME) ? cursor.text.substring(start, cursor.at) : undefined;
  }

  #quotedMetricName(name: string): boolean {
    if (this.#name !== "") {
      return this.#fail("two metric names");
    }
    this.#name = name;
    this.#addHash();
    return true;
  }

  #addLabel(name: string, value: string): boolean {
    if (name === "__name__" || this.#isTaken(name)) {
      return this.#fail("a label name twice");
    }
    if (this.#labelCount >= this.#rules.maxLabels) {
      return this.#fail("too many labels");
    }

    this.#names[this.#labelCount++] = name;
    setLabel(this.#labels, name, value);
    this.#addHash();
    return true;
  }

  #isTaken(name: string): boolean {
    for (let at = 0; at < this.#labelCount; at++) {
      if (this.#names[at] === name) {
        return true;
      }
    }
    return false;
  }

  /** Adds up the mixed hashes of the parts, so that the order of labels makes no difference. */
  #addHash(): void {
    this.hashHigh = (this.hashHigh + mixed(this.#cursor.high)) | 0;
    this.hashLow = (this.hashLow + mixed(this.#cursor.low)) | 0;
  }

  #addTimeHash(timestampMs: number): void {
    this.#cursor.seed();
    this.#cursor.high ^= timestampMs % 0x7fffffff;
    this.#cursor.low ^= Math.trunc(timestampMs / 0x7fffffff) + (timestampMs % 65_521);
    this.#addHash();
  }

  #fail(reason: string): false {
    this.#reason = reason;
    return false;
  }
}

function setLabel(labels: Record<string, string> & Labels, name: string, value: string): void {
  if (name === "__proto__") {
    // An assignment would reach the object's prototype instead of becoming a label.
    Object.defineProperty(labels, name, { value, enumerable: true, configurable: true });
  } else {
    labels[name] = value;
  }
}

/** The finishing step of MurmurHash3 (public domain): every bit of the input moves every bit. */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
