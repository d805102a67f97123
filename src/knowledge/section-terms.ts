/**
 * Words that lead to a page's sections. They stand in the page's front matter under `sections:`,
 * or, where they are many, in a file beside the page, so that a reader of it meets its heading first.
 */

import { z } from "zod";
import type { Fills, SearchTerms } from "./page.ts";
import { withoutPageEnding } from "./page-files.ts";
import { pageFills } from "./page-fills.ts";
import { type Complaint, complaintOf, readYamlBlock, type YamlBlock } from "./yaml-block.ts";

/** What is said of one section, and the line it stands on. */
export type SectionHint = { anchor: string; line: number; words: SearchTerms };

/** A number is the text that it is written as. */
const word = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** One text or a list of texts. */
export const textList = z.union([word.transform((value) => [value]), z.array(word)]).default([]);

/** By the anchor of a section's heading. */
const termsOfSection = z.strictObject({ symptoms: textList, logs: textList });

export const sectionTerms = z.record(z.string(), termsOfSection);

const TERMS_END = ".terms.yaml";

/** The file of a page's terms: `OPERATIONS.md` has `OPERATIONS.terms.yaml`. */
export function termsFileOf(file: string): string {
  return withoutPageEnding(file) + TERMS_END;
}

/** Whether a file is meant to hold terms; `.terms.yml` is a slip that must not go unnoticed. */
export function isTermsFile(file: string): boolean {
  return /\.terms\.ya?ml$/i.test(file);
}

export type SectionTermsRead =
  | { kind: "read"; hints: readonly SectionHint[]; fills: Fills }
  | { kind: "refused"; complaint: Complaint };

/** `fills` stands beside the anchors: it is of the whole page. */
const termsFile = z.object({ fills: pageFills.default({}) }).catchall(termsOfSection);

/**
 * Reads such a file: a map from anchors to `symptoms` and `logs`, with the page's `fills`. Never throws.
 */
export function readSectionTerms(text: string): SectionTermsRead {
  const read = readYamlBlock(text, "the terms");
  if (read.kind === "refused") return read;
  const { block } = read;
  const parsed = termsFile.safeParse(block.value ?? {});
  if (!parsed.success) {
    return { kind: "refused", complaint: complaintOf(parsed.error, block, "the terms") };
  }
  const { fills, ...sections } = parsed.data;
  return { kind: "read", hints: sectionHints(sections, block, []), fills };
}

/** `path` leads to the terms inside the block. */
export function sectionHints(
  terms: z.output<typeof sectionTerms>,
  block: YamlBlock,
  path: readonly string[],
): SectionHint[] {
  return Object.entries(terms).map(([anchor, words]) => ({
    anchor: anchor.replace(/^#/, ""),
    line: block.lineOf([...path, anchor]),
    words,
  }));
}
