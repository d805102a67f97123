/** A row of the outbox as the message it stands for, with what is known when it is said. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plain } from "../../../src/block-kit/blocks.ts";
import type { Message } from "../../../src/block-kit/message.ts";
import { renderNotice } from "../../../src/features/delivery/notice-message.ts";
import { runbookNotices } from "../../../src/features/delivery/runbook-notice.ts";
import { createLearning } from "../../../src/features/search/learning.ts";
import { shownSteps } from "../../../src/features/search/shown-steps.ts";
import { healthOf } from "../../../src/features/targets/health-command.ts";
import type { VerdictLines } from "../../../src/features/why-slow/verdict-lines.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import type { Notice } from "../../../src/incidents/notice.ts";
import { createSearch } from "../../../src/search/create-search.ts";
import { searchSections } from "../../../src/search/library-sections.ts";
import type { SectionVerdicts } from "../../../src/search/weigh-sections.ts";
import { libraryOf } from "../../block-kit/sections.ts";
import { healthyPoll, TARGET } from "../../diagnosis/polls.ts";
import { firing, incidentOf, MINUTE, resolved, T0 } from "../../incidents/notifications.ts";

const library = libraryOf({
  "runbooks/ConsumerSlow.md": `---
title: A consumer is slow
alerts: [ConsumerSlow]
fills: {GROUP: group}
---
## Diagnosis

\`\`\`sh
curl \${STREAMLINE_HTTP:-http://localhost:9094}/groups/\${GROUP:?name the group}
\`\`\`

## Mitigation

Add a consumer.
`,
  "TROUBLESHOOTING.md": "# T\n\n## Disk is full\n\nDelete old segments.\n",
});
const search = await createSearch(searchSections(library));

/** Incidents that had the alerts, for what is heard of them elsewhere. */
let others: Incident[] = [];

/** What people have said of the sections of any alert. */
const learned: { verdicts: SectionVerdicts[]; isPageOrder: boolean } = {
  verdicts: [],
  isPageOrder: false,
};

/** What the message of an incident was shown with. */
const shownLines: (VerdictLines | undefined)[] = [];

const memory = {
  judgedRules: async () => ({ held: [], passedOver: [] }),
  metricNames: () => new Set<string>(),
};
const poll = { health: async () => healthyPoll(), counts: () => ({ requests: 0, bytes: 0 }) };

const render = renderNotice({
  incidents: { incidentsOf: async () => others },
  verdicts: {
    lines: ({ target }) =>
      target === undefined
        ? undefined
        : { mark: "🔴", verdict: [plain(`why ${target}`)], first: [plain("First: look.")] },
    shown: (_, lines) => shownLines.push(lines),
    open: async ({ target }, health) =>
      target === "orders"
        ? { text: `why ${target}, ${(await health)?.text}`, blocks: [] }
        : undefined,
  },
  targets: [TARGET],
  health: (target) => healthOf({ poll, memory }, target),
  runbook: runbookNotices({
    knowledge: {
      library: () => library,
      ask: (question, options) => search.ask(question, options),
    },
    memory,
    learning: createLearning({
      verdicts: async () => learned.verdicts,
      isPageOrder: async () => learned.isPageOrder,
    }),
    verdicts: { active: () => new Set() },
  }),
  steps: (incident) => shownSteps(incident, { library, checks: [] }),
  clock: { now: () => T0 + MINUTE },
  jumpTo: (channel, ts) => `https://example.slack.com/archives/${channel}/p${ts}`,
});

function said(notice: Notice, incident: Incident): Promise<Message | undefined> {
  return render(
    {
      id: 1,
      key: "i1.1",
      incidentId: incident.id,
      channel: incident.channel,
      notice,
      priority: 0,
      attempts: 0,
      isAmbiguous: false,
      createdAt: 0,
      sharers: 1,
    },
    incident,
  );
}

const CLEARED: SectionVerdicts = {
  sectionId: "runbooks/ConsumerSlow.md#mitigation",
  useful: 0,
  notUseful: 0,
  cleared: 4,
  incidents: 5,
};

const SLOW = firing("a", { labels: { alertname: "ConsumerSlow", group: "billing" } });

describe("a runbook", () => {
  const notice = { kind: "runbook", alert: "ConsumerSlow", fingerprint: "a" } as const;

  test("has its commands filled in from the alert's own labels and the target", async () => {
    const other = firing("b", { labels: { alertname: "ConsumerSlow", group: "other" } });
    const message = await said(notice, incidentOf([other, SLOW], { target: "orders" }));
    assert.match(message?.text ?? "", /curl http:\/\/10\.0\.0\.5:9094\/groups\/billing\n/);
  });

  test("asks whether it helped, with ids alone in its buttons", async () => {
    const message = await said(notice, incidentOf([SLOW]));
    const blocks = JSON.stringify(message?.blocks);
    assert.match(blocks, /"action_id":"useful","value":"i1 0 -"/);
    assert.match(blocks, /"action_id":"not_useful","value":"i1 0 -"/);
    assert.doesNotMatch(blocks, /page's order/, "there is no other order");
  });

  test("shows first what cleared the alert before, says so, and offers the page's order", async () => {
    learned.verdicts = [CLEARED];
    const message = await said(notice, incidentOf([SLOW]));
    assert.match(
      message?.text ?? "",
      /\n\*Mitigation\*\n⬆️ raised: cleared 4 of 5 times\n[\s\S]*\*Diagnosis\*/,
    );
    assert.match(JSON.stringify(message?.blocks), /Show in the page's order/);
    learned.isPageOrder = true;
    const plain = await said(notice, incidentOf([SLOW]));
    assert.match(plain?.text ?? "", /\*Diagnosis\*[\s\S]*\*Mitigation\*/);
    assert.match(JSON.stringify(plain?.blocks), /Show first what helped/);
    Object.assign(learned, { verdicts: [], isPageOrder: false });
  });

  test("of an alert that has left is filled in from the group's labels", async () => {
    const incident = incidentOf([firing("b")], { groupLabels: { group: "billing" } });
    assert.match((await said(notice, incident))?.text ?? "", /groups\/billing\n/);
  });

  test("without a target keeps the placeholder of its address", async () => {
    const message = await said(notice, incidentOf([SLOW]));
    assert.match(message?.text ?? "", /curl \$\{STREAMLINE_HTTP:-http/);
  });

  test("that is not there is reported, with the sections nearest to the name and the summary", async () => {
    const alert = firing("a", {
      labels: { alertname: "NewAlert" },
      annotations: { summary: "the disk is full" },
    });
    const message = await said({ ...notice, alert: "NewAlert" }, incidentOf([alert]));
    assert.match(message?.text ?? "", /^No runbook covers NewAlert\. .*\n• T › Disk is full$/);
  });
});

test("the thread opens with the verdict on its target, and its health now", async () => {
  const incident = incidentOf([SLOW], { target: "orders" });
  const message = await said({ kind: "diagnosis" }, incident);
  assert.match(message?.text ?? "", /^why orders, .*orders/);
});

test("the message has the verdict and the first step below its title while it fires", async () => {
  const incident = incidentOf([SLOW], { target: "orders" });
  const text = (await said({ kind: "incident" }, incident))?.text ?? "";
  assert.match(text, /^⚪ FIRING ConsumerSlow · orders\n🔴 why orders\nFirst: look\.\n/);
  assert.ok(shownLines.at(-1) !== undefined, "it is remembered as shown");
  const over = incidentOf([resolved("a")], { target: "orders", status: "resolved" });
  assert.doesNotMatch((await said({ kind: "incident" }, over))?.text ?? "", /why orders/);
  assert.equal(shownLines.at(-1), undefined);
});

test("of a target that is unknown, or gone from the configuration, there is nothing to say", async () => {
  for (const incident of [incidentOf([SLOW]), incidentOf([SLOW], { target: "gone" })]) {
    assert.equal(await said({ kind: "diagnosis" }, incident), undefined);
  }
});

test("the incident, its end, its return and its other alerts are reported from its state", async () => {
  const open = incidentOf([SLOW]);
  assert.match((await said({ kind: "incident" }, open))?.text ?? "", /FIRING ConsumerSlow/);
  assert.match((await said({ kind: "reopened" }, open))?.text ?? "", /^🔁 Firing again/);
  assert.match((await said({ kind: "resolved" }, incidentOf([resolved("a")])))?.text ?? "", /^✅ /);
  const notice = { kind: "unexplained", alerts: ["X", "Y"] } as const;
  assert.match((await said(notice, open))?.text ?? "", /^Also firing: X, Y\./);
});

test("the end asks what fixed it: the steps that the thread showed, a note, nothing of this", async () => {
  const over = incidentOf([SLOW], { status: "resolved", resolvedAt: T0 + MINUTE });
  const message = await said({ kind: "resolved" }, over);
  assert.match(message?.text ?? "", /^✅ Resolved after .*What fixed it\? Choose in the thread\.$/);
  const blocks = JSON.stringify(message?.blocks);
  const labels: readonly string[] = blocks.match(/"text":"[^"]*"/g) ?? [];
  const has = (label: RegExp): boolean => labels.some((each) => label.test(each));
  for (const label of [/write a note/, /None of these/, /Mitigation · A consumer is slow/])
    assert.ok(has(label), `${label} in ${labels.join()}`);
  // What a page says of the alert and of how to look ends nothing.
  assert.ok(!has(/Diagnosis|Meaning/), labels.join());
});

test("a subscriber is told what fires and where its thread is", async () => {
  const incident = incidentOf([SLOW], { messageTs: "1.2" });
  const message = await said({ kind: "subscribed" }, incident);
  const link = "<https://example.slack.com/archives/C0INCIDENTS/p1.2|the thread>";
  assert.match(message?.text ?? "", /^⚪ FIRING ConsumerSlow\n/);
  assert.ok(message?.text.includes(link));
  assert.doesNotMatch(
    (await said({ kind: "subscribed" }, incidentOf([SLOW])))?.text ?? "",
    /thread>/,
  );
});

describe("of a heard incident", () => {
  const notice: Notice = { kind: "runbook", alert: "ConsumerSlow", fingerprint: "a" };
  const slow = firing("a", { labels: { alertname: "ConsumerSlow" } });
  const external: Incident = {
    ...incidentOf([slow]),
    isExternal: true,
    firedAt: [T0],
    messageTs: "1.1",
  };

  test("the message is another app's, and the bot says nothing in its place", async () => {
    others = [];
    assert.equal(await said({ kind: "incident" }, external), undefined);
    assert.match((await said(notice, external))?.text ?? "", /^Runbook: /);
  });

  test("nothing is reported that a message of the bot's own shows in the same channel", async () => {
    const own: Incident = { ...incidentOf([slow]), id: "own", firedAt: [T0 + MINUTE] };
    others = [external, own];
    for (const each of [notice, { kind: "diagnosis" }, { kind: "resolved" }] as const) {
      assert.equal(await said(each, external), undefined);
    }
    const done: Notice = { kind: "acknowledged", by: "U0ALICE", until: T0 + 60 * MINUTE };
    assert.match((await said(done, external))?.text ?? "", /is on it/, "but what people do is");
  });

  test("what another channel or an earlier firing had is reported again", async () => {
    for (const other of [
      { channel: "C9" },
      { firedAt: [T0 - 60 * MINUTE] },
      { isExternal: true },
    ] as const) {
      others = [{ ...incidentOf([slow]), firedAt: [T0], ...other }];
      assert.match((await said(notice, external))?.text ?? "", /^Runbook: /);
    }
  });
});
