/** Whatever stands in a field of an alert or of its group: the alert beside it is told, and Slack can show it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createCaseWorld, mrkdwnIn } from "../../support/case-world.ts";
import fc from "../../support/fast-check.ts";

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1e300,
    "",
    " ",
    "\u0000",
    "null",
    "0001-01-01T00:00:00Z",
    "0000-00-00T00:00:00Z",
    "2026-11-28T03:04:05",
    "2026-11-28 03:04:05.123456789+05:30",
    "2999-01-01T00:00:00Z",
    1_795_831_200,
    1_795_831_200_123,
    "FIRING",
    "Resolved",
    "pending",
    [],
    {},
    [[]],
    { a: { b: 1 } },
    { alertname: null },
    { alertname: 7, severity: ["critical"] },
    "<!channel> & <https://evil.example|x>",
    "é".repeat(20_000),
    "👩‍👩‍👧‍👦".repeat(500),
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
);

const ALERT_FIELDS = [
  "status",
  "labels",
  "annotations",
  "startsAt",
  "endsAt",
  "generatorURL",
  "fingerprint",
  "values",
  "valueString",
  "imageURL",
  "silenceURL",
  "dashboardURL",
];
const GROUP_FIELDS = [
  "version",
  "receiver",
  "status",
  "groupLabels",
  "commonLabels",
  "commonAnnotations",
  "externalURL",
  "truncatedAlerts",
  "orgId",
  "state",
  "title",
  "message",
];

const some = (fields: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...fields), odd, { maxKeys: 4 });

test("one odd alert, and an odd group, cost their neighbours nothing", {
  timeout: 240_000,
}, async (t) => {
  const world = await createCaseWorld(t);
  let count = 0;
  await fc.assert(
    fc.asyncProperty(
      some(ALERT_FIELDS),
      some(GROUP_FIELDS),
      fc.boolean(),
      async (alert, group, isFirst) => {
        count += 1;
        const groupKey = `g${count}`;
        const good = {
          status: "firing",
          labels: { alertname: "KafkaDown", instance: `b${count}` },
          annotations: {},
          startsAt: "2026-11-28T01:00:00Z",
          fingerprint: "good",
        };
        const base = { ...good, fingerprint: "odd", labels: { alertname: "Odd" } };
        const alerts = isFirst ? [{ ...base, ...alert }, good] : [good, { ...base, ...alert }];
        const answer = await world.post({
          version: "4",
          status: "firing",
          ...group,
          groupKey,
          alerts,
        });
        assert.equal(answer.status, 200, answer.text);
        // By the alert and not by the group's key, which an organisation of Grafana is a part of.
        const isGood = (each: { readonly labels: Readonly<Record<string, string>> }): boolean =>
          each.labels["instance"] === `b${count}`;
        const incident = (await world.incidents()).find((each) => each.alerts.some(isGood));
        const told = incident?.alerts.find(isGood);
        assert.equal(told?.status, "firing");
        const isTwo = incident?.alerts.length === 2 || incident?.unread !== undefined;
        // Two alerts that are given one identity are one.
        assert.ok(isTwo || alert["fingerprint"] === "good", "what could not be read is named");
      },
    ),
    { numRuns: 200 },
  );
  await world.wait(600);
  const messages = world.rendered.flatMap(({ message }) => message ?? []);
  assert.ok(messages.length > 0);
  for (const message of messages) {
    for (const text of [message.text, ...mrkdwnIn(message.blocks)]) {
      assert.doesNotMatch(text, /<!channel>|<https:\/\/evil/);
    }
    assert.doesNotMatch(JSON.stringify(message), /\p{Surrogate}/u);
  }
  assert.ok(world.log().every((line) => !/cannot be rendered|could not be shown/.test(line)));
});
