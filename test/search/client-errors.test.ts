/** Every text that the guide quotes from a client leads to the table, or to where its row sends one; and lines of their logs. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createSearch } from "../../src/search/create-search.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import { readOwnKnowledge } from "./own-knowledge.ts";

const GUIDE = "TROUBLESHOOTING.md";
const TABLES: Readonly<Record<string, string>> = {
  "Error texts of Kafka clients": `${GUIDE}#error-texts-of-kafka-clients`,
  "Error texts of Go, Python and Node clients": `${GUIDE}#error-texts-of-go-python-and-node-clients`,
};

const search = await createSearch(searchSections(readOwnKnowledge()));

test("a client's text is found, as it stands in the table of them", async () => {
  const guide = readFileSync(new URL(`../../knowledge/${GUIDE}`, import.meta.url), "utf8");
  const lost: string[] = [];
  for (const [title, table] of Object.entries(TABLES)) {
    const rows = rowsUnder(title, guide);
    assert.ok(rows.length > 30, `${rows.length} rows under ${title}`);
    for (const row of rows) {
      const texts = [...(row.split(" | ", 1)[0] ?? "").matchAll(/`([^`]+)`/g)];
      for (const [, text = ""] of texts) {
        const found = await search.search(text.replaceAll("...", "x17"), 3);
        if (!found.some(({ id }) => id === table || isLinked(id, row))) lost.push(text);
      }
    }
  }
  assert.deepEqual(lost, []);
});

test("in a line of a log no word is taken for a mistyped one, in whatever form a client logs", async () => {
  for (const line of [
    "%3|1719392011.412|FAIL|rdkafka#c-1| [thrd:main]: the session was unexpecteddly endded",
    '{"level":"ERROR","logger":"kafkajs","message":"[Conection] the request was droped"}',
  ]) {
    const answer = await search.ask(line, { limit: 10 });
    assert.equal(answer.kind === "unsure" ? answer.meant : undefined, undefined, line);
    assert.notEqual(answer.kind, "found", line);
  }
});

test("a setting's name in a sentence leads to the section that names it", async () => {
  const [best] = await search.search("raised max.message.bytes and the send still times out", 3);
  assert.equal(best?.id, "TROUBLESHOOTING.md#request-larger-than-1-mib-gets-no-answer");
});

function rowsUnder(title: string, guide: string): string[] {
  const [, after = ""] = guide.split(`### ${title}\n`);
  const [section = ""] = after.split(/^#{2,3} /m, 1);
  return section.split("\n").filter((line) => line.startsWith("| `"));
}

function isLinked(id: string, row: string): boolean {
  const address = id.startsWith(`${GUIDE}#`) ? id.slice(GUIDE.length) : id;
  return row.includes(`(${address})`);
}
