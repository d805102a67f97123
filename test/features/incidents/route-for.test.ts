/** Which route takes a group: by labels, by matchers as Alertmanager reads them, and by source. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseMatcher } from "../../../src/alerts/parse-matcher.ts";
import type { Route } from "../../../src/config/config.ts";
import { routeFor, routeOfIncident } from "../../../src/features/incidents/route-for.ts";
import { firing, incidentOf } from "../../incidents/notifications.ts";

interface Asked {
  readonly match?: Readonly<Record<string, string>>;
  readonly matchers?: readonly string[];
  readonly sources?: readonly string[];
}

function route({ match = {}, matchers = [], sources }: Asked, channel: string): Route {
  const parsed = matchers.map((text) => {
    const result = parseMatcher(text);
    assert.ok(result.kind === "matcher", text);
    return result.matcher;
  });
  return { match, matchers: parsed, channel, ...(sources === undefined ? {} : { sources }) };
}

const LABELS = { alertname: "ConsumerLag", severity: "warning", team: "core" };

function isTaken(asked: Asked, labels: Readonly<Record<string, string>> = LABELS): boolean {
  const group = { source: "prod", groupLabels: {}, commonLabels: labels };
  return routeFor(group, [route(asked, "FIRST"), route({}, "REST")]).channel === "FIRST";
}

describe("a group is taken by", () => {
  for (const [matcher, taken] of [
    ['severity="warning"', true],
    ['severity="warn"', false],
    ['severity!="critical"', true],
    ['severity!="warning"', false],
    ['severity=~"warning|critical"', true],
    // Anchored on both ends, as Alertmanager's are.
    ['severity=~"warn"', false],
    ['severity=~"warn.*"', true],
    ['severity!~"info|none"', true],
    ['severity!~"warn.*"', false],
    // A label that is missing counts as empty.
    ['zone=""', true],
    ['zone!=""', false],
    ['zone=~".+"', false],
    ['zone!="a"', true],
  ] as const) {
    test(`${matcher}: ${taken ? "yes" : "no"}`, () => {
      assert.equal(isTaken({ matchers: [matcher] }), taken);
    });
  }

  test("all of its matchers and labels together", () => {
    assert.ok(isTaken({ match: { team: "core" }, matchers: ['severity=~"w.*"', 'zone=""'] }));
    assert.ok(!isTaken({ match: { team: "edge" }, matchers: ['severity=~"w.*"'] }));
  });

  test("its source, whatever the labels are", () => {
    assert.ok(isTaken({ sources: ["staging", "prod"] }));
    assert.ok(!isTaken({ sources: ["staging"] }));
  });

  test("labels that every object has, only where it carries them", () => {
    assert.ok(!isTaken({ match: { constructor: "x" } }));
    assert.ok(isTaken({ matchers: ['toString=""'] }));
  });
});

test("the labels of the group count as those that all alerts share do", () => {
  const group = { source: "prod", groupLabels: { team: "edge" }, commonLabels: LABELS };
  const routes = [route({ match: { team: "edge" } }, "EDGE"), route({}, "REST")];
  assert.equal(routeFor(group, routes).channel, "EDGE");
});

test("an incident keeps its route by what its alerts shared when it opened", () => {
  const labels = { ...LABELS, topic: "a" };
  const { commonLabels: _, ...earlier } = incidentOf([firing("a", { labels })]);
  const routes = [route({ match: { topic: "a" } }, "TOPIC"), route({}, "REST")];
  assert.equal(routeOfIncident(earlier, routes).channel, "TOPIC");
  const shared = { ...earlier, commonLabels: LABELS };
  assert.equal(routeOfIncident(shared, routes).channel, "REST");
});
