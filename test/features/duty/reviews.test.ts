/** Reviews are posted at their times, once, of their channel's alerts alone. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { createAnnouncements } from "../../../src/edges/store/announcements.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { postReviews } from "../../../src/features/duty/post-reviews.ts";
import { applyNotification } from "../../../src/incidents/apply-notification.ts";
import { firing, HOUR, MINUTE, notification, resolved, T0 } from "../../incidents/notifications.ts";
import { createClock, createLog, createSlack } from "../fakes.ts";

/** Nine o'clock in Berlin on the Monday that begins at T0. */
const NINE = Date.parse("2026-11-23T08:00:00Z");
const REVIEW = {
  channel: "C0INCIDENTS",
  cron: "0 9 * * 1",
  timeZone: "Europe/Berlin",
  lastMs: 7 * 24 * HOUR,
};

async function setUp(t: TestContext, begin = T0) {
  const [clock, log] = [createClock(begin), createLog()];
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" });
  t.after(() => database.close());
  const incidents = createIncidentStore(database);
  const slack = createSlack(clock);
  const fire = async (group: string, alert: string, channel: string, times: number) => {
    for (let index = 0; index < times; index += 1) {
      const at = T0 - 20 * HOUR + index * 2 * HOUR;
      const labels = { alertname: alert };
      for (const each of [
        firing(group, { labels, startsAt: at }),
        resolved(group, { labels, startsAt: at, endsAt: at + 2 * MINUTE }),
      ]) {
        const body = notification([each], { groupKey: group });
        const nowMs = each.endsAt ?? at;
        await incidents.apply(body, nowMs, (latest) =>
          applyNotification(latest, body, { id: `${group}-${index}`, channel, nowMs }),
        );
      }
    }
  };
  const start = () => {
    const reviews = postReviews({
      reviews: [REVIEW],
      incidents,
      announcements: createAnnouncements(database),
      messenger: slack,
      hasRunbook: () => false,
      clock,
      log,
    });
    t.after(() => reviews.stop());
    reviews.start();
  };
  return { clock, slack, fire, start };
}

describe("a review", () => {
  test("is posted at its time, once, with what its channel's rules need", async (t) => {
    const { clock, slack, fire, start } = await setUp(t);
    await fire("g1", "Noisy", "C0INCIDENTS", 4);
    await fire("g2", "Elsewhere", "C0OTHER", 4);
    start();
    start();
    await clock.advance(NINE - T0 - MINUTE);
    assert.equal(slack.messages.length, 0);
    await clock.advance(2 * MINUTE);
    start();
    await clock.advance(HOUR);
    assert.equal(slack.messages.length, 1);
    const text = slack.messages[0]?.text ?? "";
    assert.match(text, /4 incidents, 4 firings/);
    assert.match(text, /Noisy: 5 min more.* 4 of 4 firings/);
    assert.match(text, /Without a runbook: Noisy/);
    assert.doesNotMatch(text, /Elsewhere/);
  });

  test("is posted late after a restart, but not on another day", async (t) => {
    const late = await setUp(t, NINE + 3 * HOUR);
    late.start();
    await late.clock.advance(MINUTE);
    assert.match(late.slack.messages[0]?.text ?? "", /nothing fired/);
    const tomorrow = await setUp(t, NINE + 24 * HOUR);
    tomorrow.start();
    await tomorrow.clock.advance(MINUTE);
    assert.equal(tomorrow.slack.messages.length, 0);
  });
});
