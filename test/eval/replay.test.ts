import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../../src/diagnosis/checks/diagnose.ts";
import { evidenceOf, historyOf } from "../../src/diagnosis/checks/evidence-of-history.ts";
import { readReplay, writeReplay } from "../../src/diagnosis/replay/replay.ts";
import { reachOf } from "../../src/diagnosis/replay/replay-reach.ts";
import { renderDiagnosis } from "../../src/features/why-slow/render-diagnosis.ts";
import { allCases } from "./cases.ts";
import { ownChecks } from "./own-checks.ts";
import { createCasePlayer, TARGET } from "./run-case.ts";

const CASES = [
  "seen/hot-topic/mild",
  "seen/consumer-stopped/severe",
  "seen/spoiled evidence/series-renamed-1",
];

for (const id of CASES) {
  test(`${id}: the answer from its replay is the same to the byte, with all of our checks`, async () => {
    const { checks } = ownChecks();
    const found = allCases().find((each) => each.id === id);
    assert.ok(found);
    const { diagnosis, history, nowMs } = await createCasePlayer(checks)(found);
    const question = { target: TARGET, nowMs, notes: [] };
    const reach = reachOf(diagnosis, undefined);
    const text = writeReplay({ question, checks: "", history, reach });
    const read = readReplay(text);
    assert.equal(read.kind, "replay");
    const evidence = evidenceOf(historyOf(read.replay.snapshots));
    const again = diagnose({ checks, evidence, nowMs });
    const shown = (each: typeof diagnosis): string =>
      JSON.stringify(renderDiagnosis({ diagnosis: each, target: TARGET, notes: [] }));
    assert.equal(shown(again), shown(diagnosis));
    assert.ok(diagnosis.unknown.length + diagnosis.active.length > 0);
  });
}
