/** Other apps' posts about alerts, in every template that people use, and what is no such post. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Posted, parseSlackPost } from "../../src/alerts/parse-slack-post.ts";
import type { SlackPost } from "../../src/alerts/slack-post.ts";
import { HOSTILE_PIECES, hostile } from "../block-kit/hostile.ts";
import fc from "../support/fast-check.ts";
import { attachment, byDefault, GRAFANA, KUBE_PROMETHEUS, MONZO, postOf } from "./slack-posts.ts";

const KNOWN = new Set([
  "ConsumerLag",
  "DiskFull",
  "StreamlineDown",
  "Disk is nearly full",
  "watchdog",
]);
const isKnown = (name: string): boolean => KNOWN.has(name);

function read(post: SlackPost): Posted {
  const result = parseSlackPost(post, isKnown);
  assert.ok(result.kind === "alerts", JSON.stringify(result));
  return result.posted;
}

function reasonOf(post: SlackPost): string {
  const result = parseSlackPost(post, isKnown);
  assert.ok(result.kind !== "alerts", JSON.stringify(result));
  return result.reason;
}

const labelsOf = (post: SlackPost) => read(post).alerts.map(({ labels }) => labels);

describe("Alertmanager's own template", () => {
  for (const [subject, name, words] of [
    [
      "[FIRING:2] ConsumerLag streamline (b:9094 warning)",
      "ConsumerLag",
      ["streamline", "b:9094", "warning"],
    ],
    ["[FIRING:1] ConsumerLag ", "ConsumerLag", []],
    ["[FIRING:1] streamline (DiskFull critical 2)", "DiskFull", ["streamline", "critical", "2"]],
    ["[FIRING:1]  (StreamlineDown critical)", "StreamlineDown", ["critical"]],
    ["[RESOLVED] ConsumerLag streamline (warning)", "ConsumerLag", ["streamline", "warning"]],
    ["[FIRING:1] MyOwnRule prod", "MyOwnRule", ["prod"]],
    ["[FIRING:1] prod (MyOwnRule)", "MyOwnRule", ["prod"]],
    ["[FIRING:1] my_own_rule", "my_own_rule", []],
    ["[FIRING:1] watchdog prod", "watchdog", ["prod"]],
    ["[FIRING:3] Disk is nearly full", "Disk is nearly full", ["Disk", "is", "nearly", "full"]],
  ] as const) {
    test(`${subject} is ${name}`, () => {
      const posted = read(byDefault(subject));
      assert.equal(posted.alerts[0]?.labels["alertname"], name);
      assert.deepEqual(posted.words, words);
    });
  }

  test("shows severity and instance by what they look like, and how many alerts it leaves out", () => {
    const posted = read(byDefault("[FIRING:12] ConsumerLag streamline (b:9094 warning)"));
    assert.deepEqual(posted.alerts[0]?.labels, {
      alertname: "ConsumerLag",
      severity: "warning",
      instance: "b:9094",
    });
    assert.deepEqual([posted.status, posted.unlisted], ["firing", 11]);
  });

  test("is of one group while what its alerts share changes, firing and resolved", () => {
    const groups = [
      "[FIRING:2] ConsumerLag streamline (b:9094 warning)",
      "[FIRING:1] ConsumerLag streamline (b:9094 orders warning)",
      "[RESOLVED] ConsumerLag streamline (warning)",
    ].map((subject) => read(byDefault(subject)).group);
    assert.deepEqual(new Set(groups).size, 1);
    assert.notEqual(read(byDefault("[FIRING:2] ConsumerLag other (b:9094)")).group, groups[0]);
  });
});

describe("other templates", () => {
  test("kube-prometheus' examples tell each alert with all of its labels", () => {
    const posted = read(KUBE_PROMETHEUS);
    assert.deepEqual(
      posted.alerts.map(({ labels }) => labels),
      ["/var/lib", "/var/lib2"].map((path) => ({
        severity: "critical",
        alertname: "DiskFull",
        job: "streamline",
        path,
      })),
    );
    assert.deepEqual(posted.alerts[0]?.annotations, {
      summary: "disk",
      description: "the disk: full",
    });
    assert.deepEqual([posted.unlisted, posted.group], [0, "k|1"]);
  });

  test("labels may share a line", () => {
    const text = "*Alert:* lag\n*Details:* • *alertname:* `ConsumerLag` • *topic:* `a b`";
    assert.deepEqual(labelsOf(postOf({ title: "[FIRING:1] x", text })), [
      { alertname: "ConsumerLag", topic: "a b" },
    ]);
  });

  test("a line that names the alert where others have the summary names it", () => {
    const text = "*Alert:* ConsumerLag - `warning`\n*Details:*\n • *topic:* `orders`";
    assert.deepEqual(labelsOf(postOf({ title: "[FIRING:1] Something", text })), [
      { alertname: "ConsumerLag", severity: "warning", topic: "orders" },
    ]);
  });

  test("Monzo's names the labels in the link that silences", () => {
    assert.deepEqual(labelsOf(MONZO), [
      { alertname: "ConsumerLag", group: "billing", topic: "orders" },
    ]);
  });

  test("Grafana's shows what fires and what is over in one post", () => {
    const posted = read(GRAFANA);
    assert.deepEqual(
      posted.alerts.map(({ status, labels }) => [status, labels["topic"]]),
      [
        ["firing", "orders"],
        ["resolved", "payments"],
      ],
    );
    assert.deepEqual(posted.alerts[0]?.annotations, { summary: "produce is slow" });
    assert.deepEqual([posted.status, posted.unlisted], ["firing", 0]);
  });

  test("fields may carry the labels, and the colour the status", () => {
    const post = postOf({
      color: "good",
      fields: [
        { title: "Alert Name", value: "ConsumerLag" },
        { title: "Severity", value: "warning" },
        { title: "Summary", value: "lag" },
      ],
    });
    assert.equal(read(post).status, "resolved");
    assert.deepEqual(labelsOf(post), [{ alertname: "ConsumerLag", severity: "warning" }]);
  });

  test("a post without attachments is read by its text", () => {
    const post = { text: "FIRING: DiskFull on b:9094", attachments: [] };
    assert.deepEqual(labelsOf(post), [{ alertname: "DiskFull", instance: "b:9094" }]);
  });

  test("several attachments are one group, firing while one of them fires", () => {
    const attachments = ["[RESOLVED] DiskFull", "[FIRING:1] ConsumerLag"].map((title) =>
      attachment({ title }),
    );
    const posted = read({ text: "", attachments });
    assert.equal(posted.status, "firing");
    assert.deepEqual(
      posted.alerts.map(({ status, labels }) => `${status} ${labels["alertname"]}`),
      ["resolved DiskFull", "firing ConsumerLag"],
    );
  });

  test("a resolved post has nothing that fires, whatever its text lists", () => {
    const { attachments } = KUBE_PROMETHEUS;
    const [first] = attachments;
    const posted = read(postOf({ ...first, title: "[RESOLVED] Monitoring Event Notification" }));
    assert.deepEqual(
      posted.alerts.map(({ status }) => status),
      ["resolved", "resolved"],
    );
  });
});

describe("what is no such post", () => {
  for (const [what, post, reason] of [
    ["a build's result", postOf({ title: "Build #12 passed", color: "good" }), /fires or is/],
    ["an issue that was resolved", { text: "BUG-1 was resolved by bob", attachments: [] }, /fires/],
    ["an empty one", { text: "", attachments: [] }, /fires/],
    ["a group that shares no name", byDefault("[FIRING:5] a b c (d e)"), /names no alert/],
    ["one that names nothing", byDefault("[FIRING:5] "), /names no alert/],
  ] as const) {
    test(`${what} is left alone, with the reason`, () => {
      assert.match(reasonOf(post), reason);
    });
  }

  test("whatever strangers post, it is read or not, and never more than it may hold", () => {
    const piece = fc.oneof(
      hostile,
      fc.constantFrom(
        ...HOSTILE_PIECES,
        "[FIRING:3] ",
        "[RESOLVED] ConsumerLag",
        "\n • *alertname:* `A`",
        "\nLabels:\n - a = ",
        "\n**Resolved**\n",
        "(((",
        "__proto__: x",
      ),
    );
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    const post = fc.record({
      text,
      attachments: fc.array(
        fc
          .record({ title: text, text, fallback: text, pretext: text, titleLink: text })
          .map((parts) => attachment({ ...parts, links: [parts.titleLink] })),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(post, (each) => {
        const result = parseSlackPost(each, isKnown);
        if (result.kind !== "alerts") return;
        assert.ok(result.posted.alerts.length > 0);
        for (const { labels } of result.posted.alerts) {
          assert.ok(labels["alertname"] !== undefined);
          assert.ok(Object.keys(labels).length <= 150);
        }
      }),
    );
  });

  test("thousands of alerts in one post are cut to the first hundred, and the rest counted", () => {
    const alert = "*Alert:* x\n*Details:*\n • *alertname:* `ConsumerLag`\n";
    const posted = read(postOf({ title: "[FIRING:3000] x", text: alert.repeat(3_000) }));
    assert.deepEqual([posted.alerts.length, posted.unlisted], [100, 2_900]);
  });
});
