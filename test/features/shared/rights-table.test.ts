/** The printed matrix has every right, kind of person and place, and a target that is limited elsewhere. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Permissions } from "../../../src/config/config.ts";
import { PERSON_KINDS } from "../../../src/features/shared/decide.ts";
import { RIGHTS } from "../../../src/features/shared/rights.ts";
import { rightsTable } from "../../../src/features/shared/rights-table.ts";

const NOBODY = { users: [], groups: [] };
const OPEN: Permissions = {
  ask: { users: [], channels: [] },
  query: NOBODY,
  acknowledge: NOBODY,
  silence: NOBODY,
  outsiders: NOBODY,
};

function rowsOf(permissions: Permissions): ReadonlyMap<string, readonly string[]> {
  const lines = rightsTable(permissions).split("\n");
  const rows = lines.map((each) => each.split(/ {2,}/)).filter((cells) => cells.length === 8);
  return new Map(rows.map(([right, person, ...cells]) => [`${right} ${person}`, cells]));
}

test("each right has a row for each kind of person", () => {
  const rows = rowsOf(OPEN);
  for (const right of RIGHTS) {
    for (const kind of PERSON_KINDS) assert.equal(rows.get(`${right} ${kind}`)?.length, 6);
  }
});

test("a target of other channels is asked from a terminal alone", () => {
  const cells = rowsOf(OPEN).get("query elsewhere member") ?? [];
  const refused = "no: target-elsewhere";
  assert.deepEqual(cells, [refused, refused, refused, refused, "yes", refused]);
});

test("where somebody is named for PromQL, others may ask, and not with PromQL", () => {
  const rows = rowsOf({ ...OPEN, query: { users: ["U0BOB"], groups: [] } });
  assert.equal(rows.get("ask member")?.[0], "yes");
  assert.equal(rows.get("query member")?.[0], "no: not-named");
  assert.equal(rows.get("query named")?.[0], "yes");
});

test("incidents of a private channel are for its members, and never for a whole other channel", () => {
  const rows = rowsOf(OPEN);
  for (const kind of PERSON_KINDS) {
    const [, , direct, home, terminal, mcp] = rows.get(`see others' ${kind}`) ?? [];
    assert.deepEqual([direct, home, terminal, mcp], ["no", "no", "yes", "no"], kind);
    const aloud = rows.get(`show theirs ${kind}`) ?? [];
    assert.deepEqual(aloud, ["no", "no", "-", "-", "-", "-"], kind);
    for (const cell of rows.get(`see unsaid ${kind}`)?.slice(0, 4) ?? []) {
      assert.equal(cell, "no: unknown", kind);
    }
  }
  assert.deepEqual(rows.get("show public member")?.slice(0, 2), ["yes", "yes"]);
  for (const kind of PERSON_KINDS) {
    assert.deepEqual(rows.get(`show abroad ${kind}`)?.slice(0, 2), ["no", "no"], kind);
  }
  assert.deepEqual(rows.get("see theirs member"), ["yes", "yes", "yes", "yes", "yes", "no"]);
  assert.deepEqual(rows.get("see public guest"), ["no", "no", "no", "no", "yes", "yes"]);
});
