/** Which Alertmanager an incident belongs to. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { addressesOf, placeOf } from "../../../src/features/silences/where.ts";
import { TARGET } from "./setting.ts";

const { alertmanager: _, ...BARE } = TARGET;
const bare = { ...BARE, name: "bare" };
const a = { ...TARGET, name: "a", alertmanager: "http://one:9093" };
const b = { ...TARGET, name: "b", alertmanager: "http://two:9093" };
const c = { ...TARGET, name: "c", alertmanager: "http://two:9093" };

for (const [what, targets, about, expected] of [
  ["its target's", [a, b], { target: "b" }, { kind: "at", address: "http://two:9093" }],
  [
    "the only one, where no target is known",
    [bare, b, c],
    {},
    { kind: "at", address: "http://two:9093" },
  ],
  [
    "the chosen one of several",
    [a, b],
    { chosen: "a" },
    { kind: "at", address: "http://one:9093" },
  ],
  [
    "its target's, whatever was chosen",
    [a, b],
    { target: "b", chosen: "a" },
    { kind: "at", address: "http://two:9093" },
  ],
  [
    "the only one, where its target is configured no longer",
    [a],
    { target: "gone" },
    { kind: "at", address: "http://one:9093" },
  ],
] as const) {
  test(`it is ${what}`, () => assert.deepEqual(placeOf(targets, about), expected));
}

test("of several that nothing tells apart each is offered once, with the targets that use it", () => {
  const place = placeOf([a, b, c], { chosen: "nobody" });
  assert.ok(place.kind === "choose");
  assert.deepEqual(
    place.options.map(({ value, label }) => [value, label]),
    [
      ["a", "a: http://one:9093"],
      ["b", "b, c: http://two:9093"],
    ],
  );
  assert.deepEqual(addressesOf([a, b, c, bare]), ["http://one:9093", "http://two:9093"]);
});

test("a target without one is named, although others have one", () => {
  const place = placeOf([a, bare], { target: "bare" });
  assert.ok(place.kind === "none");
  assert.match(place.problem, /The target bare names no Alertmanager.*targets\[\]\.alertmanager/);
});
