// takes: 15 s
/** On recordings of a real server the diagnosis stays above its floor, told as it must be. */

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { isAboveFloor } from "./recordings/evaluate-recordings.ts";
import { readLabels } from "./recordings/labels.ts";
import { playFolder } from "./recordings/play-folder.ts";
import type { MomentLine } from "./recordings/play-labelled.ts";
import { isAfter, isFault } from "./recordings/recordings-table.ts";

let moments: readonly MomentLine[] = [];

before(async () => {
  const { recordings, missing } = readLabels("test/fixtures/recordings");
  assert.deepEqual(missing, []);
  moments = (await playFolder(recordings)).flatMap(({ lines }) => lines);
  assert.ok(moments.length >= 200, `only ${moments.length} moments were played`);
});

function said(lines: readonly MomentLine[]): string[] {
  return lines.map(
    ({ judged, scenario, phase, at, first, tense }) =>
      `${judged}: ${scenario} phase ${phase} at ${at}: ${first ?? "-"} (${tense ?? "-"})`,
  );
}

test("no cause is wrong, none is missed, and nothing is wrong with a control", () => {
  const bad = ["wrong", "missed", "false-alarm"];
  assert.deepEqual(said(moments.filter(({ judged }) => bad.includes(judged))), []);
});

test("from a minute after its end on nothing of a fault is told as present", () => {
  const after = moments.filter(isAfter);
  assert.ok(after.length > 20);
  assert.deepEqual(
    said(after.filter(({ tense, judged }) => judged === "stale" || tense === "present")).filter(
      (line) => !line.includes("just-restarted"),
    ),
    [],
  );
});

test("a fault that ended is told as recovered, by its name", () => {
  const recovered = moments.filter((each) => isAfter(each) && each.tense === "past");
  assert.ok(recovered.length >= moments.filter(isAfter).length / 2);
});

test("from when it is due the right cause or a true symptom comes first in 95 of 100 moments", () => {
  const due = moments.filter((each) => isFault(each) && each.isDue);
  const good = due.filter(({ judged }) => judged === "right" || judged === "symptom");
  assert.ok(good.length >= 0.95 * due.length, said(due).join("\n"));
});

test("npm run eval fails for one wrong answer, one missed fault or one that is told as present later", () => {
  assert.equal(isAboveFloor(moments), true);
  const [during, after] = [moments.findIndex(isFault), moments.findIndex(isAfter)];
  assert.ok(during >= 0 && after >= 0);
  for (const [place, judged] of [
    [during, "wrong"],
    [during, "missed"],
    [after, "stale"],
  ] as const) {
    const changed = moments.map((each, index) => (index === place ? { ...each, judged } : each));
    assert.equal(isAboveFloor(changed), false, judged);
  }
});
