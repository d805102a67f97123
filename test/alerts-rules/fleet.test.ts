// needs: prometheus
/**
 * A real Prometheus with the shipped rules over a fleet of simulated servers: each rule
 * fires when its fault is set and clears when it is over, and nothing is said of a server
 * that is well, or whose clients are deployed anew. Only waits and windows are shorter.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Fleet, RECORDING, startFleet } from "./fleet.ts";
import { FLEET, OF_CLUSTER } from "./fleet-cases.ts";
import { RULES } from "./rule-files.ts";

const EXPECTED = [
  ...FLEET.flatMap(({ name, expects }) => expects.map((alert) => `${alert} ${name}`)),
  ...OF_CLUSTER.map((alert) => `${alert} job=${RECORDING}`),
];
const HEALTHY = FLEET.filter(({ expects }) => expects.length === 0).map(({ name }) => name);
const GAP = "MonitoringGap job=streamline-health";
const WATCHDOG = "Watchdog job=";

test("every rule is shown by the fleet", () => {
  const shown = new Set([...EXPECTED, GAP, WATCHDOG].map((each) => each.split(" ")[0]));
  const rest = RULES.map(({ alert }) => alert).filter((alert) => !shown.has(alert));

  assert.deepEqual(rest, []);
});

test("faults make their rules fire, and their end clears them", async (t) => {
  const fleet = await startFleet(t, FLEET);
  const seen = new Set<string>();
  /** Which of these are firing now; whatever fires meanwhile is remembered. */
  const firingOf = async (wanted: readonly string[]) => {
    const firing = await fleet.firing();
    for (const each of firing) seen.add(each);
    return wanted.filter((each) => firing.has(each));
  };

  await noneLeft("do not fire", async () => ((await firingOf([GAP])).length === 0 ? [GAP] : []));
  for (const host of fleet.hosts.values()) host.isHealthProbed = true;
  await noneLeft("do not clear", () => firingOf([GAP]));
  // HotTopic compares with what there was before the fault.
  await sleep(10_000);

  await fleet.setFaults();
  await noneLeft("do not fire", async () => {
    await firingOf([]);
    return EXPECTED.filter((each) => !seen.has(each));
  });
  await noneLeft("are said without reason", async () =>
    [...(await fleet.firing())].filter(isWrong),
  );

  await fleet.clearFaults();
  letTimePass(fleet);
  await noneLeft("do not clear", () => firingOf(EXPECTED));

  assert.deepEqual(await firingOf([WATCHDOG]), [WATCHDOG], "it always fires");
});

/**
 * Of a server that is well nothing may be said; a dead server is not one of which only HTTP is down,
 * nor is one whose /health answers. A busy machine can delay a scrape, so one quiet look is enough.
 */
function isWrong(firing: string): boolean {
  const isHealthy = HEALTHY.some((name) => firing.endsWith(` ${name}`));
  return isHealthy || firing === "HttpDown down" || firing === "HttpDown unreadable";
}

const PATIENCE_MS = 180_000;

/** Looks twice a second until nothing is left of the list; fails with what still is. */
async function noneLeft(complaint: string, poll: () => Promise<readonly string[]>): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (let left = await poll(); left.length > 0; left = await poll()) {
    assert.ok(Date.now() < until, `${complaint}: ${left.join(", ")}`);
    await sleep(500);
  }
}

/** What clears by the clock alone, or because somebody begins to ask. */
function letTimePass({ hosts }: Fleet): void {
  hosts.get("crashing")?.advance(300_000);
  const hung = hosts.get("hung-reader");
  if (hung !== undefined) hung.isAsked = true;
}
