/**
 * Alerts listed one by one in a post's text, with the names of their labels.
 *
 * The templates that people use have this in common: a line per label, `• *topic:* `orders`` or
 * ` - topic = orders`, below a heading, and a heading or a repeated label where the next alert begins.
 */

import type { AlertStatus } from "./alert.ts";

export interface Detail {
  /** Unset when the text leaves it to the subject. */
  readonly status?: AlertStatus;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** More than this nobody reads in Slack either. */
const MOST_ALERTS = 100;
const MOST_LABELS = 60;
const LONGEST_VALUE = 1_000;

const STATUS_HEADING = /^(?:alerts?\s+)?(firing|resolved)\s*:?$/i;
const HEADING = /^(labels|details|annotations)\s*:?$/i;
/** What kube-prometheus' examples write before the labels. */
const PROSE = /^(alert|summary|description|message)\s{0,20}:(.*)$/is;
const PAIR = /^([A-Za-z_]\w{0,199})\s{0,20}[:=](.+)$/s;
const NAME = /^[A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*$/;
/** Lines that look like a label and are none. */
const LINKS = /^(graph|runbook|source|silence|dashboard|panel|value|query)$/i;

/** The alerts that the text of a post lists, as far as it names their labels. */
export function parseDetails(text: string): Detail[] {
  const reader = new Reader();
  for (const line of linesOf(text)) reader.read(line);
  return reader.details();
}

interface Line {
  readonly text: string;
  readonly isItem: boolean;
  /** Its first word is marked as a name: "*topic:* orders". */
  readonly isNamed: boolean;
}

const NAMED_LINE = /^\s*\*\*?[A-Za-z_]\w{0,199}(?::\s?\*\*?|\*\*?\s?[:=])\s/;
/** Labels that templates write with a capital letter, as a person would. */
const CAPITALISED =
  /^(?:severity|alertname|instance|job|cluster|namespace|service|topic|group|partition|environment|host|node|pod)$/i;

/** Several labels may share a line, each behind a bullet. */
function linesOf(text: string): Line[] {
  return text
    .split("\n")
    .flatMap((line) => line.split(/(?=\s•\s)/))
    .map((line) => ({
      text: line
        .replace(/^[\s•·]*(?:[-*]\s+)?/, "")
        .replace(/\*\*?([^*]+?)\*\*?/g, "$1")
        .trim(),
      isItem: /^\s*(?:[•·]|[-*]\s)/.test(line),
      isNamed: NAMED_LINE.test(line),
    }))
    .filter((line) => line.text !== "");
}

interface Growing {
  readonly status: AlertStatus | undefined;
  /** What stands where most templates have the summary, when it looks like a rule's name. */
  name?: string;
  readonly labels: Map<string, string>;
  readonly annotations: Map<string, string>;
  /** Its labels have begun: what begins labels again is the next alert's. */
  isListed: boolean;
}

class Reader {
  readonly #all: Growing[] = [];
  #status: AlertStatus | undefined;
  #section: "labels" | "annotations" | undefined;
  #current: Growing | undefined;

  read({ text, isItem, isNamed }: Line): void {
    const status = STATUS_HEADING.exec(text)?.[1];
    const heading = HEADING.exec(text)?.[1];
    const prose = isItem ? null : PROSE.exec(text);
    if (status !== undefined) this.#begin(status);
    else if (heading !== undefined) this.#enter(heading.toLowerCase());
    else if (prose !== null) this.#prose(prose);
    // "no space left: disk" is a sentence; a label stands in a list, below its heading, or is marked.
    else if (this.#section !== undefined || isItem || isNamed) this.#pair(PAIR.exec(text));
  }

  details(): Detail[] {
    return this.#all
      .filter(({ labels, name }) => labels.size > 0 || name !== undefined)
      .map(({ status, name, labels, annotations }) => ({
        ...(status === undefined ? {} : { status }),
        labels: {
          ...(name === undefined ? {} : { alertname: name }),
          ...Object.fromEntries(labels),
        },
        annotations: Object.fromEntries(annotations),
      }));
  }

  #begin(status: string): void {
    this.#status = status.toLowerCase() === "resolved" ? "resolved" : "firing";
    this.#current = undefined;
    this.#section = undefined;
  }

  #enter(heading: string): void {
    if (heading === "annotations") {
      this.#section = "annotations";
      return;
    }
    if (this.#current?.isListed !== false) this.#next();
    this.#section = "labels";
  }

  #prose([, name = "", written = ""]: RegExpExecArray): void {
    const isAlert = name.toLowerCase() === "alert";
    if (isAlert) this.#next();
    const { text, severity } = withoutSeverity(written.trim());
    const alert = this.#alert();
    if (severity !== undefined) alert.labels.set("severity", severity);
    if (isAlert && NAME.test(text)) {
      alert.name = text;
      return;
    }
    const key = isAlert ? "summary" : name.toLowerCase();
    if (text !== "") alert.annotations.set(key, text.slice(0, LONGEST_VALUE));
  }

  #pair(match: RegExpExecArray | null): void {
    const [, written, value] = match ?? [];
    if (written === undefined || value === undefined || LINKS.test(written)) return;
    const name = CAPITALISED.test(written) ? written.toLowerCase() : written;
    const section = this.#section ?? "labels";
    const known = this.#alert()[section];
    // The name of an alert that has one is the next alert's.
    if (section === "labels" && name === "alertname" && known.has(name)) this.#next();
    const alert = this.#alert();
    const pairs = alert[section];
    if (section === "labels") alert.isListed = true;
    if (pairs.size < MOST_LABELS) pairs.set(name, unquoted(value).slice(0, LONGEST_VALUE));
  }

  #alert(): Growing {
    return this.#current ?? this.#next();
  }

  #next(): Growing {
    const alert: Growing = {
      status: this.#status,
      labels: new Map(),
      annotations: new Map(),
      isListed: false,
    };
    if (this.#all.length < MOST_ALERTS) this.#all.push(alert);
    this.#current = alert;
    this.#section = undefined;
    return alert;
  }
}

/** `… - `critical``, as kube-prometheus' examples end a title. */
function withoutSeverity(words: string): { readonly text: string; readonly severity?: string } {
  const mark = words.lastIndexOf("`", words.length - 2);
  const before = words.slice(0, Math.max(0, mark)).trimEnd();
  const isMarked = words.endsWith("`") && /\s/.test(words.charAt(mark - 1)) && /\s-$/.test(before);
  const severity = words.slice(mark + 1, -1);
  if (!isMarked || severity === "") return { text: words };
  return { text: before.slice(0, -1).trimEnd(), severity };
}

function unquoted(value: string): string {
  return value.trim().replace(/^(["'`])(.*)\1$/s, "$2");
}
