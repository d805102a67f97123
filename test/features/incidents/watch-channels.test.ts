/** A post that was heard: which server it is about, when its thread is told, and what is counted. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type { SlackPost } from "../../../src/alerts/slack-post.ts";
import type { Route } from "../../../src/config/config.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { createOutbox } from "../../../src/edges/store/outbox.ts";
import { watchChannels } from "../../../src/features/incidents/watch-channels.ts";
import { byDefault, KUBE_PROMETHEUS } from "../../alerts/slack-posts.ts";
import { libraryOf } from "../../block-kit/sections.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { T0 } from "../../incidents/notifications.ts";
import { createLog, createMeter } from "../fakes.ts";

const PROD: Target = { ...TARGET, name: "prod", labels: { job: "streamline", env: "prod" } };
const STAGING: Target = { ...TARGET, name: "staging", labels: { job: "streamline", env: "stage" } };
const library = libraryOf({
  "runbooks/Lag.md": "---\ntitle: Lag\nalerts: [lag]\n---\n## Meaning\n\nBehind.\n",
  "MONITORING.md": "# Monitoring\n\n## Prod\n\nText.\n",
});

interface Given {
  readonly targets?: readonly Target[];
  readonly routes?: readonly Route[];
}

async function setUp(t: TestContext, { targets = [PROD, STAGING], routes = [] }: Given = {}) {
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" }, { now: () => T0 });
  t.after(() => database.close());
  const incidents = createIncidentStore(database);
  const outbox = createOutbox(database);
  const [log, meter] = [createLog(), createMeter()];
  const watch = watchChannels(
    {
      incidents,
      knowledge: { library: () => library },
      clock: { now: () => T0 },
      log,
      meter,
      newId: () => crypto.randomUUID(),
      wakeDelivery: () => undefined,
    },
    { routes, targets, watch: ["C1"] },
  );
  const post = async (from: SlackPost, channel = "C1") => {
    const ts = String(T0 / 1_000);
    await watch({ channel, ts, version: Number(ts), post: from });
    return incidents.incidentAt(channel, ts);
  };
  return { post, incidents, outbox, log, meter };
}

describe("which server it is about", () => {
  for (const [subject, target, labels] of [
    ["[FIRING:1] lag streamline (prod warning)", "prod", { job: "streamline", env: "prod" }],
    ["[FIRING:1] lag streamline (stage)", "staging", { env: "stage" }],
    ["[FIRING:1] lag streamline (warning)", undefined, { severity: "warning" }],
    ["[FIRING:1] lag streamline (prod stage)", undefined, {}],
  ] as const) {
    test(`${subject}: ${target ?? "nobody knows"}`, async (t) => {
      const { post } = await setUp(t);
      const incident = await post(byDefault(subject));
      assert.equal(incident?.target, target);
      assert.partialDeepStrictEqual(incident?.alerts[0]?.labels, { alertname: "lag", ...labels });
    });
  }

  test("the only target, when it names no labels", async (t) => {
    const { post } = await setUp(t, { targets: [{ ...TARGET, labels: {} }] });
    assert.equal((await post(byDefault("[FIRING:1] lag")))?.target, TARGET.name);
  });

  test("labels that are told decide, and no guess is made beside them", async (t) => {
    const { post } = await setUp(t);
    assert.equal((await post(KUBE_PROMETHEUS))?.target, undefined);
  });
});

test("a runbook's name is known for one, a page's is not", async (t) => {
  const { post } = await setUp(t);
  const incident = await post(byDefault("[FIRING:1] monitoring (lag prod)"));
  assert.equal(incident?.alerts[0]?.labels["alertname"], "lag");
});

test("where webhooks end up in the same channel, the thread waits for them a moment", async (t) => {
  const alone = await setUp(t);
  await alone.post(byDefault("[FIRING:1] lag"));
  assert.equal(await alone.outbox.nextDueIn(), 0);
  const both = await setUp(t, { routes: [{ match: {}, channel: "C1" }] });
  await both.post(byDefault("[FIRING:1] lag"));
  assert.equal(await both.outbox.nextDueIn(), 2_000);
});

test("what is heard is counted by what it did, and other channels are not heard at all", async (t) => {
  const { post, meter, log } = await setUp(t);
  await post(byDefault("[FIRING:1] lag"));
  await post(byDefault("[FIRING:1] lag"));
  await post({ text: "Build 12 passed", attachments: [] });
  await post(byDefault("[FIRING:1] lag"), "C2");
  assert.deepEqual(meter.counts, ["heard opened", "heard stale", "heard unparseable"]);
  assert.ok(log.lines.includes("debug: a post is left alone"));
});
