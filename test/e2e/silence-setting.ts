/** A bot behind a real Alertmanager that notifies it, with a person's hands in Slack and at the API's silences. */

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { stringify } from "yaml";
import type { SlackView } from "../../src/sandbox/slack/as-seen.ts";
import { postAlerts } from "../support/alertmanager-api.ts";
import { eventually } from "../support/eventually.ts";
import { startAlertmanager } from "../support/programs.ts";
import { type SandboxBot, startSandboxBot } from "../support/sandbox-bot.ts";

const QUIET = "route: { receiver: none }\nreceivers: [{ name: none }]\n";

/** The bot behind an Alertmanager that notifies it as a production one does. */
export async function startSilencing(t: TestContext) {
  const alertmanager = await startAlertmanager(t, QUIET);
  const sandbox = await startSandboxBot(t, (config) => ({
    ...config,
    targets: config.targets.map((target) => ({ ...target, alertmanager: alertmanager.url })),
  }));
  writeFileSync(join(alertmanager.folder, "alertmanager.yml"), notifyingConfig(sandbox));
  const reloaded = await fetch(`${alertmanager.url}/-/reload`, { method: "POST" });
  assert.equal(reloaded.status, 200);
  return { sandbox, ...talkingTo(sandbox), ...asking(alertmanager.url) };
}

function notifyingConfig({ bot, webhookToken }: SandboxBot): string {
  const http_config = { authorization: { type: "Bearer", credentials: webhookToken } };
  const url = `${bot.url}/webhook/alertmanager`;
  return stringify({
    route: { receiver: "bot", group_by: ["alertname"], group_wait: "1s", group_interval: "1s" },
    receivers: [{ name: "bot", webhook_configs: [{ url, http_config }] }],
  });
}

function talkingTo({ slack }: SandboxBot) {
  const messageOf = (alert: string) =>
    eventually(`the message of ${alert}`, () =>
      slack.messages("incidents").find(({ text }) => text.includes(alert)),
    );
  const click = async (user: string, alert: string, actionId: string) => {
    const { ts } = await messageOf(alert);
    await slack.clickButton({ user, channel: "incidents", ts, actionId });
  };
  /** The person's modal once it says this. */
  const modal = (user: string, says: RegExp): Promise<SlackView> =>
    eventually(`a modal that says ${says}`, () => {
      const view = slack.views(user).at(-1);
      return view !== undefined && says.test(textIn(view.blocks)) && view;
    });
  const replies = async (alert: string) => {
    const { ts } = await messageOf(alert);
    return slack.replies("incidents", ts);
  };
  const replyOf = (alert: string, says: RegExp) =>
    eventually(`a reply that says ${says}`, async () =>
      (await replies(alert)).find(({ text }) => says.test(text)),
    );
  const command = async (user: string, text: string) => {
    await slack.slashCommand({ user, channel: "incidents", text });
  };
  const external = (user: string, says: RegExp) =>
    eventually(`${user} is told ${says}`, () =>
      slack.ephemerals(user).findLast(({ text }) => says.test(text)),
    );
  return { messageOf, click, modal, replyOf, command, external };
}

interface ApiSilence {
  readonly id: string;
  readonly status: { readonly state: string };
  readonly matchers: readonly object[];
  readonly createdBy: string;
  readonly comment: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

interface ApiAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly status: { readonly state: string };
}

function asking(url: string) {
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${url}/api/v2${path}`)).json()) as T;
  return {
    url,
    fire: (...alerts: Parameters<typeof postAlerts>[1][number][]) => postAlerts(url, alerts),
    silences: () => get<ApiSilence[]>("/silences"),
    suppressed: async () =>
      (await get<ApiAlert[]>("/alerts"))
        .filter(({ status }) => status.state === "suppressed")
        .map(({ labels }) => `${labels["alertname"]} ${labels["instance"] ?? ""}`.trim())
        .toSorted(),
  };
}

export function textIn(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  const { type: _, ...rest } = value as Record<string, unknown>;
  return Object.values(Array.isArray(value) ? value : rest)
    .map(textIn)
    .join(" ");
}

/** The block id of the field with this label, which is its action id, too. */
export function fieldOf(view: SlackView, label: string): string {
  const block = view.blocks.find((each) => textIn(each["label"]).trim() === label);
  assert.ok(block !== undefined, `there is no field ${label}`);
  return String(block["block_id"]);
}
