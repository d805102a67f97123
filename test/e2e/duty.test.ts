/** Whoever is on duty by a calendar is called into the thread, and can say that they are on it. */

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { nothingWaits, startSandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

const DAY_MS = 86_400_000;

/** A calendar with one shift, which holds now. */
async function calendarFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "duty-"));
  t.after(() => rm(folder, { recursive: true }));
  const at = (ms: number) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "");
  const lines = [
    "BEGIN:VCALENDAR",
    "BEGIN:VEVENT",
    "UID:1@example.com",
    `DTSTART:${at(Date.now() - DAY_MS)}`,
    `DTEND:${at(Date.now() + DAY_MS)}`,
    "SUMMARY:On Call - Alice Ng - First line",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  const file = join(folder, "first-line.ics");
  await writeFile(file, lines.join("\r\n"));
  return file;
}

test("an alert calls whoever is on duty, who acknowledges it by a word", async (t) => {
  const calendar = await calendarFile(t);
  const schedule = { name: "first-line", calendar, people: { "Alice Ng": "U0ALICE" } };
  const { slack, bot, ...sandbox } = await startSandboxBot(t, (config) => ({
    ...config,
    schedules: [schedule],
    routes: config.routes.map((route) => ({
      ...route,
      mentions: [{ severities: ["critical"], who: ["schedule:first-line"] }],
    })),
  }));
  const labels = { alertname: "StreamlineDown", severity: "critical" };
  await sendWebhook({ ...sandbox, bot }, webhook("{}:{a}", [{ labels }]));
  const message = await eventually("the incident", () =>
    slack.messages("incidents").find(({ text }) => text.includes("StreamlineDown")),
  );
  const call = await eventually("the call", () =>
    slack.replies("incidents", message.ts).find(({ text }) => text.startsWith("📣")),
  );
  assert.match(call.text, /^📣 <@U0ALICE> CRITICAL: StreamlineDown\./);

  const say = (text: string) =>
    slack.slashCommand({ user: "alice", channel: "incidents", text: `/streamline ${text}` });
  await say("oncall");
  await eventually("who is on duty", () =>
    slack.ephemerals("alice").some(({ text }) => /first-line: <@U0ALICE> until/.test(text)),
  );
  await say("ack StreamlineDown");
  await eventually("who has it", () =>
    slack.messages("incidents").some(({ text }) => text.includes("acknowledged by")),
  );
  await nothingWaits(bot.url);
});
