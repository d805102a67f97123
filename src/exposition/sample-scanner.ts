/**
 * Reads one sample line: `name{label="value",…} value [timestamp] [# {…} exemplar]`.
 *
 * Grammar: https://prometheus.io/docs/instrumenting/exposition_formats/ and
 * https://prometheus.io/docs/specs/om/open_metrics_spec/, with the quoted UTF-8 names of
 * https://prometheus.io/docs/guides/utf8/. An exemplar is checked and then dropped, since nothing
 * here asks for it.
 */
import { parseMilliseconds, parseNumber, parseSeconds } from "./parse-number.ts";
import type { Sample } from "./sample.ts";
import { SeriesPath } from "./series-path.ts";
import {
  BRACE_CLOSE,
  BRACE_OPEN,
  COMMA,
  type Codes,
  codesOf,
  EQUALS,
  HASH_SIGN,
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
  /** The series of the line read last, with its hash. */
  readonly path = new SeriesPath();

  readonly #rules: ScanRules;
  readonly #cursor = new TextCursor();
  #reason = "";

  constructor(rules: ScanRules) {
    this.#rules = rules;
  }

  /** Sets the text that the next lines are cut from. */
  load(text: string, codes: Codes): void {
    this.#cursor.text = text;
    this.#cursor.codes = codes;
    this.path.load(codes);
  }

  /** The sample written between two positions of the text, or the reason why there is none. */
  scan(start: number, end: number): Sample | string {
    this.#cursor.at = this.path.resume(start, end);
    this.#cursor.end = end;
    this.#reason = "";

    return this.#series() ? this.#measurement() : this.#reason;
  }

  #series(): boolean {
    const { path } = this;
    const cursor = this.#cursor;
    if (path.labelCount === 0) {
      const name = cursor.takeName(METRIC_NAME);
      if (name !== "") {
        path.setName(name, cursor);
        cursor.skipBlanks();
      }
      if (cursor.code() !== BRACE_OPEN) {
        return name !== "" || this.#fail("no metric name");
      }
      cursor.at++;
    }

    return this.#labelSet() && (path.name !== "" || this.#fail("no metric name"));
  }

  /** The rest of the labels, up to and including the closing brace. */
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
        this.path.mark(cursor.at);
      } else if (cursor.code() !== BRACE_CLOSE) {
        return this.#fail("the label set is not closed");
      }
    }
  }

  /** One label, or the quoted metric name that stands without "=". */
  #member(): boolean {
    const { path } = this;
    const cursor = this.#cursor;
    const quoted = cursor.code() === QUOTE;
    const start = cursor.at;
    const name = quoted ? cursor.takeString() : path.takeLabelName(cursor);
    if (name === undefined || name === "") {
      return this.#fail("a name is broken");
    }
    const { high, low } = cursor;
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
    if (path.labelCount >= this.#rules.maxLabels) {
      return this.#fail("too many labels");
    }
    path.addHash(cursor, high, low);
    return path.addLabel(name, value, quoted ? -1 : start) || this.#fail("a label name twice");
  }

  #quotedMetricName(name: string): boolean {
    if (this.path.name !== "" || this.path.labelCount > 0) {
      return this.#fail("the metric name twice, or behind a label");
    }
    this.path.setName(name, this.#cursor);
    return true;
  }

  #measurement(): Sample | string {
    const cursor = this.#cursor;
    cursor.skipBlanks();
    const decimal = cursor.takeDecimal();
    const value = decimal >= 0 ? decimal : parseNumber(cursor.takeWord());
    if (value === undefined) {
      return "no value that is a number";
    }

    cursor.skipBlanks();
    const sample = { name: this.path.name, labels: this.path.toLabels(), value };
    return cursor.at === cursor.end ? sample : this.#timed(sample);
  }

  /** What may follow a value: a timestamp, an exemplar, or both. */
  #timed(sample: Sample): Sample | string {
    const cursor = this.#cursor;
    if (cursor.code() === HASH_SIGN) {
      return this.#exemplar() ? sample : this.#reason;
    }

    const word = cursor.takeWord();
    const timestampMs =
      this.#rules.format === "openmetrics" ? parseSeconds(word) : parseMilliseconds(word);
    if (timestampMs === undefined) {
      return "the timestamp is not a number";
    }

    this.path.addTime(timestampMs);
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
    scanner.load(line, codesOf(line));
    return typeof scanner.scan(0, line.length) !== "string" || this.#fail("the exemplar is broken");
  }

  #fail(reason: string): false {
    this.#reason = reason;
    return false;
  }
}
