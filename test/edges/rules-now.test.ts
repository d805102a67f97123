/** Rules are judged in turns, once for all who ask, and what is too much is said. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stringify } from "yaml";
import { readRules } from "../../src/diagnosis/rules/read-rules.ts";
import { createRulesNow } from "../../src/edges/rules-now.ts";
import { createHistory, type History } from "../../src/history/history.ts";
import { TARGET } from "../diagnosis/polls.ts";
import { goesOn } from "../support/loop-watch.ts";

const STEP_MS = 15_000;
const START_MS = Date.parse("2026-11-23T03:00:00Z");
const POLLS = 100;
const NOW_MS = START_MS + (POLLS - 1) * STEP_MS;

function historyOf(series: number): History {
  const history = createHistory();
  for (let poll = 0; poll < POLLS; poll++) {
    const samples = Array.from({ length: series }, (_, at) => ({
      name: "streamline_lag",
      labels: { group: `g${at}`, topic: `t${at % 100}` },
      value: 1_000 + poll,
    }));
    history.append(START_MS + poll * STEP_MS, samples);
  }
  return history;
}

function rulesOver(history: History, rules: readonly object[], leftOut: readonly string[] = []) {
  const read = readRules("f", stringify({ groups: [{ name: "g", rules }] }));
  assert.deepEqual(read.problems, []);
  return createRulesNow({
    rules: read,
    history: () => history,
    leftOut: () => new Set(leftOut),
    clock: { now: () => NOW_MS },
  });
}

describe("over a thousand series that all hold", () => {
  const wide = historyOf(2_000);
  const perSeries = Array.from({ length: 10 }, (_, at) => ({
    alert: `Lag${at}`,
    expr: `streamline_lag > ${at}`,
    for: "10m",
  }));

  test("the loop goes on while all rules are judged", async () => {
    const { held } = await goesOn("all rules", () => rulesOver(wide, perSeries).judged(TARGET));
    assert.equal(held.length, 10 * 2_000);
    assert.ok(held.every(({ state }) => state === "firing"));
  });

  test("the state of one alert is known at once, and computed once for the same samples", async () => {
    const states = await goesOn("one alert", () => {
      const rulesNow = rulesOver(wide, perSeries);
      return Array.from({ length: 500 }, () => rulesNow.state(TARGET, "Lag1"));
    });
    assert.deepEqual(new Set(states.map((state) => state?.kind)), new Set(["holds"]));
  });

  test("a rule that needs too much is not judged, and says so everywhere", async () => {
    const costly = {
      alert: "Costly",
      expr: "max_over_time(streamline_lag[1h:1s]) > 1",
      for: "10m",
    };
    const anew = () => rulesOver(wide, [costly, ...perSeries.slice(0, 1)]);
    const state = await goesOn("its state", () => anew().state(TARGET, "Costly"));
    const judged = await goesOn("all rules", () => anew().judged(TARGET));
    assert.equal(state?.kind, "not-judged");
    assert.deepEqual(
      judged.passedOver.map(({ alert }) => alert),
      ["Costly"],
    );
    assert.equal(judged.held.length, 2_000);
  });
});

test("those who ask at the same time are answered by one evaluation", async () => {
  const rulesNow = rulesOver(historyOf(3), [{ alert: "Lag", expr: "streamline_lag > 10" }]);
  assert.equal(rulesNow.judged(TARGET), rulesNow.judged(TARGET));
});

test("a rule over what could not be recorded says nothing, also where it asks for its absence", async () => {
  const rules = [
    { record: "a:lag:sum", expr: "sum(streamline_lag)" },
    { alert: "Gone", expr: "absent(a:lag:sum)" },
  ];
  const history = historyOf(3);
  assert.equal(rulesOver(history, rules).state(TARGET, "Gone")?.kind, "holds");
  assert.equal(rulesOver(history, rules, ["a:lag:sum"]).state(TARGET, "Gone")?.kind, "not-judged");
});
