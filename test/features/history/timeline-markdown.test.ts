/** An incident's story as Markdown, and that strangers' text in it is text. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { timelineMarkdown } from "../../../src/features/history/timeline-markdown.ts";
import { inCode } from "../../../src/features/history/timeline-text.ts";
import { type KeptEvent, storyOf } from "../../../src/incidents/story.ts";
import { hostile } from "../../block-kit/hostile.ts";
import {
  firing,
  incidentOf,
  MINUTE,
  notification,
  resolved,
  T0,
} from "../../incidents/notifications.ts";
import fc from "../../support/fast-check.ts";

const names = (id: string): string => (id === "U0ALICE" ? "Alice" : id);

function told(
  at: number,
  reason: "opened" | "changed" | "resolved" | "unchanged",
  alerts = [firing("a")],
): KeptEvent {
  return { kind: "notification", at: T0 + at, reason, notification: notification(alerts) };
}

const STORY: readonly KeptEvent[] = [
  told(0, "opened"),
  told(MINUTE, "changed", [firing("a"), firing("b")]),
  told(MINUTE + 1, "unchanged", [firing("a"), firing("b")]),
  {
    kind: "audit",
    at: T0 + 2 * MINUTE,
    who: "U0ALICE",
    action: "acknowledge",
    detail: { until: T0 + 60 * MINUTE },
  },
  {
    kind: "audit",
    at: T0 + 3 * MINUTE,
    who: "U0BOB",
    action: "silence",
    detail: { until: T0 + 30 * MINUTE, comment: "@channel <b>known</b>" },
  },
  told(4 * MINUTE, "changed", [firing("b")]),
  told(9 * MINUTE, "resolved", [resolved("a"), resolved("b")]),
];

const INCIDENT = incidentOf([firing("a")], {
  status: "resolved",
  openedAt: T0,
  firedAt: [T0],
  resolvedAt: T0 + 9 * MINUTE,
  target: "orders",
});

test("the story has every entry with its time in UTC, and the durations", () => {
  const said = [{ at: T0 + 5 * MINUTE, by: "U0ALICE", text: "I deleted\nthe old segments" }];
  const text = timelineMarkdown(storyOf(INCIDENT, STORY, said), { nameOf: names });
  const timeline = text.slice(text.indexOf("## Timeline"), text.indexOf("## Alerts")).trim();
  assert.equal(
    timeline,
    [
      "## Timeline (UTC, when the bot learned of it)",
      "",
      "- 2026-11-23 03:00:00 **fired**: `Alerta`",
      "- 2026-11-23 03:01:00 **changed**: 1 new: `Alertb`",
      "- 2026-11-23 03:02:00 **acknowledged** by `Alice` until 2026-11-23 04:00:00",
      "- 2026-11-23 03:03:00 **silenced** by `U0BOB` until 2026-11-23 03:30:00: `@channel <b>known</b>`",
      "- 2026-11-23 03:04:00 **changed**: 1 resolved: `Alerta`",
      "- 2026-11-23 03:05:00 `Alice` wrote: `I deleted the old segments`",
      "- 2026-11-23 03:09:00 **resolved**",
    ].join("\n"),
  );
  assert.match(text, /^# Incident: `Alerta`\n/);
  assert.match(text, /- Target: `orders`/);
  assert.match(text, /- Time to acknowledge: 2 min\n- Time to resolve: 9 min/);
});

test("a command is shown as what was asked, once, with the person's name", () => {
  const at = T0 + 6 * MINUTE;
  const asked: KeptEvent = {
    kind: "audit",
    at: at + 40,
    who: "U0ALICE",
    action: "asked",
    detail: { command: "why-slow `orders`", ts: String(at / 1_000) },
  };
  const said = [
    { at, by: "U0ALICE", text: "@streamline why-slow `orders`" },
    { at, by: "U0BOB", text: "why slow?" },
  ];
  const text = timelineMarkdown(storyOf(INCIDENT, [...STORY, asked], said), { nameOf: names });
  assert.match(text, /03:06:00 \*\*asked\*\* by `Alice`: ``\s?why-slow `orders`\s?``/);
  assert.doesNotMatch(text, /@streamline/);
  assert.match(text, /`U0BOB` wrote: `why slow\?`/);
});

test("an incident that goes on, and of which nothing is kept, says so", () => {
  const open = incidentOf([firing("a")]);
  const text = timelineMarkdown(storyOf(open, [], []), { nameOf: names, unread: "missing_scope" });
  assert.match(text, /- Resolved: not yet\n[\s\S]*- Time to acknowledge: nobody acknowledged it/);
  assert.match(text, /^- No entr/m);
  assert.match(text, /could not be read: `missing_scope`/);
});

test("a storm of changes is cut in the middle, and that is reported", () => {
  const storm = Array.from({ length: 3_000 }, (_, n) =>
    told(n * 1_000, "changed", n % 2 === 0 ? [firing("a")] : [firing("b")]),
  );
  const text = timelineMarkdown(storyOf(INCIDENT, storm, []), { nameOf: names });
  assert.match(text, /\n- … 2,000 entries left out …\n/);
});

/** Kinds of nodes that only our own words make. */
const OWN = new Set([
  "root",
  "heading",
  "list",
  "listItem",
  "paragraph",
  "text",
  "strong",
  "inlineCode",
]);

function kindsIn(node: { type: string; children?: readonly unknown[] }): string[] {
  const children = (node.children ?? []) as { type: string }[];
  return [node.type, ...children.flatMap(kindsIn)];
}

test("strangers' text makes no link, mention, HTML or heading", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const alert = firing("a", {
        labels: { alertname: text, [text]: text },
        annotations: { summary: text },
      });
      const entries: KeptEvent[] = [
        told(0, "opened", [alert]),
        { kind: "audit", at: T0, who: text, action: text, detail: { comment: text, until: 1e99 } },
      ];
      const said = [{ at: T0 + 1, by: text, text }];
      const incident = incidentOf([alert], { target: text, id: text });
      const markdown = timelineMarkdown(storyOf(incident, entries, said), {
        nameOf: () => text,
        unread: text,
      });
      const tree = fromMarkdown(markdown, {
        extensions: [gfm()],
        mdastExtensions: [gfmFromMarkdown()],
      });
      assert.deepEqual(
        kindsIn(tree).filter((kind) => !OWN.has(kind)),
        [],
      );
    }),
  );
});

test("a code span shows backticks as they are", () => {
  assert.equal(inCode("a ``b`` c"), "```a ``b`` c```");
  assert.equal(inCode("`"), "`` ` ``");
  assert.equal(inCode(" \n "), "(empty)");
});

test("what the diagnosis named stands at its time, and addresses lead on, as text", () => {
  const annotations = {
    runbook_url: "https://wiki.example/Alerta",
    dashboard_url: "https://grafana.example/d/x?a=<script>",
  };
  const found = [{ check: "disk-full", title: "The disk is full", since: T0 + 30_000 }];
  const incident = { ...INCIDENT, alerts: [firing("a", { annotations })], found };
  const message = "https://x.slack.com/archives/C1/p1";
  const text = timelineMarkdown(storyOf(incident, STORY, []), { nameOf: names, message });
  assert.match(text, /03:00:30 \*\*cause began\*\*, by the bot's diagnosis: `The disk is full`/);
  const links = text.slice(text.indexOf("## Links"));
  assert.match(links, /- Slack: `https:\/\/x\.slack\.com\/archives\/C1\/p1`/);
  assert.match(links, /- Runbook: `https:\/\/wiki\.example\/Alerta`/);
});

test("the facts say the cause that was found, and what ended it by whose word", () => {
  const since = T0 - 2 * MINUTE;
  const incident = incidentOf([firing("a")], {
    found: [{ check: "disk-full", title: "disk full", since }],
  });
  const cleared: KeptEvent = {
    kind: "audit",
    at: T0 + 8 * MINUTE,
    who: "U0ALICE",
    action: "feedback",
    detail: { verdict: "cleared", step: "Delete *old* segments" },
  };
  const text = timelineMarkdown(storyOf(incident, [...STORY, cleared], []), { nameOf: names });
  const facts = text.slice(0, text.indexOf("## Timeline"));
  assert.match(
    facts,
    /\n\n- Resolved: .*\n- Cause.*: `disk full`, since 2026-11-23 02:58:00 UTC\n/,
  );
  assert.match(facts, /- What fixed it: .*`Alice`: `Delete \*old\* segments`/);
  assert.match(text, /- 2026-11-23 02:58:00 \*\*cause began\*\*, .*`disk full`/);
});
