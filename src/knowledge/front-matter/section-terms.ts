/**
 * Words that lead to a page's sections. They stand in the page's front matter under `sections:`,
 * or, where they are many, in a file beside the page, so that a reader of it meets its heading first.
 */

import { nearestNames } from "../../spelling/nearest-names.ts";
import type { Fills, SearchTerms } from "../page.ts";
import { withoutPageEnding } from "../page-files.ts";
import { readFills } from "./page-fills.ts";
import { readTexts } from "./text-list.ts";
import { type Complaint, readYamlBlock, type YamlBlock } from "./yaml-block.ts";

/** What is said of one section, and the line it stands on. */
export type SectionHint = { anchor: string; line: number; words: SearchTerms };

const TERMS_END = ".terms.yaml";

/** The file of a page's terms: `OPERATIONS.md` has `OPERATIONS.terms.yaml`. */
export function termsFileOf(file: string): string {
  return withoutPageEnding(file) + TERMS_END;
}

/** Whether a file is meant to hold terms; `.terms.yml` is a slip that must not go unnoticed. */
export function isTermsFile(file: string): boolean {
  return /\.terms\.ya?ml$/i.test(file);
}

type SectionTermsRead = SectionHintsRead & { fills: Fills };

type SectionHintsRead = {
  hints: readonly SectionHint[];
  /** What was left out, each with its line, its section and, where it is one, the term. */
  complaints: readonly Complaint[];
};

const WHAT = "the terms";

/**
 * Reads such a file: a map from anchors to `symptoms` and `logs`, with the page's `fills`. Never throws;
 * a part that cannot be used costs itself alone.
 */
export function readSectionTerms(text: string): SectionTermsRead {
  const read = readYamlBlock(text, WHAT);
  if (read.kind === "refused") return { hints: [], fills: {}, complaints: [read.complaint] };
  const { block } = read;
  const { value } = block;
  const standing = (path: readonly string[]): HintStanding => ({ block, path, what: WHAT });
  const { fills: given, ...sections } = isRecord(value) ? value : {};
  const fills = readFills(given, standing(["fills"]));
  const { hints, complaints } = readSectionHints(isRecord(value) ? sections : value, standing([]));
  return {
    hints,
    fills: fills.fills,
    complaints: [...read.complaints, ...fills.complaints, ...complaints],
  };
}

/** Where a value stands: the block, the keys that lead to it, and what the block is called. */
type HintStanding = { block: YamlBlock; path: readonly string[]; what: string };

/** What is said of each section, by the anchor of its heading. */
export function readSectionHints(value: unknown, standing: HintStanding): SectionHintsRead {
  if (value === undefined || value === null) return { hints: [], complaints: [] };
  if (!isRecord(value)) {
    const reason = "must be anchors of headings, with symptoms and logs below each";
    return { hints: [], complaints: [complain(standing, [], reason)] };
  }
  const read = Object.entries(value).map(([anchor, given]) => readHint(anchor, given, standing));
  return {
    hints: read.flatMap(({ hints }) => hints),
    complaints: read.flatMap(({ complaints }) => complaints),
  };
}

const LISTS: ReadonlySet<string> = new Set(["symptoms", "logs"]);

function readHint(anchor: string, given: unknown, standing: HintStanding): SectionHintsRead {
  if (given === null) return { hints: [], complaints: [] };
  if (!isRecord(given)) {
    return {
      hints: [],
      complaints: [complain(standing, [anchor], "needs symptoms or logs below")],
    };
  }
  const unknown = Object.keys(given).filter((key) => !LISTS.has(key));
  const texts = (name: "symptoms" | "logs") =>
    readTexts(given[name], { ...standing, path: [...standing.path, anchor, name] });
  const [symptoms, logs] = [texts("symptoms"), texts("logs")];
  const hint = {
    anchor: anchor.replace(/^#/, ""),
    line: standing.block.lineOf([...standing.path, anchor]),
    words: { symptoms: symptoms.texts, logs: logs.texts },
  };
  const lost = unknown.map((key) =>
    complain(standing, [anchor, key], `is not a known key, and is left out: ${meantList(key)}`),
  );
  return { hints: [hint], complaints: [...lost, ...symptoms.complaints, ...logs.complaints] };
}

function meantList(key: string): string {
  const [near] = nearestNames(key, LISTS);
  return near === undefined ? "there are symptoms and logs" : `did you mean ${near}?`;
}

function complain(
  { block, path, what }: HintStanding,
  below: readonly string[],
  reason: string,
): Complaint {
  const full = [...path, ...below];
  return { line: block.lineOf(full), reason: `${what}: ${full.join(".")} ${reason}` };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
