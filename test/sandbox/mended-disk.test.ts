/** A full disk is over as soon as records are stored again, and never before. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../../src/diagnosis/checks/diagnose.ts";
import { evidenceOf } from "../../src/diagnosis/checks/evidence-of-history.ts";
import { clock } from "../../src/edges/clock.ts";
import { createHistory } from "../../src/history/history.ts";
import { type FaultSwitch, writePast } from "../../src/sandbox/sandbox-past.ts";
import { sandboxTarget } from "../../src/sandbox/sandbox-target.ts";
import { SHAPES } from "../../src/sandbox/streamline/shape.ts";
import { ownChecks } from "../eval/own-checks.ts";

const TARGET = sandboxTarget({ http: "http://127.0.0.1:1", kafka: "127.0.0.1:2" });

/** The verdict after ten minutes with these switches, seconds ago. */
async function verdictAfter(...steps: readonly [secondsAgo: number, fault: string, on: boolean][]) {
  const nowMs = clock.now();
  const switches: FaultSwitch[] = steps.map(([ago, fault, on]) => ({
    atMs: nowMs - ago * 1_000,
    fault,
    on,
  }));
  const { past } = await writePast(SHAPES.shop, TARGET, { minutes: 10, switches });
  const history = createHistory();
  for (const { timeMs, samples } of past) history.append(timeMs, samples);
  const atMs = past.at(-1)?.timeMs ?? nowMs;
  const { verdict } = diagnose({
    checks: ownChecks().checks,
    evidence: evidenceOf(history),
    nowMs: atMs,
  });
  return verdict.kind === "active" || verdict.kind === "recovered"
    ? `${verdict.kind} ${verdict.cause.check.id}`
    : verdict.kind;
}

test("a disk that was mended half a minute ago is recovered", async () => {
  assert.equal(
    await verdictAfter([300, "disk-full", true], [35, "disk-full", false]),
    "recovered disk-full",
  );
});

test("a disk that is full is full at any moment of it", async () => {
  assert.equal(await verdictAfter([300, "disk-full", true]), "active disk-full");
});
