/** What an Alertmanager is asked, and that it hides what we say it would: the real one and the sandbox's. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { hiding, type SilenceMatcher } from "../../../src/alerts/silence.ts";
import { draftFields, matchersOf } from "../../../src/alerts/silence-draft.ts";
import { createAlertmanagers } from "../../../src/edges/alertmanager/alertmanagers.ts";
import type { AlertmanagerResult } from "../../../src/features/silences/ports.ts";
import { eventually } from "../../support/eventually.ts";

type Labels = Readonly<Record<string, string>>;

/** Starts one that holds these alerts; its address. */
export type Start = (t: TestContext, alerts: readonly Labels[]) => Promise<string>;

function answered<T>(told: AlertmanagerResult<T>): T {
  assert.ok(told.kind === "answered", JSON.stringify(told));
  return told.value;
}

const STRANGE = [
  { alertname: "A", instance: "broker-1:9094", path: 'C:\\logs\\"x"' },
  { alertname: "A", instance: "broker-2:9094", note: "line one\nline two" },
  { alertname: "B", instance: "broker-1:9094", note: "a.b*c(d)|e^$[f]{g}+?" },
  { alertname: "C", note: "ünïcödé 👩‍👩‍👧 <!channel> & `ticks`", path: ', x="y"' },
  { alertname: "D", long: "z".repeat(10_000) },
];

/** Run against each. */
export function alertmanagerContract(start: Start): void {
  const setUp = async (t: TestContext) => {
    const url = await start(t, STRANGE);
    const alertmanagers = createAlertmanagers();
    t.after(() => alertmanagers.close());
    return { url, alertmanagers };
  };

  test("it hides with each draft's matchers what we say it would, by its filter and by a silence", async (t) => {
    const { url, alertmanagers } = await setUp(t);
    const all = answered(await alertmanagers.alerts(url, []));
    assert.equal(all.length, STRANGE.length);
    const sets = STRANGE.flatMap((labels) => {
      const fields = draftFields([labels]);
      const widths = fields.map(({ choices }) => choices.length);
      return [0, 1, 2].map((step) =>
        matchersOf(
          fields,
          widths.map((width) => Math.min(step, width - 2)),
        ),
      );
    });
    for (const matchers of sets) {
      const told = answered(await alertmanagers.alerts(url, matchers));
      const ours = all.filter(({ labels }) => hiding(matchers)(labels));
      assert.deepEqual(namesOf(told), namesOf(ours), JSON.stringify(matchers).slice(0, 300));
      const id = answered(await alertmanagers.make(url, { matchers, ...rest() }));
      const muted = await eventually("the silence holds", async () => {
        const now = answered(await alertmanagers.alerts(url, []));
        const hidden = now.filter(({ silencedBy }) => silencedBy.includes(id));
        return hidden.length >= ours.length && hidden;
      });
      assert.deepEqual(namesOf(muted), namesOf(ours));
      answered(await alertmanagers.end(url, id));
    }
  });

  test("negative matchers and missing labels mean the same here and there", async (t) => {
    const { url, alertmanagers } = await setUp(t);
    const all = answered(await alertmanagers.alerts(url, []));
    const matcher = (change: Partial<SilenceMatcher>): SilenceMatcher[] => [
      { name: "note", value: "line.*|", isRegex: true, isEqual: true, ...change },
    ];
    for (const matchers of [
      matcher({}),
      matcher({ isEqual: false }),
      matcher({ value: "", isRegex: false }),
      matcher({ value: "", isRegex: false, isEqual: false }),
      matcher({ value: "(?:line.*)" }),
    ]) {
      const told = answered(await alertmanagers.alerts(url, matchers));
      assert.deepEqual(
        namesOf(told),
        namesOf(all.filter(({ labels }) => hiding(matchers)(labels))),
      );
    }
  });

  test("a silence is made, read, changed and ended; ending it again is no failure", async (t) => {
    const { url, alertmanagers } = await setUp(t);
    const matchers = [{ name: "alertname", value: "A", isRegex: false, isEqual: true }];
    const made = { matchers, ...rest() };
    const id = answered(await alertmanagers.make(url, made));
    const silence = answered(await alertmanagers.silence(url, id));
    assert.deepEqual(
      [silence?.state, silence?.matchers, silence?.endsAt],
      ["active", matchers, made.endsAt],
    );
    assert.deepEqual([silence?.createdBy, silence?.comment], ["alice", "disk swap"]);
    // Alertmanager begins a silence with its own clock, and takes another beginning for a new one.
    const { startsAt = 0 } = silence ?? {};
    const longer = { ...made, startsAt, id, comment: "longer" };
    assert.equal(answered(await alertmanagers.make(url, longer)), id);
    assert.deepEqual(
      answered(await alertmanagers.silences(url)).map(({ comment }) => comment),
      ["longer"],
    );
    for (const _ of [1, 2]) assert.equal(answered(await alertmanagers.end(url, id)), "ended");
    assert.equal(answered(await alertmanagers.silence(url, id))?.state, "expired");
    assert.equal(answered(await alertmanagers.end(url, crypto.randomUUID())), "ended");
    assert.equal(answered(await alertmanagers.silence(url, "no id")), undefined);
  });

  test("it refuses what we refuse, and says why", async (t) => {
    const { url, alertmanagers } = await setUp(t);
    const empty = { name: "a", value: ".*", isRegex: true, isEqual: true };
    for (const matchers of [[], [empty]]) {
      const told = await alertmanagers.make(url, { matchers, ...rest() });
      assert.ok(told.kind === "failed" && !told.mayBeDone, JSON.stringify(told));
      assert.match(told.problem, /refused it \(status 4\d\d\): .*matcher/);
    }
  });
}

function rest() {
  const now = Date.now();
  return { startsAt: now, endsAt: now + 3_600_000, createdBy: "alice", comment: "disk swap" };
}

function namesOf(alerts: readonly { readonly fingerprint: string }[]): string[] {
  return alerts.map(({ fingerprint }) => fingerprint).toSorted();
}
