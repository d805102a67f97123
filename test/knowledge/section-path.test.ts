/** Where a section stands, as people read it: each name once, and never nothing. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { saysTheSame, sectionPath } from "../../src/knowledge/section-path.ts";

const of = (...headings: string[]) => sectionPath({ headings, file: "runbooks/disk.md" });

test("of a title and a heading with the same words, the heading stands", () => {
  assert.equal(of("Broker Disk Full", "BrokerDiskFull", "Meaning"), "BrokerDiskFull › Meaning");
  assert.equal(of("broker_disk-full", "Broker disk full"), "Broker disk full");
  assert.equal(of("Restart", "Before", "Restart"), "Restart › Before › Restart");
});

test("names that differ in a sign, or have no letters at all, stay apart", () => {
  assert.equal(of("C++", "C", "Flags"), "C++ › C › Flags");
  assert.equal(of("---", "___"), "--- › ___");
  assert.ok(!saysTheSame("", ""));
});

test("an empty heading is left out, and where there is no other the file is named", () => {
  assert.equal(of("Disk", "", "Meaning"), "Disk › Meaning");
  assert.equal(of("", " "), "runbooks/disk.md");
  assert.equal(of(), "runbooks/disk.md");
});
