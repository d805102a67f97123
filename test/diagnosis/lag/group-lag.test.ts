/** How far a group is behind and when it has caught up, from offsets that move at known speeds. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Evidence } from "../../../src/diagnosis/checks/evidence.ts";
import { evidenceOf } from "../../../src/diagnosis/checks/evidence-of-history.ts";
import { lagSeries } from "../../../src/diagnosis/checks/own-series.ts";
import { groupsByLag, judgeGroupLag, outlookOf } from "../../../src/diagnosis/lag/group-lag.ts";
import { createHistory } from "../../../src/history/history.ts";

const NOW = 1_700_000_000_000;

interface Speed {
  readonly group?: string;
  readonly read: number;
  readonly arrive: number;
  readonly lag: number;
  readonly minutes?: number;
}

function lagAt({ read, arrive, lag }: Speed, agoSeconds: number) {
  const end = 1_000_000 - arrive * agoSeconds;
  const committed = 1_000_000 - lag - read * agoSeconds;
  const offsets = { current_offset: committed, log_end_offset: end, lag: end - committed };
  return { partitions: [{ topic: "orders", partition: 0, ...offsets }] };
}

/** A poll every 15 s; every second one has no lag, as the sampler's turns make it. */
function evidenceFor(speeds: readonly Speed[]): Evidence {
  const history = createHistory();
  for (let ago = 900; ago >= 0; ago -= 15) {
    const samples = speeds.flatMap((speed) => {
      const isAsked = ago % 30 === 0 && ago <= (speed.minutes ?? 15) * 60;
      return isAsked ? lagSeries(speed.group ?? "billing", lagAt(speed, ago)) : [];
    });
    history.append(NOW - ago * 1_000, samples);
  }
  return evidenceOf(history);
}

function judge(speed: Speed) {
  return judgeGroupLag({
    group: "billing",
    state: "Stable",
    members: 2,
    lag: lagAt(speed, 0),
    evidence: evidenceFor([speed]),
    nowMs: NOW,
  });
}

describe("a group's outlook", () => {
  for (const [what, speed, kind] of [
    ["reads faster than messages arrive", { read: 300, arrive: 100, lag: 60_000 }, "catches-up"],
    ["reads slower than messages arrive", { read: 100, arrive: 300, lag: 60_000 }, "never"],
    ["reads nothing", { read: 0, arrive: 300, lag: 60_000 }, "stopped"],
    ["reads nothing where nothing arrives", { read: 0, arrive: 0, lag: 500 }, "stopped"],
    ["reads as fast as messages arrive", { read: 200, arrive: 200, lag: 60_000 }, "stays"],
    ["is behind by a second's messages", { read: 200, arrive: 201, lag: 200 }, "keeps-up"],
    ["has no lag", { read: 200, arrive: 200, lag: 0 }, "caught-up"],
    ["was never polled twice", { read: 200, arrive: 100, lag: 9_000, minutes: 0 }, "unknown"],
  ] as const) {
    test(`that ${what} is ${kind}`, () => {
      assert.equal(judge(speed).outlook.kind, kind);
    });
  }

  test("shows when it has caught up", () => {
    const { outlook, rates } = judge({ read: 300, arrive: 100, lag: 60_000 });
    assert.ok(outlook.kind === "catches-up");
    assert.equal(Math.round(outlook.inMs / 1_000), 300);
    assert.equal(Math.round(rates?.read ?? 0), 300);
  });

  test("shows the speed itself from the first minute on, never a part of it", () => {
    for (const minutes of [1, 2, 3, 4]) {
      const { rates } = judge({ read: 300, arrive: 100, lag: 60_000, minutes });
      assert.equal(Math.round(rates?.read ?? 0), 300, `after ${minutes} minutes`);
      assert.equal(Math.round(rates?.arrive ?? 0), 100, `after ${minutes} minutes`);
    }
  });

  test("is not known while offsets of the process before stand among the samples", () => {
    const speed = { read: 300, arrive: 100, lag: 60_000 };
    const history = createHistory();
    for (let ago = 300; ago >= 0; ago -= 15) {
      const start = { name: "server_start_time_seconds", labels: {}, value: NOW / 1_000 - 90 };
      history.append(NOW - ago * 1_000, [...lagSeries("billing", lagAt(speed, ago)), start]);
    }
    const report = judgeGroupLag({
      group: "billing",
      state: "Stable",
      members: 1,
      lag: lagAt(speed, 0),
      evidence: evidenceOf(history),
      nowMs: NOW,
    });
    assert.equal(report.outlook.kind, "unknown");
    assert.equal(report.rates, undefined);
  });

  test("shows by how much it is short", () => {
    const { outlook } = judge({ read: 100, arrive: 1_300, lag: 60_000 });
    assert.ok(outlook.kind === "never");
    assert.equal(Math.round(outlook.shortBy), 1_200);
  });

  test("is never a time without end or below zero", () => {
    for (const lag of [0, 1, 1e15]) {
      for (const read of [0, 1e-9, 5]) {
        const outlook = outlookOf(lag, { read, arrive: 0 });
        if (outlook.kind === "catches-up") assert.ok(outlook.inMs > 0 && outlook.inMs < Infinity);
      }
    }
  });
});

test("the lag of ten minutes ago is remembered, although not every poll asks for it", () => {
  const { before, total } = judge({ read: 100, arrive: 110, lag: 60_000 });
  assert.equal(total, 60_000);
  assert.equal(before?.lag, 54_000);
});

test("partitions stand worst first", () => {
  const partitions = [3, 50, 7].map((lag, partition) => ({
    topic: "orders",
    partition,
    current_offset: 0,
    log_end_offset: lag,
    lag,
  }));
  const report = judgeGroupLag({
    group: "billing",
    state: "Empty",
    members: 0,
    lag: { partitions },
    evidence: evidenceFor([]),
    nowMs: NOW,
  });
  assert.deepEqual(
    report.partitions.map(({ lag }) => lag),
    [50, 7, 3],
  );
  assert.equal(report.total, 60);
});

test("a group's name cannot break out of the expression", () => {
  const group = 'a"} or up{x="\\\n';
  const asked = { group, state: "Stable", members: 1, nowMs: NOW };
  const evidence = evidenceFor([{ group, read: 5, arrive: 1, lag: 900 }]);
  const { outlook } = judgeGroupLag({
    ...asked,
    lag: lagAt({ read: 5, arrive: 1, lag: 900 }, 0),
    evidence,
  });
  assert.equal(outlook.kind, "catches-up");
});

test("groups stand by lag, and those not yet asked last", () => {
  const evidence = evidenceFor([
    { group: "small", read: 1, arrive: 1, lag: 10 },
    { group: "large", read: 1, arrive: 1, lag: 1_000 },
  ]);
  const listed = ["new", "small", "large"].map((group_id) => ({
    group_id,
    state: "Stable",
    member_count: 1,
  }));
  assert.deepEqual(
    groupsByLag(listed, evidence, NOW).map(({ group, lag }) => [group, lag]),
    [
      ["large", 1_000],
      ["small", 10],
      ["new", undefined],
    ],
  );
});
