// needs: prometheus
// takes: 50 s
/**
 * The shipped rules, evaluated by Prometheus's own engine (promtool) over a fleet of simulated
 * servers: each rule fires when its fault is set and clears when it is over, and nothing is said of
 * a server that is well, or whose clients are deployed again. Only waits and windows are shorter.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Course, RECORDING, STEP_S, scrapeFleet } from "./fleet.ts";
import { FLEET, OF_CLUSTER } from "./fleet-cases.ts";
import { GO_PROGRAM } from "./go-program.ts";
import { RULES } from "./rule-files.ts";
import { EVALUATION, shortRules } from "./short-rules.ts";

const EXPECTED = [
  ...FLEET.flatMap(({ name, expects }) => expects.map((alert) => ({ alert, of: onServer(name) }))),
  ...OF_CLUSTER.map((alert) => ({ alert, of: ofJob(RECORDING) })),
];
const HEALTHY = FLEET.filter(({ expects }) => expects.length === 0).map(({ name }) => name);
/**
 * Of a server that is well nothing may be said; a dead server is not one of which only HTTP is down,
 * nor is one whose /health answers. Lag comes and goes within the waits of 2 s that are tested here.
 */
const WRONG =
  `ALERTS{alertstate="firing",instance=~"(${HEALTHY.join("|")}):.*"} or ` +
  'ALERTS{alertstate="firing",alertname="HttpDown",instance=~"(down|unreadable):.*"}';
const GAP = { alert: "MonitoringGap", of: ofJob("streamline-health") };
const WATCHDOG = { alert: "Watchdog", of: ofJob("") };

const COURSE: Course = { probedFrom: 20, faultsFrom: 60, faultsUntil: 200, end: 280 };

interface Firing {
  readonly alert: string;
  /** Matchers of what it is said of. */
  readonly of: string;
}

test("every rule is shown by the fleet", () => {
  // Rules over the bot's own metrics are none of a server's; incident-bot.test.yml shows their times.
  const ofServers = RULES.filter(({ file }) => file !== "incident-bot.rules.yml");
  const shown = new Set([...EXPECTED, GAP, WATCHDOG].map(({ alert }) => alert));
  const rest = ofServers.map(({ alert }) => alert).filter((alert) => !shown.has(alert));

  assert.deepEqual(rest, []);
});

test("faults make their rules fire, and their end clears them", (t) => {
  const { probedFrom, faultsFrom, faultsUntil, end } = COURSE;
  const output = runPromtool(t, [
    ...EXPECTED.map((each) => firesWithin(each, faultsFrom, faultsUntil)),
    ...EXPECTED.map((each) => clearsWithin(each, faultsUntil, end)),
    isQuietWithin(WRONG, faultsUntil - 60, faultsUntil),
    firesWithin(GAP, 0, probedFrom),
    clearsWithin(GAP, faultsFrom - 4, faultsFrom),
    firesWithin(WATCHDOG, end - STEP_S, end),
  ]);
  assert.match(output, /SUCCESS/);
});

/** Each server has a host name of its own, as HttpDown compares hosts. */
function onServer(name: string): string {
  return `instance=~"${name}:.*"`;
}

function ofJob(job: string): string {
  return `instance="",job="${job}"`;
}

function selector({ alert, of }: Firing): string {
  return `ALERTS{alertname="${alert}",alertstate="firing",${of}}`;
}

interface Expectation {
  readonly expr: string;
  readonly eval_time: string;
  readonly exp_samples: readonly { labels: string; value: number }[];
}

function firesWithin(firing: Firing, from: number, until: number): Expectation {
  const expr = `count(last_over_time(${selector(firing)}[${until - from}s])) > bool 0`;
  return { expr, eval_time: `${until}s`, exp_samples: [{ labels: "{}", value: 1 }] };
}

function clearsWithin(firing: Firing, from: number, until: number): Expectation {
  return isQuietWithin(selector(firing), from, until);
}

/** There is a moment in this time at which none of them fires. */
function isQuietWithin(alerts: string, from: number, until: number): Expectation {
  const expr = `min_over_time((count(${alerts}) or vector(0))[${until - from}s:${STEP_S}s])`;
  return { expr, eval_time: `${until}s`, exp_samples: [{ labels: "{}", value: 0 }] };
}

interface Scope {
  after(work: () => void): void;
}

/** What promtool says; fails with it when an expectation is not met. */
function runPromtool(t: Scope, expectations: readonly Expectation[]): string {
  const folder = mkdtempSync(join(tmpdir(), "fleet-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "rules.yml"), shortRules());
  // YAML holds JSON, which is written much faster.
  const tests = {
    rule_files: ["rules.yml"],
    evaluation_interval: EVALUATION,
    tests: [
      {
        interval: `${STEP_S}s`,
        input_series: scrapeFleet(FLEET, COURSE).series(),
        promql_expr_test: expectations,
      },
    ],
  };
  writeFileSync(join(folder, "fleet.test.yml"), JSON.stringify(tests));
  const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "fleet.test.yml"], {
    cwd: folder,
    encoding: "utf8",
    env: GO_PROGRAM,
    maxBuffer: 64 * 1024 * 1024,
  });
  assert.equal(status, 0, `${stdout}${stderr}`.slice(0, 20_000));
  return `${stdout}${stderr}`;
}
