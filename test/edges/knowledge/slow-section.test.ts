/** On a slow machine a section of usual length is none that takes too long. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { isSlowSection } from "../../../src/edges/knowledge/slow-section.ts";

/** A machine on which the section takes so long, and what it is compared with takes another time. */
function machine(section: string, takes: { section: number; prose: number }) {
  return (markdown: string): number => (markdown === section ? takes.section : takes.prose);
}

const TABLE = "| a | b |\n".repeat(300);

test("what takes long where plain prose does, too, is not slow", () => {
  assert.equal(isSlowSection(TABLE, machine(TABLE, { section: 290, prose: 110 })), false);
});

test("what takes many times as long as plain prose is slow, and only where that is long", () => {
  assert.equal(isSlowSection(TABLE, machine(TABLE, { section: 900, prose: 110 })), true);
  assert.equal(isSlowSection(TABLE, machine(TABLE, { section: 150, prose: 20 })), false);
  assert.equal(isSlowSection("short", machine("short", { section: 900, prose: 20 })), false);
});

test("what took long once, while the parser was compiled, is not slow", () => {
  const times = [900, 60, 60];
  const takes = (markdown: string): number => (markdown === TABLE ? (times.shift() ?? 60) : 50);
  assert.equal(isSlowSection(TABLE, takes), false);
});
