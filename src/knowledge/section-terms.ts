/**
 * Words that lead to a page's sections. They stand in the page's front matter under `sections:`,
 * or, where they are many, in a file beside the page, so that a reader of it meets its heading first.
 */

import { z } from "zod";
import type { SearchTerms } from "./page.ts";
import { withoutPageEnding } from "./page-files.ts";
import { type Complaint, complaintOf, readYamlBlock, type YamlBlock } from "./yaml-block.ts";

/** What is said of one section, and the line it stands on. */
export type SectionHint = { anchor: string; line: number; words: SearchTerms };

/** A number is the text that it is written as. */
const word = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** One text or a list of texts. */
export const textList = z.union([word.transform((value) => [value]), z.array(word)]).default([]);

/** By the anchor of a section's heading. */
export const sectionTerms = z.record(
  z.string(),
  z.strictObject({ symptoms: textList, logs: textList }),
);

const TERMS_END = ".terms.yaml";

/** The file of a page's terms: `OPERATIONS.md` has `OPERATIONS.terms.yaml`. */
export function termsFileOf(file: string): string {
  return withoutPageEnding(file) + TERMS_END;
}

/** Whether a file is meant to hold terms; `.terms.yml` is a slip that must not go unnoticed. */
export function isTermsFile(file: string): boolean {
  return /\.terms\.ya?ml$/i.test(file);
}

/** Reads such a file: a map from anchors to `symptoms` and `logs`. Never throws. */
export function readSectionTerms(
  text: string,
): { kind: "read"; hints: readonly SectionHint[] } | { kind: "refused"; complaint: Complaint } {
  const read = readYamlBlock(text, "the terms");
  if (read.kind === "refused") return read;
  const { block } = read;
  const parsed = sectionTerms.safeParse(block.value ?? {});
  return parsed.success
    ? { kind: "read", hints: sectionHints(parsed.data, block, []) }
    : { kind: "refused", complaint: complaintOf(parsed.error, block, "the terms") };
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
