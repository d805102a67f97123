/** Sections while one types: names first, however the words of a name are joined. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { searchSections } from "../../src/search/library-sections.ts";
import { createSuggester } from "../../src/search/suggest.ts";
import { libraryOf } from "../block-kit/sections.ts";
import fc from "../support/fast-check.ts";

const library = libraryOf({
  "runbooks/ReplicationLag.md":
    "---\ntitle: A follower is behind\nalerts: [ReplicationLag]\nsymptoms: [stale reads]\n---\n## Meaning\n\nIt is.\n\n## Replace a broker\n\nDo.\n",
  "GUIDE.md": "# Guide\n\n## Disk is full\n\nDelete.\n\n## The replica set\n\nWords.\n",
});
const { suggest } = (() => {
  const suggester = createSuggester(searchSections(library));
  return { suggest: (typed: string, limit = 10) => suggester.suggest(typed, limit) };
})();

test("what begins as was typed stands before what only has a word that does", () => {
  assert.deepEqual(suggest("repl"), [
    "runbooks/ReplicationLag.md#meaning",
    "runbooks/ReplicationLag.md#replace-a-broker",
    "GUIDE.md#the-replica-set",
  ]);
});

test("an alert is found by any writing of its name, from the first letter on", () => {
  for (const typed of ["ReplicationL", "replication lag", "replication_lag", "replicationlag"]) {
    assert.equal(suggest(typed)[0], "runbooks/ReplicationLag.md#meaning", typed);
  }
  assert.ok(suggest("d").includes("GUIDE.md#disk-is-full"));
});

test("a symptom leads to the first section of its page", () => {
  assert.deepEqual(suggest("stale"), ["runbooks/ReplicationLag.md#meaning"]);
});

test("nothing typed, or nothing but marks, offers nothing, and the limit holds", () => {
  for (const typed of ["", "  ", "!?", "<>"]) assert.deepEqual(suggest(typed), []);
  assert.equal(suggest("repl", 1).length, 1);
});

test("any text is answered with sections of the library, each once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (typed) => {
      const ids = suggest(typed);
      assert.equal(new Set(ids).size, ids.length);
      for (const id of ids) assert.ok(library.section(id) !== undefined);
    }),
  );
});
