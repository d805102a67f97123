/** Webhook bodies as Alertmanager 0.25 sends them, and the sending of them. */

import type { SandboxBot } from "./sandbox-bot.ts";

type Labels = Readonly<Record<string, string>>;

export interface TestAlert {
  readonly labels: Labels;
  readonly status?: "firing" | "resolved";
  readonly annotations?: Labels;
  readonly fingerprint?: string;
  readonly startsAt?: string;
  readonly endsAt?: string;
}

const STARTED = "2026-11-23T03:00:00.000Z";
const ENDED = "2026-11-23T03:12:00.000Z";
const NO_END = "0001-01-01T00:00:00Z";

/** A notification of one group; its status follows from its alerts. */
export function webhook(groupKey: string, alerts: readonly TestAlert[]): Record<string, unknown> {
  const full = alerts.map((alert, index) => alertBody(alert, index));
  const common = commonOf(full.map((alert) => alert.labels));
  return {
    version: "4",
    groupKey,
    truncatedAlerts: 0,
    status: full.some((alert) => alert.status === "firing") ? "firing" : "resolved",
    receiver: "streamline-incident-bot",
    groupLabels: { alertname: common["alertname"] ?? "" },
    commonLabels: common,
    commonAnnotations: {},
    externalURL: "http://alertmanager.example:9093",
    alerts: full,
  };
}

function alertBody(alert: TestAlert, index: number) {
  const status = alert.status ?? "firing";
  return {
    status,
    labels: { job: "streamline", instance: "broker-1:9094", ...alert.labels },
    annotations: alert.annotations ?? {},
    startsAt: alert.startsAt ?? STARTED,
    endsAt: alert.endsAt ?? (status === "resolved" ? ENDED : NO_END),
    generatorURL: "http://prometheus.example/graph",
    fingerprint: alert.fingerprint ?? `f${index}`,
  };
}

function commonOf(all: readonly Labels[]): Record<string, string> {
  const [first = {}, ...rest] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => rest.every((each) => each[name] === value)),
  );
}

/** Sends a body to the bot with the right token; the answer is the bot's. */
export function sendWebhook(
  sandbox: Pick<SandboxBot, "bot" | "webhookToken">,
  body: unknown,
): Promise<Response> {
  return fetch(`${sandbox.bot.url}/webhook/alertmanager`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${sandbox.webhookToken}`,
      "content-type": "application/json",
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}
