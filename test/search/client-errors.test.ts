/** Every text that the guide quotes from a client leads to the table, or to where its row sends one. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createSearch } from "../../src/search/create-search.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import { readOwnKnowledge } from "./own-knowledge.ts";

const GUIDE = "TROUBLESHOOTING.md";
const TABLE = `${GUIDE}#error-texts-of-kafka-clients`;

test("a client's text is found, as it stands in the table of them", async () => {
  const search = await createSearch(searchSections(readOwnKnowledge()));
  const guide = readFileSync(new URL(`../../knowledge/${GUIDE}`, import.meta.url), "utf8");
  const [, after = ""] = guide.split("### Error texts of Kafka clients\n");
  const [section = ""] = after.split(/^#{2,3} /m, 1);
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  assert.ok(rows.length > 50, `${rows.length} rows`);
  const lost: string[] = [];
  for (const row of rows) {
    const texts = [...(row.split(" | ", 1)[0] ?? "").matchAll(/`([^`]+)`/g)];
    for (const [, text = ""] of texts) {
      const found = await search.search(text.replaceAll("...", "x17"), 3);
      if (!found.some(({ id }) => id === TABLE || isLinked(id, row))) lost.push(text);
    }
  }
  assert.deepEqual(lost, []);
});

function isLinked(id: string, row: string): boolean {
  const address = id.startsWith(`${GUIDE}#`) ? id.slice(GUIDE.length) : id;
  return row.includes(`(${address})`);
}
