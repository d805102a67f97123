/** An incident's message and the replies of its thread. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Alert } from "../../../src/alerts/alert.ts";
import { fit, sizeOf } from "../../../src/block-kit/fit.ts";
import type { Message } from "../../../src/block-kit/message.ts";
import {
  renderBrief,
  renderIncident as renderIncidentAt,
} from "../../../src/features/incidents/render-incident.ts";
import {
  renderReopened,
  renderResolved,
  renderUnexplained,
} from "../../../src/features/incidents/render-incident-replies.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import { assertHarmless, hostile } from "../../block-kit/hostile.ts";
import { firing, incidentOf, MINUTE, resolved, T0 } from "../../incidents/notifications.ts";
import fc from "../../support/fast-check.ts";

const renderIncident = (incident: Incident): Message => renderIncidentAt(incident, T0 + MINUTE);

const LAG = firing("a", {
  labels: { alertname: "ReplicationLag", severity: "critical", topic: "orders", job: "streamline" },
  annotations: { summary: "orders lags" },
});

function headerOf({ blocks }: Message): string {
  const [first] = blocks;
  assert.ok(first?.type === "header");
  return first.text.text;
}

function itemsOf({ blocks }: Message): number {
  return JSON.stringify(blocks[2]).split('"rich_text_section"').length - 1;
}

describe("a firing incident", () => {
  test("is reported by severity and name, how many fire since when, and each alert with its labels", () => {
    const message = renderIncident(incidentOf([LAG], { target: "orders-prod" }));
    assert.equal(headerOf(message), "🔴 CRITICAL ReplicationLag · orders-prod");
    assert.equal(
      message.text,
      [
        "🔴 CRITICAL ReplicationLag · orders-prod",
        "1 alert firing since <!date^1795402800^{time} {date_short_pretty}|2026-11-23 03:00 UTC>, <http://alertmanager:9093|Alertmanager>",
        "• ReplicationLag orders lags topic=orders job=streamline",
      ].join("\n"),
    );
    assert.deepEqual(message.blocks[2], {
      type: "rich_text",
      elements: [
        {
          type: "rich_text_list",
          style: "bullet",
          elements: [
            {
              type: "rich_text_section",
              elements: [
                { type: "text", text: "ReplicationLag", style: { bold: true } },
                { type: "text", text: " orders lags" },
                { type: "text", text: " " },
                { type: "text", text: "topic=orders", style: { code: true } },
                { type: "text", text: " " },
                { type: "text", text: "job=streamline", style: { code: true } },
              ],
            },
          ],
        },
      ],
    });
  });

  for (const [severity, expected] of [
    ["critical", "🔴 CRITICAL A"],
    ["Error", "🔴 ERROR A"],
    ["warning", "🟠 WARNING A"],
    ["info", "🔵 INFO A"],
    ["sev1", "🔴 SEV1 A"],
    ["gold", "⚪ GOLD A"],
    ["", "⚪ FIRING A"],
    ["constructor", "⚪ CONSTRUCTOR A"],
    ["x".repeat(10_000), `⚪ ${"X".repeat(19)}… A`],
  ] as const) {
    test(`of severity "${severity.slice(0, 12)}" begins "${expected}"`, () => {
      const incident = incidentOf([firing("a", { labels: { alertname: "A", severity } })]);
      assert.equal(headerOf(renderIncident(incident)), expected);
    });
  }

  test("has one colour of trouble: its verdict has its own only where that is worse, or good news", () => {
    const lineOf = (severity: string, mark: string): string | undefined => {
      const incident = incidentOf([firing("a", { labels: { alertname: "A", severity } })]);
      const lines = { mark, verdict: [{ type: "text" as const, text: "HTTP is down" }] };
      return renderIncidentAt(incident, T0, lines).text.split("\n")[1];
    };
    assert.equal(lineOf("critical", "🔴"), "HTTP is down");
    assert.equal(lineOf("critical", "🟠"), "HTTP is down");
    assert.equal(lineOf("warning", "🔴"), "🔴 HTTP is down");
    assert.equal(lineOf("critical", "🟢"), "🟢 HTTP is down");
    assert.equal(lineOf("of our own", "🔵"), "🔵 HTTP is down");
  });

  test("names what fires, not what is over", () => {
    const message = renderIncident(incidentOf([resolved("a"), firing("b")]));
    assert.equal(headerOf(message), "⚪ FIRING Alertb");
    assert.doesNotMatch(message.text, /Alerta/);
  });

  test("of many names shows three and the number of the others", () => {
    const message = renderIncident(
      incidentOf(["a", "b", "c", "d", "e"].map((each) => firing(each))),
    );
    assert.equal(headerOf(message), "⚪ FIRING Alerta, Alertb, Alertc and 2 more");
  });

  test("shows the description when there is no summary", () => {
    const alert = firing("a", { annotations: { description: "long story" } });
    assert.match(renderIncident(incidentOf([alert])).text, /Alerta long story/);
  });

  test("shows first the labels in which its alerts differ", () => {
    const labels = { alertname: "A", job: "streamline", zone: "b", instance: "x" };
    const message = renderIncident(incidentOf([firing("a", { labels })]));
    assert.match(message.text, /zone=b instance=x job=streamline$/);
  });

  test("counts labels beyond the eighth", () => {
    const labels = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`l${n}`, "v"]));
    assert.match(renderIncident(incidentOf([firing("a", { labels })])).text, / l7=v \+12 labels$/);
  });

  test("of 5,000 alerts lists ten, and counts the others and those that Alertmanager left out", () => {
    const alerts = Array.from({ length: 5_000 }, (_, n) =>
      firing(`${n}`, { labels: { n: `${n}` } }),
    );
    const message = renderIncident(incidentOf(alerts, { truncatedAlerts: 1 }));
    assert.equal(itemsOf(message), 10);
    assert.match(message.text, /5,000 alerts firing/);
    for (const words of [message.text, JSON.stringify(message.blocks.at(-2))]) {
      assert.match(words, /4,990 more alerts not listed.*1 alert left out by Alertmanager/);
    }
  });

  test("says what is not known once all that is named of a cut list is over", () => {
    const over = firing("a", { status: "resolved", endsAt: T0 });
    const message = renderIncident({
      ...incidentOf([firing("a")]),
      alerts: [over],
      truncatedAlerts: 3,
    });
    assert.match(message.text, /all named alerts are over.*does not say whether the 3 alerts/);
    assert.doesNotMatch(message.text, /0 alerts firing|RESOLVED/);
  });

  test("with long labels lists fewer alerts rather than none", () => {
    const labels = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [`l${n}${"n".repeat(200)}`, "v".repeat(10_000)]),
    );
    const annotations = { summary: "s".repeat(10_000) };
    const alerts = Array.from({ length: 10 }, (_, n) => firing(`${n}`, { labels, annotations }));
    const message = renderIncident(incidentOf(alerts));
    const shown = itemsOf(message);
    assert.ok(shown >= 1 && shown < 10, `${shown} alerts`);
    assert.match(message.text, new RegExp(`${10 - shown} more alerts not listed`));
    assert.deepEqual(fit(message).blocks, message.blocks, "nothing more had to be cut");
    assert.ok(message.blocks.reduce((sum, block) => sum + sizeOf(block), 0) < 12_000);
  });

  test("links to Alertmanager only where that is a web address of readable length", () => {
    for (const externalUrl of [
      "",
      "javascript:alert(1)",
      "http://x|<!channel>",
      "http://x y",
      `http://${"x".repeat(600)}`,
    ]) {
      const message = renderIncident(incidentOf([LAG], { externalUrl }));
      assert.doesNotMatch(message.text, /\|Alertmanager>/, externalUrl);
    }
    const message = renderIncident(incidentOf([LAG], { externalUrl: "http://x/?a=1&b=2" }));
    assert.match(message.text, /<http:\/\/x\/\?a=1&amp;b=2\|Alertmanager>/);
  });

  test("says how often it fired again", () => {
    assert.match(renderIncident(incidentOf([LAG], { reopened: 2 })).text, /fired again 2 times/);
  });
});

describe("a resolved incident", () => {
  const over: Incident = {
    ...incidentOf([resolved("a")]),
    openedAt: T0,
    resolvedAt: T0 + 12 * MINUTE,
  };

  test("says so, with the duration, and what it was about", () => {
    const message = renderIncident(over);
    assert.equal(headerOf(message), "✅ RESOLVED Alerta");
    assert.match(message.text, /resolved after 12 min/);
    assert.match(message.text, /• resolved: Alerta/);
  });

  test("is reported in the thread with its beginning and end", () => {
    assert.equal(
      renderResolved(over).text,
      "✅ Resolved after 12 min (<!date^1795402800^{time} {date_short_pretty}|2026-11-23 03:00 UTC> to <!date^1795403520^{time} {date_short_pretty}|2026-11-23 03:12 UTC>).",
    );
  });
});

test("firing again is reported with the names that do", () => {
  const message = renderReopened(incidentOf([resolved("a"), firing("b")]));
  assert.match(message.text, /^🔁 Firing again: Alertb, since <!date\^1795402800/);
});

test("names without a runbook in the thread are listed with the command that shows them", () => {
  const message = renderUnexplained(Array.from({ length: 25 }, (_, n) => `Alert${n}`));
  assert.match(
    message.text,
    /^Also firing: Alert0, .*Alert19 and 5 more\. Ask .* runbook ALERT\.$/,
  );
});

test("the least that can be reported names the alerts", () => {
  const message = renderBrief(incidentOf([LAG]));
  assert.match(message.text, /^🔴 CRITICAL ReplicationLag\. .* could not be shown/);
});

const alert: fc.Arbitrary<Alert> = fc
  .record({
    fingerprint: fc.string({ minLength: 1 }),
    alertname: hostile,
    severity: hostile,
    labels: fc.dictionary(hostile, hostile, { maxKeys: 12 }),
    annotations: fc.record({ summary: hostile }),
    isOver: fc.boolean(),
  })
  .map(({ fingerprint, labels, alertname, severity, annotations, isOver }) =>
    (isOver ? resolved : firing)(fingerprint, {
      labels: { ...labels, alertname, severity },
      annotations,
    }),
  );

test("whatever the alerts say, no message mentions, links, breaks out or is refused", () => {
  const alerts = fc.uniqueArray(alert, {
    minLength: 1,
    maxLength: 12,
    selector: (each) => each.fingerprint,
  });
  fc.assert(
    fc.property(alerts, hostile, fc.nat(), (given, externalUrl, truncatedAlerts) => {
      const incident = incidentOf(given, { externalUrl, truncatedAlerts });
      assertHarmless(renderIncident(incident));
      assertHarmless(renderResolved(incident));
      assertHarmless(renderReopened(incident));
      assertHarmless(renderBrief(incident));
      assertHarmless(renderUnexplained(given.map(({ labels }) => labels["alertname"] ?? "")));
    }),
    { numRuns: 300 },
  );
});
