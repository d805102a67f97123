/** The webhook of one alert, as Alertmanager sends it, with examples for what a rule would measure. */

import { createHash } from "node:crypto";
import { fillTemplate } from "../diagnosis/checks/finding-text.ts";
import type { SimulatedAlertmanager } from "./alertmanager/server.ts";

export interface SandboxAlertOptions {
  readonly token: string;
  /** `host:port` of the simulated server, which the alerts name as their instance. */
  readonly instance: string;
  /** `host:port` of its Kafka listener. */
  readonly kafka: string;
  readonly now: () => number;
  readonly alertmanager: Pick<SimulatedAlertmanager, "url" | "hold" | "drop" | "isMuted">;
}

export type AlertLabels = Readonly<Record<string, string>>;

export interface SandboxRule {
  readonly alert: string;
  readonly for?: string | undefined;
  readonly labels: AlertLabels;
  readonly annotations: AlertLabels;
}

export interface SentAlert {
  readonly status: "firing" | "resolved";
  readonly startsAt: number;
  readonly labels: AlertLabels;
  /** The bot was notified of this status. */
  readonly isDelivered: boolean;
}

/** What the labels of a real alert would name; the panel may send others. */
export const EXAMPLE_LABELS: AlertLabels = {
  topic: "orders",
  partition: "0",
  group: "billing",
  replica: "2",
  mountpoint: "/var/lib/streamline",
  device: "nvme0n1",
};

/** Rules that a probe of the Kafka port feeds, from a job of its own. */
const ON_KAFKA: ReadonlySet<string> = new Set(["KafkaDown", "CertificateExpiring"]);

/** Where what the alert speaks of was seen. */
export function placeOfAlert(
  { alert }: SandboxRule,
  { instance, kafka }: Pick<SandboxAlertOptions, "instance" | "kafka">,
): AlertLabels {
  const host = instance.replace(/:\d+$/, "");
  return ON_KAFKA.has(alert)
    ? { job: "streamline-kafka", instance: kafka, host }
    : { job: "streamline", instance, host };
}

interface Body {
  readonly rule: SandboxRule;
  readonly sent: SentAlert;
  readonly options: SandboxAlertOptions;
}

/** The webhook's body, version "4" (Prometheus documentation, <webhook_config>). */
export function webhookBody({ rule, sent, options }: Body) {
  const { host = "", ...place } = placeOfAlert(rule, options);
  const base: AlertLabels = { ...place, ...rule.labels, alertname: rule.alert };
  const used = Object.values(rule.annotations).join(" ");
  const example = Object.entries({ ...EXAMPLE_LABELS, host }).filter(([name]) =>
    used.includes(`$labels.${name}`),
  );
  const own = {
    ...base,
    ...Object.fromEntries(example),
    ...sent.labels,
  };
  const annotations = Object.fromEntries(
    Object.entries(rule.annotations).map(([name, text]) => [name, exampleText(text, rule, own)]),
  );
  const isOver = sent.status === "resolved";
  return {
    version: "4",
    groupKey: `{}:{alertname="${rule.alert}", job="${own["job"] ?? ""}"}`,
    receiver: "streamline-incident-bot",
    status: sent.status,
    groupLabels: { alertname: rule.alert, job: own["job"] ?? "" },
    commonLabels: own,
    commonAnnotations: annotations,
    externalURL: options.alertmanager.url,
    truncatedAlerts: 0,
    alerts: [
      {
        status: sent.status,
        labels: own,
        annotations,
        startsAt: new Date(sent.startsAt).toISOString(),
        endsAt: isOver ? new Date(options.now()).toISOString() : "0001-01-01T00:00:00Z",
        generatorURL: "",
        fingerprint: createHash("sha256").update(JSON.stringify(own)).digest("hex").slice(0, 16),
      },
    ],
  };
}

/** What Prometheus' templates would fill in; the panel has no value, so an example stands for it. */
export function exampleText(template: string, { alert }: SandboxRule, own: AlertLabels): string {
  return template
    .replace(/\{\{\s*\$labels\.(\w+)\s*\}\}/g, (_, name: string) => own[name] ?? "")
    .replace(/\{\{([^}]*\$value[^}]*)\}\}/g, (_, slot: string) =>
      // A format of Go's, as in printf "%.0f" $value, makes a whole number of it.
      fillTemplate(`{{${slot.replace(/printf\s+"[^"]*"\s+/, "")}}}`, {
        value: EXAMPLE_VALUES[alert] ?? 6,
        labels: own,
        values: {},
      }),
    );
}

/** At what each rule fires, where 6 of it would be below its limit or no figure that anybody sees. */
const EXAMPLE_VALUES: Readonly<Record<string, number>> = {
  HttpSlow: 2.4,
  ServerRestarted: 75,
  CertificateExpiring: 9 * 86_400,
  HighProduceLatency: 0.24,
  ServerSaturated: 0.012,
  RequestErrors: 0.024,
  AppendFailures: 87,
  WalBackpressure: 11_800,
  TinyBatches: 1.4,
  OversizedRequests: 48_000_000,
  ConnectionChurn: 12,
  ConnectionGrowth: 240,
  PipelineLimit: 100,
  HotTopic: 4_900_000,
  HotPartition: 0.85,
  DiskFull: 0.002,
  DiskSpaceLow: 0.11,
  DataGrowth: 64_000_000_000,
  SlowWalSync: 0.062,
  MemoryLow: 0.031,
  ConsumerLag: 48_000,
  ConsumerSlow: 31_000,
  RebalanceStorm: 14,
  LagOutlivesRetention: 0.82,
  ReplicationLag: 4_200,
};

/** The bot answers at once; more than this and it hangs. */
const TIMEOUT_MS = 10_000;

/** Posts the body; throws what the bot answered where it does not take it. */
export async function sendWebhook(url: string, token: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.ok) return;
  throw new Error(`The bot refused the webhook: ${response.status} ${await response.text()}`);
}
