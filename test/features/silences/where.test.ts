/** Which Alertmanager an incident belongs to. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type AlertSource, allSources } from "../../../src/alerts/source.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import { type AlertmanagerHints, createPlaces } from "../../../src/features/silences/where.ts";
import { TARGET } from "./setting.ts";

function placeOf(
  targets: readonly Target[],
  hints: AlertmanagerHints,
  sources: readonly AlertSource[] = [],
) {
  return createPlaces(allSources(sources, targets), targets).of(hints);
}

const pair: AlertSource = {
  name: "eu-prod",
  members: ["http://eu-0:9093", "http://eu-1:9093"],
  arePeers: true,
  headers: {},
  targets: [],
  everyMs: 25_000,
  absentForMs: 30_000,
};

const { alertmanager: _, ...BARE } = TARGET;
const bare = { ...BARE, name: "bare" };
const a = { ...TARGET, name: "a", alertmanager: "http://one:9093" };
const b = { ...TARGET, name: "b", alertmanager: "http://two:9093" };
const c = { ...TARGET, name: "c", alertmanager: "http://two:9093" };

for (const [what, targets, about, expected] of [
  ["its target's", [a, b], { target: "b" }, { kind: "at", addresses: ["http://two:9093"] }],
  [
    "the only one, where no target is known",
    [bare, b, c],
    {},
    { kind: "at", addresses: ["http://two:9093"] },
  ],
  [
    "the chosen one of several",
    [a, b],
    { chosen: "a" },
    { kind: "at", addresses: ["http://one:9093"] },
  ],
  [
    "its target's, whatever was chosen",
    [a, b],
    { target: "b", chosen: "a" },
    { kind: "at", addresses: ["http://two:9093"] },
  ],
  [
    "the only one, where its target is configured no longer",
    [a],
    { target: "gone" },
    { kind: "at", addresses: ["http://one:9093"] },
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
});

test("a target without one is named, although others have one", () => {
  const place = placeOf([a, bare], { target: "bare" });
  assert.ok(place.kind === "none");
  assert.match(place.problem, /The target bare names no Alertmanager.*targets\[\]\.alertmanager/);
});

test("it is all members of the incident's source, whatever its target names", () => {
  const place = placeOf([a, b], { source: "eu-prod", target: "a" }, [pair]);
  assert.deepEqual(place, { kind: "at", addresses: pair.members });
});

test("it is the source that says it holds the target's alerts, where the incident's has no API", () => {
  const place = placeOf([bare], { source: "slack", target: "bare" }, [
    { ...pair, targets: ["bare"] },
  ]);
  assert.deepEqual(place, { kind: "at", addresses: pair.members });
});

test("a source and an Alertmanager of a target alone can both be chosen", () => {
  const place = placeOf([a], {}, [pair]);
  assert.ok(place.kind === "choose");
  assert.deepEqual(
    place.options.map(({ value, label }) => [value, label]),
    [
      ["default", "a: http://one:9093"],
      ["eu-prod", "eu-prod: http://eu-0:9093, http://eu-1:9093"],
    ],
  );
  assert.deepEqual(placeOf([a], { chosen: "eu-prod" }, [pair]), {
    kind: "at",
    addresses: pair.members,
  });
});

test("the peers of a member come after it, and of an unknown address there are none", () => {
  const places = createPlaces([pair], []);
  assert.deepEqual(places.peersOf("http://eu-1:9093"), ["http://eu-1:9093", "http://eu-0:9093"]);
  assert.deepEqual(places.peersOf("http://gone:9093"), []);
});
