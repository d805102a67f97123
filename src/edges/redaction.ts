/**
 * What no text may carry out of the bot: one function for every exit (the log, Slack, metrics,
 * replays, files, errors).
 *
 * Known secrets are found by their value, in every spelling in which a text may hold them; those of
 * others by their form. Every quantifier has a limit, so that no text makes the search slow.
 */

import { SHORTEST_KNOWN } from "../config/known-secrets.ts";
import { letOthersRun } from "./let-others-run.ts";

export interface Redaction {
  /** The text with every secret taken out. */
  readonly text: (text: string) => string;
  /** The same for a long text, in parts, so that the event loop goes on between them. */
  longText(text: string): Promise<string>;
  /** The value with every secret taken out of its texts, however deep; keys stay. */
  value<T>(value: T): T;
  /** From now on these are known by value, and those from before still are. */
  learn(secrets: readonly string[]): void;
}

const GONE = "[secret]";

/** Names of what is secret, at the end of a longer name. */
const SECRET_NAME = String.raw`\b[\w-]{0,40}(?:password|passwd|secret|token|api[_-]?key|access[_-]?key)`;

/**
 * The label `api_key` of Streamline's metrics is a kind of request (streamline-facts 2.2): without it
 * a replay lacks the series that an answer was made from.
 */
const NO_KIND =
  "(?!(?:produce|fetch|metadata|api_versions|list_offsets|create_topics|sasl_handshake|" +
  "sasl_authenticate|describe_acls|create_acls|delete_acls|unknown)[\"'\\\\])";

/** Characters of a value that are read; longer ones are no secrets of these kinds. */
const FORMS: readonly (readonly [form: RegExp, instead: string])[] = [
  // PEM blocks, as lines or in one line with \n.
  [
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----(?! \[secret\])(?:(?!-----END)[^"]){0,20000}(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----)?/g,
    `-----BEGIN PRIVATE KEY----- ${GONE}`,
  ],
  // Slack's tokens and webhook addresses.
  [/\b(xox[a-z](?:\.xox[a-z])?-|xapp-)[\w-]{1,512}/g, `$1${GONE}`],
  [/(hooks\.slack(?:-gov)?\.com\/[a-z]{1,20}\/)[\w/]{1,256}/g, `$1${GONE}`],
  // JSON Web Tokens.
  [/\beyJ[\w-]{6,1024}\.[\w-]{6,4096}(?:\.[\w-]{0,4096})?/g, GONE],
  // Keys of AWS, Google, GitHub, GitLab, Grafana.
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, GONE],
  [/\bAIza[\w-]{35}\b/g, GONE],
  [/\b(?:gh[pousr]_\w{20,255}|github_pat_\w{20,255}|glpat-[\w-]{16,64}|glsa_\w{16,64})/g, GONE],
  // A whole header, whatever its scheme; a quote ends it in JSON.
  [
    /(\b(?:proxy-)?authorization["']{0,2}\s{0,4}[:=]\s{0,4}\[?["']?(?:(?:bearer|basic|token|digest|negotiate)\s{1,4})?)(?!\[?(?:\w{1,20}\s)?\[secret\]|[$<{]|&lt;)(?!(?:bearer|basic)\b)[^\s"',\]]{4,4096}/gi,
    `$1${GONE}`,
  ],
  // Credentials of a header that stand alone; words such as "bearer of bad news" are shorter.
  [/\b((?:bearer|basic)\s{1,4})[\w+/=.~-]{16,4096}/gi, `$1${GONE}`],
  // A password in an address; a port with a path behind it is none.
  [/(:\/\/[^\s:/@"\\<>]{0,128}:)(?!\d{1,5}(?:[/"\s]|$))[^\s"\\<>]{1,256}@/g, `$1${GONE}@`],
  // A value that its own name calls a secret: as in a URL or an environment, or in JSON.
  [
    new RegExp(
      `(${SECRET_NAME}["']?\\s{0,2}=\\s{0,2}["']?)(?![[$<{%])${NO_KIND}[^\\s"'&,;<>]{6,512}`,
      "gi",
    ),
    `$1${GONE}`,
  ],
  [
    new RegExp(
      `(\\\\{0,4}"${SECRET_NAME}\\\\{0,4}"\\s{0,4}:\\s{0,4}\\\\{0,4}")(?![[$<{%])${NO_KIND}[^"\\\\]{6,512}`,
      "gi",
    ),
    `$1${GONE}`,
  ],
];

/** A part of a long text, in characters. */
const PART = 256 * 1024;

/** Knows the given secrets, and those that it learns; too short ones are found by their form alone. */
export function createRedaction(known: readonly string[] = []): Redaction {
  const spellings = new Set<string>();
  let values: RegExp | undefined;

  function learn(secrets: readonly string[]): void {
    for (const secret of secrets.filter(({ length }) => length >= SHORTEST_KNOWN)) {
      for (const spelling of spellingsOf(secret)) spellings.add(spelling);
    }
    // The longest first: one secret may be part of another.
    const all = [...spellings].toSorted((a, b) => b.length - a.length);
    values = all.length === 0 ? undefined : new RegExp(all.map(patternOf).join("|"), "g");
  }

  function text(given: string): string {
    let kept = values === undefined ? given : given.replace(values, GONE);
    for (const [form, instead] of FORMS) kept = kept.replace(form, instead);
    return kept;
  }

  function value<T>(given: T): T {
    return mapTexts(given, text) as T;
  }

  async function longText(given: string): Promise<string> {
    if (given.length <= PART) return text(given);
    const parts: string[] = [];
    for (let from = 0; from < given.length; ) {
      const to = endOfPart(given, from);
      parts.push(text(given.slice(from, to)));
      from = to;
      await letOthersRun();
    }
    return parts.join("");
  }

  learn(known);
  return { text, longText, value, learn };
}

/** At a line's end if one is near, else between two words, so that no secret is cut in two. */
function endOfPart(text: string, from: number): number {
  if (text.length - from <= PART) return text.length;
  const lineEnd = text.indexOf("\n", from + PART);
  if (lineEnd >= 0 && lineEnd <= from + 2 * PART) return lineEnd + 1;
  const wordEnd = Math.max(
    ...[" ", ",", '"', "&", ";", "<"].map((mark) => text.lastIndexOf(mark, from + PART)),
  );
  return wordEnd > from + PART / 2 ? wordEnd : from + PART;
}

/** As it is, and as JSON, addresses, forms, HTML, Slack's mrkdwn and base64 write it. */
function spellingsOf(secret: string): string[] {
  const escaped = secret.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams({ s: secret }).toString().slice(2),
    escaped,
    Buffer.from(secret, "utf8").toString("base64").replace(/=+$/, ""),
  ].filter(({ length }) => length >= SHORTEST_KNOWN);
}

/** So many characters of the beginning of a secret are no coincidence. */
const TELLING = 12;
/** What is cut behind the beginning is taken out in steps of so many characters. */
const STEP = 4;

/**
 * A secret, or its beginning: texts are cut on their way, in the middle of whatever they hold. The
 * beginning of an address, and of what is short, is no secret.
 */
function patternOf(spelling: string): string {
  if (spelling.length < TELLING + STEP || spelling.includes("/")) return quoted(spelling);
  const steps: string[] = [];
  for (let at = TELLING; at < spelling.length; at += STEP) {
    steps.push(quoted(spelling.slice(at, at + STEP)));
  }
  const rest = steps.reduceRight((behind, step) => `(?:${step}${behind})?`, "");
  return `${quoted(spelling.slice(0, TELLING))}${rest}`;
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function mapTexts(given: unknown, change: (text: string) => string): unknown {
  if (typeof given === "string") return change(given);
  if (Array.isArray(given)) return given.map((each) => mapTexts(each, change));
  if (
    typeof given !== "object" ||
    given === null ||
    Object.getPrototypeOf(given) !== Object.prototype
  ) {
    return given;
  }
  return Object.fromEntries(
    Object.entries(given).map(([key, each]) => [key, mapTexts(each, change)]),
  );
}

/**
 * The redaction of this process, which every exit uses; the composition root teaches it the
 * configured secrets. A second one that somebody forgot to hand on would be a hole.
 */
export const redaction: Redaction = createRedaction();
