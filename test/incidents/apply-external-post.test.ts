/** Posts, edits, re-deliveries and repetitions of one group, and what each makes of its incidents. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseSlackPost } from "../../src/alerts/parse-slack-post.ts";
import type { SlackPost } from "../../src/alerts/slack-post.ts";
import {
  applyExternalPost,
  type ExternalReading,
} from "../../src/incidents/apply-external-post.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { byDefault, GRAFANA, KUBE_PROMETHEUS } from "../alerts/slack-posts.ts";
import { HOUR, MINUTE, T0 } from "./notifications.ts";

interface Times {
  /** When it was heard, and when what was heard was written. */
  readonly at?: number;
  readonly version?: number;
  readonly isReply?: true;
}

/** A channel, and what is known of it, as posts come in. */
function channel() {
  const incidents = new Map<string, Incident>();
  const inOrder = () => [...incidents.values()].toSorted((a, b) => b.changedAt - a.changedAt);
  const watch = (ts: number, post: SlackPost, times: Times = {}): ExternalReading => {
    const { at = ts, version = at } = times;
    const reply = times.isReply === true ? { isReply: times.isReply } : {};
    const result = parseSlackPost(post, () => false);
    assert.ok(result.kind === "alerts");
    const nowMs = at;
    const groupKey = `slack:C1:${ts / 1_000}`;
    const ofPost = inOrder().find((incident) => incident.groupKey === groupKey);
    const applied = applyExternalPost(
      { inChannel: inOrder(), ...(ofPost === undefined ? {} : { ofPost }) },
      {
        channel: "C1",
        ts: String(ts / 1_000),
        version: version / 1_000,
        posted: result.posted,
        ...reply,
      },
      { id: `i${incidents.size + 1}`, nowMs },
    );
    for (const { outcome } of applied.outcomes)
      incidents.set(outcome.incident.id, outcome.incident);
    return applied;
  };
  return { watch, incidents };
}

const FIRING = byDefault("[FIRING:1] ConsumerLag orders (warning)");
const TWO = byDefault("[FIRING:2] ConsumerLag orders (warning)");
const OVER = byDefault("[RESOLVED] ConsumerLag orders (warning)");

function saidBy({ reason, outcomes }: ExternalReading) {
  const kinds = outcomes.flatMap(({ outcome }) => outcome.notices.map(({ kind }) => kind));
  return [reason, ...kinds];
}

describe("a post", () => {
  test("opens an incident whose message it is, and gets the verdict and its runbook", () => {
    const { watch, incidents } = channel();
    assert.deepEqual(saidBy(watch(T0, FIRING)), ["opened", "diagnosis", "runbook"]);
    const [incident] = incidents.values();
    assert.partialDeepStrictEqual(incident, {
      id: "i1",
      isExternal: true,
      channel: "C1",
      messageTs: String(T0 / 1_000),
      groupKey: `slack:C1:${T0 / 1_000}`,
      openedAt: T0,
    });
  });

  test("delivered again, or edited to the same, says nothing", () => {
    const { watch } = channel();
    watch(T0, FIRING);
    assert.deepEqual(saidBy(watch(T0, FIRING)), ["stale"]);
    assert.deepEqual(saidBy(watch(T0, FIRING, { at: T0 + MINUTE })), ["unchanged"]);
  });

  test("that is resolved by an edit ends, and a late copy of its beginning changes nothing", () => {
    const { watch, incidents } = channel();
    watch(T0, FIRING);
    assert.deepEqual(saidBy(watch(T0, OVER, { at: T0 + 12 * MINUTE })), ["resolved", "resolved"]);
    const [incident] = incidents.values();
    assert.equal((incident?.resolvedAt ?? 0) - (incident?.openedAt ?? 0), 12 * MINUTE);
    const late = watch(T0, FIRING, { at: T0 + 13 * MINUTE, version: T0 });
    assert.deepEqual(saidBy(late), ["stale"]);
  });

  test("that fires again by an edit says so, without its runbook once more", () => {
    const { watch } = channel();
    watch(T0, FIRING);
    watch(T0, OVER, { at: T0 + MINUTE });
    assert.deepEqual(saidBy(watch(T0, FIRING, { at: T0 + 2 * MINUTE })), [
      "reopened",
      "reopened",
      "diagnosis",
    ]);
  });

  test("that is over when it is first received is left alone", () => {
    const { watch, incidents } = channel();
    assert.deepEqual(saidBy(watch(T0, OVER)), ["nothing-open"]);
    assert.equal(incidents.size, 0);
  });
});

describe("a group's later post", () => {
  test("goes on in the thread of the first while that one is in sight", () => {
    const { watch, incidents } = channel();
    watch(T0, FIRING);
    assert.deepEqual(saidBy(watch(T0 + 5 * MINUTE, TWO)), ["joined"]);
    assert.equal(incidents.size, 1);
  });

  test("that comes hours later takes the incident along, with its runbook and its past", () => {
    const { watch, incidents } = channel();
    watch(T0, FIRING);
    const later = T0 + 3 * HOUR;
    assert.deepEqual(saidBy(watch(later, TWO)), ["moved", "diagnosis", "runbook"]);
    assert.equal(incidents.size, 1);
    assert.partialDeepStrictEqual(incidents.get("i1"), {
      id: "i1",
      openedAt: T0,
      truncatedAlerts: 1,
      messageTs: String(later / 1_000),
      external: { posts: [String(T0 / 1_000)] },
    });
    assert.deepEqual(saidBy(watch(later, TWO)), ["stale"]);
    assert.deepEqual(saidBy(watch(T0 + 4 * HOUR, OVER)), ["resolved", "resolved"]);
  });

  test("by the other peer of an HA pair is reported in no thread of its own", () => {
    const { watch, incidents } = channel();
    watch(T0, FIRING);
    watch(T0 + 40, FIRING);
    assert.equal(incidents.size, 1);
  });

  test("of another group is another incident, and ends only its own", () => {
    const { watch, incidents } = channel();
    watch(T0, FIRING);
    watch(T0 + 10, byDefault("[FIRING:1] ConsumerLag payments (warning)"));
    watch(T0 + MINUTE, OVER);
    assert.deepEqual(
      [...incidents.values()].map(({ status }) => status),
      ["resolved", "firing"],
    );
  });

  test("brings the runbook of a name that is new, and shows what came and went", () => {
    const { watch } = channel();
    watch(T0, KUBE_PROMETHEUS);
    const [first] = KUBE_PROMETHEUS.attachments;
    assert.ok(first !== undefined);
    const text = first.text.replace("/var/lib2", "/var/lib3");
    const change = watch(T0, { text: "", attachments: [{ ...first, text }] }, { at: T0 + MINUTE });
    assert.deepEqual(saidBy(change), ["changed", "changed"]);
    const [notice] = change.outcomes[0]?.outcome.notices ?? [];
    assert.ok(notice?.kind === "changed");
    assert.deepEqual([notice.added.length, notice.gone.length], [1, 1]);
  });
});

test("a post that shows what fires and what is over is firing until both are over", () => {
  const { watch, incidents } = channel();
  watch(T0, GRAFANA);
  const [incident] = incidents.values();
  assert.equal(incident?.status, "firing");
  assert.deepEqual(
    incident?.alerts.map(({ status }) => status),
    ["firing", "resolved"],
  );
});

describe("a reply in the thread of a post", () => {
  test("that says it is resolved ends the incident", () => {
    const { watch, incidents } = channel();
    watch(T0, FIRING);
    const reading = watch(T0, OVER, { at: T0 + MINUTE, isReply: true });
    assert.deepEqual(saidBy(reading), ["resolved", "resolved"]);
    assert.equal([...incidents.values()][0]?.status, "resolved");
  });

  test("about another alert says nothing of it, and one below nothing known opens nothing", () => {
    const { watch, incidents } = channel();
    watch(T0, FIRING);
    const other = byDefault("[RESOLVED] KafkaDown orders (critical)");
    assert.equal(watch(T0, other, { at: T0 + MINUTE, isReply: true }).reason, "nothing-open");
    assert.equal(watch(T0 + HOUR, OVER, { isReply: true }).reason, "nothing-open");
    assert.equal([...incidents.values()][0]?.status, "firing");
  });
});
