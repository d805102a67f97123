/** Calendars that are followed: what is on duty, what `oncall` answers, which changes are said. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type { Message } from "../../../src/block-kit/message.ts";
import type { ScheduleConfig } from "../../../src/config/config.ts";
import { createAnnouncements } from "../../../src/edges/store/announcements.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { announceHandovers } from "../../../src/features/duty/announce-handovers.ts";
import { followSchedules } from "../../../src/features/duty/follow-schedules.ts";
import { oncallCommand } from "../../../src/features/duty/oncall.ts";
import { scheduleProblems } from "../../../src/features/duty/schedule-problems.ts";
import type { Modal } from "../../../src/features/shared/interactions.ts";
import type { Shift } from "../../../src/incidents/schedule.ts";
import { HOUR, MINUTE, T0 } from "../../incidents/notifications.ts";
import { createClock, createLog, createSlack } from "../fakes.ts";

const SCHEDULE: ScheduleConfig = {
  name: "first-line",
  calendar: "duty.ics",
  people: {},
  handover: "C0INCIDENTS",
};
const SHIFTS: readonly Shift[] = [
  { name: "alice", person: "U0ALICE", from: T0 - 8 * HOUR, until: T0 + HOUR },
  { name: "bob", person: "U0BOB", from: T0 + HOUR, until: T0 + 9 * HOUR },
  { name: "Carol", from: T0 + 9 * HOUR, until: T0 + 17 * HOUR },
];

function textOf(shown: Message | Modal): string {
  return "skeleton" in shown ? "" : shown.text;
}

async function setUp(t: TestContext, read: () => Promise<readonly Shift[]> = async () => SHIFTS) {
  const [clock, log] = [createClock(T0), createLog()];
  const schedules = followSchedules({ schedules: [SCHEDULE], read, clock, log });
  t.after(() => schedules.stop());
  const row = oncallCommand({ schedules, clock });
  const person = { user: "U0DAVE", channel: "C0INCIDENTS" };
  const oncall = async (): Promise<string> =>
    textOf(row.render(await row.run({}, { person, isPrivate: true })));
  return { clock, log, schedules, oncall };
}

describe("oncall", () => {
  test("names who is on duty, until when, and who is next", async (t) => {
    const { schedules, clock, oncall } = await setUp(t);
    assert.match(await oncall(), /first-line.*read yet/);
    schedules.start();
    await clock.advance(0);
    assert.match(
      await oncall(),
      /first-line: <@U0ALICE> until .*2026-11-23 04:00 UTC.*then <@U0BOB>/,
    );
    await clock.advance(10 * HOUR);
    const words = await oncall();
    assert.match(words, /Carol \(no Slack id\)/);
    assert.match(words, /cannot mention Carol.*schedules\[\]\.people/);
  });

  test("keeps what a calendar said before, and says how old that is", async (t) => {
    let isBroken = false;
    const { schedules, clock, oncall, log } = await setUp(t, async () => {
      if (isBroken) throw new Error("its address answers with status 503");
      return SHIFTS;
    });
    schedules.start();
    await clock.advance(0);
    isBroken = true;
    await clock.advance(30 * MINUTE);
    assert.match(await oncall(), /<@U0ALICE>[\s\S]*status 503.*30 min old/);
    assert.equal(log.lines.filter((line) => /calendar/.test(line)).length, 1);
    assert.deepEqual(
      schedules.onDuty("first-line", clock.now())?.map(({ name }) => name),
      ["alice"],
    );
  });

  test("a schedule is unknown until its calendar was tried, and then has nobody", async (t) => {
    const { schedules, clock, oncall } = await setUp(t, async () => {
      throw new Error("ENOENT");
    });
    assert.equal(schedules.onDuty("first-line", T0), undefined);
    schedules.start();
    await clock.advance(0);
    assert.deepEqual(schedules.onDuty("first-line", T0), []);
    const words = await oncall();
    assert.match(words, /first-line: not known[\s\S]*ENOENT/);
    assert.doesNotMatch(words, /nobody/);
    assert.match(
      scheduleProblems(schedules.states(), T0).join(),
      /first-line cannot be read: ENOENT/,
    );
  });

  test("names for Home whom Slack cannot call within the week", async (t) => {
    const { schedules, clock } = await setUp(t);
    schedules.start();
    await clock.advance(0);
    assert.match(scheduleProblems(schedules.states(), T0).join(), /first-line names Carol/);
    assert.deepEqual(scheduleProblems(schedules.states(), T0 + 20 * HOUR), []);
  });
});

test("a calendar whose shifts are all over is said to be an old export", () => {
  const shift = { from: T0 - 20 * HOUR, until: T0 - HOUR, name: "Bob", person: "U0BOB" };
  const over = { name: "first-line", shifts: [shift], readAt: T0 };
  assert.match(scheduleProblems([over], T0).join(), /first-line: nobody is on duty/);
  assert.match(scheduleProblems([{ ...over, shifts: [] }], T0).join(), /old export/);
  const later = { ...shift, from: T0 + HOUR, until: T0 + 2 * HOUR };
  assert.deepEqual(scheduleProblems([{ ...over, shifts: [shift, later] }], T0), []);
  assert.deepEqual(scheduleProblems([{ name: "first-line", shifts: [] }], T0), [], "not read yet");
});

describe("a change of duty", () => {
  async function handing(t: TestContext) {
    const setting = await setUp(t);
    const database = await openDatabase({ engine: "sqlite", path: ":memory:" });
    t.after(() => database.close());
    const slack = createSlack(setting.clock);
    const replica = () => {
      const said = announceHandovers({
        ...setting,
        configured: [SCHEDULE],
        incidents: createIncidentStore(database),
        announcements: createAnnouncements(database),
        messenger: slack,
        jumpTo: () => undefined,
      });
      t.after(() => said.stop());
      said.start();
    };
    setting.schedules.start();
    await setting.clock.advance(0);
    return { ...setting, slack, replica };
  }

  test("is reported once by all replicas, with what is open", async (t) => {
    const { slack, replica, clock } = await handing(t);
    replica();
    replica();
    await clock.advance(59 * MINUTE);
    assert.equal(slack.messages.length, 0);
    await clock.advance(2 * MINUTE);
    replica();
    await clock.advance(HOUR);
    assert.equal(slack.messages.length, 1);
    const [message] = slack.messages;
    assert.equal(message?.channel, "C0INCIDENTS");
    assert.match(
      message?.text ?? "",
      /<@U0BOB> is on duty now, after <@U0ALICE>[\s\S]*nothing is open\. Last 9 h:/,
    );
  });

  test("is tried again when Slack was away, and not when it may have been said", async (t) => {
    const { slack, replica, clock } = await handing(t);
    slack.trouble("post", [
      { kind: "unreached", error: "ECONNREFUSED" },
      { kind: "unknown", error: "no answer" },
    ]);
    replica();
    await clock.advance(2 * HOUR);
    const posts = slack.calls.filter(({ call }) => call.startsWith("post"));
    assert.equal(posts.length, 2);
  });

  test("is not news after an hour", async (t) => {
    const { slack, replica, clock } = await handing(t);
    await clock.advance(3 * HOUR);
    replica();
    await clock.advance(MINUTE);
    assert.equal(slack.messages.length, 0);
  });
});
