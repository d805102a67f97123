/** Markdown as the sections of a page, for tests of how they are shown. */

import assert from "node:assert/strict";
import type { Target } from "../../src/diagnosis/target.ts";
import { buildLibrary, type Library } from "../../src/knowledge/library.ts";
import type { Section } from "../../src/knowledge/page.ts";
import { readPage } from "../../src/knowledge/read-page.ts";

export const TARGET: Target = {
  name: "orders",
  http: "http://10.0.0.5:9094",
  kafka: "10.0.0.5:9092",
  labels: {},
  timeoutMs: 2_000,
  maxBodyBytes: 1_024,
};

export function libraryOf(files: Readonly<Record<string, string>>): Library {
  const pages = Object.entries(files).map(([file, text]) => {
    const result = readPage({ file, folder: "knowledge", text });
    assert.ok(result.kind === "page", JSON.stringify(result));
    return result.page;
  });
  return buildLibrary(pages, []);
}

export function sectionsOf(text: string, file = "runbooks/Alert.md"): readonly Section[] {
  return libraryOf({ [file]: text }).sections;
}

/** The text between the lines of a code block. */
export function fenced(code: string): string {
  return `\`\`\`sh\n${code}\n\`\`\``;
}
