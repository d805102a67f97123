import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check } from "../../../src/diagnosis/checks/check.ts";
import type { Spell } from "../../../src/diagnosis/long-window/spells.ts";
import type { WindowReport } from "../../../src/diagnosis/long-window/window-report.ts";
import {
  spellsFold,
  windowSentences,
  windowSource,
} from "../../../src/features/why-slow/render-window.ts";
import { ownChecks } from "../../eval/own-checks.ts";

const HOUR = 3_600_000;
const TO = Date.UTC(2026, 10, 23, 12);

function checkOf(id: string): Check {
  const check = ownChecks().checks.find((each) => each.id === id);
  assert.ok(check !== undefined);
  return check;
}

function spell(hoursAgo: number, end: Spell["end"], untilAgo = hoursAgo - 0.5): Spell {
  const fromMs = TO - hoursAgo * HOUR;
  const untilMs = TO - untilAgo * HOUR;
  return { fromMs, orEarlier: false, lastMs: untilMs, untilMs, end, worstMs: fromMs };
}

function report(past: WindowReport["past"], inPart: WindowReport["inPart"] = []): WindowReport {
  const source = "http://prom:9090";
  return { fromMs: TO - 6 * HOUR, toMs: TO, stepMs: 60_000, source, past, inPart };
}

test("each cause has its times: how long, since when, or until there were no samples", () => {
  const past = [
    { check: checkOf("server-down"), spells: [spell(5, "over"), spell(1, "now")], sentences: [] },
    { check: checkOf("disk-full"), spells: [spell(4, "unseen")], sentences: ["A <b> full disk"] },
    { check: checkOf("just-restarted"), spells: [spell(3, "over")], sentences: [] },
  ];
  const [title, down, full, restarted] = spellsFold(report(past)).text;
  assert.match(title ?? "", /last 6 h \(3\)/);
  assert.match(down ?? "", /07:00.* to .*07:30.*\(30 min\); since .*11:00.*, now/);
  assert.match(full ?? "", /08:30.*, then no samples of it.*A &lt;b&gt; full disk/);
  assert.match(restarted ?? "", /at .*09:00/);
  assert.doesNotMatch(restarted ?? "", / to /);
});

test("of many times the last are listed and the others counted", () => {
  const spells = Array.from({ length: 9 }, (_, n) => spell(5.5 - n / 2, "over", 5.4 - n / 2));
  const past = [{ check: checkOf("server-down"), spells, sentences: [] }];
  assert.match(spellsFold(report(past)).text[1] ?? "", /and 5 earlier times/);
});

test("what was checked for a part of the time is named with its part", () => {
  const verdict = { kind: "clean" } as const;
  const inPart = [{ check: checkOf("disk-full"), share: 0.42 }];
  const words = windowSentences({ verdict }, report([], inPart)).join(" ");
  assert.match(words, /Nothing was wrong in the last 6 h/);
  assert.match(words, /\(42 % of it\)/);
  assert.match(windowSource(report([])), /http:\/\/prom:9090: the last 6 h, checked every 1 min/);
});
