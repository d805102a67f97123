/** A test alert on the whole way: Alertmanager, webhook, store, Slack. Nothing of it is simulated. */

import { randomBytes } from "node:crypto";
import { DEFAULT_SOURCE } from "../../alerts/alert.ts";
import { addressOfMember, allSources } from "../../alerts/source.ts";
import type { Config, Credentials } from "../../config/config.ts";
import { fine, type SetupCheck, unchecked, wrong } from "../../features/doctor/setup-check.ts";
import type { Incident } from "../../incidents/incident.ts";
import { TEST_ALERT } from "../../incidents/test-alert.ts";
import { authorizationOf } from "../alertmanager/alertmanagers.ts";
import { clock } from "../clock.ts";
import { openStoreForReading, type ReadingStore } from "../store/reading-store.ts";
import { askJson } from "./ask-json.ts";
import { headersFor } from "./check-alertmanagers.ts";
import { ownAddress } from "./check-store.ts";

export interface TestAlertOptions {
  /** How long to wait for the message, in milliseconds: group_wait and some more. */
  readonly waitMs: number;
  /** What goes on, for whoever waits. */
  readonly tell: (words: string) => void;
}

const LASTS_MS = 5 * 60_000;
const ASK_EVERY_MS = 500;

/** Sends one for each source, and reads in the bot's store what came of it. */
export async function sendTestAlert(
  config: Config,
  options: TestAlertOptions,
): Promise<SetupCheck[]> {
  let store: ReadingStore;
  try {
    store = await openStoreForReading(config.store);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      wrong(
        { area: "Webhook", where: "test alert" },
        why,
        "Start the bot first: streamline-bot serve",
      ),
    ];
  }
  try {
    const sources = allSources(config.sources, config.targets);
    const checks: SetupCheck[] = [];
    for (const { name, members } of sources) {
      // The plain path is nobody's when only named sources are configured.
      if (name === DEFAULT_SOURCE && members.length === 0 && sources.length > 1) continue;
      checks.push(...(await sendOne(config, { name, member: members[0] }, { ...options, store })));
    }
    return checks;
  } finally {
    await store.close();
  }
}

interface Way {
  readonly name: string;
  /** Without one it goes to the bot's own webhook. */
  readonly member: string | undefined;
}

async function sendOne(
  config: Config,
  way: Way,
  { store, waitMs, tell }: TestAlertOptions & { readonly store: ReadingStore },
): Promise<SetupCheck[]> {
  const id = randomBytes(4).toString("hex");
  const via = way.member ?? ownAddress(config) ?? "the webhook";
  const place = { area: "Webhook", where: `test alert over ${via}` } as const;
  tell(`sending a test alert over ${via}…`);
  const startedAt = clock.now();
  const refused = await send(config, way, { id, isOver: false });
  if (refused !== undefined) {
    return [
      wrong(
        place,
        refused,
        "See the lines about it above; the token must be the bot's WEBHOOK_TOKEN",
      ),
    ];
  }
  const found = await arrival(store, id, { waitMs, tell });
  // It ends by itself, too; Alertmanager reports that at its next turn.
  await send(config, way, { id, isOver: true });
  const seconds = Math.round((clock.now() - startedAt) / 1_000);
  if (found === undefined) {
    return [
      wrong(
        place,
        `${way.member === undefined ? "the bot" : "Alertmanager"} accepted it, but no incident was opened within ${seconds} s`,
        'Search Alertmanager\'s log for "Notify attempt failed". 401: it sends another token. "no such file": its credentials_file is missing. "refused": it sends to another address. No such line: no route leads to the bot',
      ),
    ];
  }
  if (found.messageTs === undefined) {
    return [
      wrong(
        place,
        `the bot has it, but Slack has no message after ${seconds} s`,
        "See the lines about Slack above, and the bot's log",
      ),
    ];
  }
  return [
    fine(place, `arrived in channel ${found.channel} after ${seconds} s`),
    unchecked(
      place,
      "Alertmanager reports its end with its next notification",
      "Check that the message becomes resolved within group_interval",
    ),
  ];
}

interface Sent {
  readonly id: string;
  readonly isOver: boolean;
}

/** Undefined when it was taken, else why not. */
async function send(
  config: Config,
  { name, member }: Way,
  { id, isOver }: Sent,
): Promise<string | undefined> {
  const now = clock.now();
  const labels = {
    alertname: TEST_ALERT,
    severity: "info",
    job: "streamline-incident-bot",
    test: id,
  };
  const annotations = {
    summary: "A test of the way from Alertmanager to Slack. Nothing is wrong.",
  };
  const startsAt = new Date(now - 1_000).toISOString();
  const endsAt = new Date(isOver ? now : now + LASTS_MS).toISOString();
  const alert = { labels, annotations, startsAt, endsAt };
  if (member !== undefined) {
    const url = `${addressOfMember(member)}/api/v2/alerts`;
    const answer = await askJson({ url, headers: headersFor(config, member), body: [alert] });
    return answer.kind === "failed" ? `Alertmanager ${answer.problem}` : undefined;
  }
  const own = ownAddress(config);
  if (own === undefined)
    return "listen.port is 0: the bot chooses its port when it starts, so nobody can send to it";
  const status = isOver ? "resolved" : "firing";
  const auth: Credentials | undefined = config.webhook.auth[0];
  const answer = await askJson({
    url: `${own}/webhook/alertmanager${name === DEFAULT_SOURCE ? "" : `/${name}`}`,
    headers: authorizationOf(auth),
    body: {
      version: "4",
      groupKey: `{}:{alertname="${TEST_ALERT}", test="${id}"}`,
      receiver: "streamline-incident-bot",
      status,
      groupLabels: { alertname: TEST_ALERT },
      commonLabels: labels,
      commonAnnotations: annotations,
      externalURL: "",
      truncatedAlerts: 0,
      alerts: [{ ...alert, status, generatorURL: "", fingerprint: id.padEnd(16, "0") }],
    },
  });
  return answer.kind === "failed" ? `the bot ${answer.problem}` : undefined;
}

/** The incident, with its message when that came in time. */
async function arrival(
  store: ReadingStore,
  id: string,
  { waitMs, tell }: TestAlertOptions,
): Promise<Incident | undefined> {
  const until = clock.now() + waitMs;
  let found: Incident | undefined;
  while (clock.now() < until) {
    const incidents = await store.incidents.incidentsOf(TEST_ALERT, 20);
    found = incidents.find(({ alerts }) => alerts.some(({ labels }) => labels["test"] === id));
    if (found?.messageTs !== undefined) return found;
    tell(found === undefined ? "waiting for Alertmanager to send it…" : "waiting for Slack…");
    await clock.sleep(ASK_EVERY_MS);
  }
  return found;
}
