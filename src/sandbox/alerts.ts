/**
 * Alerts that the sandbox's panel fires and resolves, sent to the bot as Alertmanager sends them, and
 * held by the simulated Alertmanager. What it mutes is not notified, not even its end, and notified
 * later if it still differs then from what was notified before.
 *
 * They come from alerts/streamline.rules.yml, plus one of somebody else's service, so that an
 * alert without a runbook can be seen, too.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { fillTemplate } from "../diagnosis/checks/finding-text.ts";
import type { FiredAlert, SimulatedAlertmanager } from "./alertmanager/server.ts";
import type { AlertChange, ControlAlert, SandboxControls } from "./slack/controls.ts";

export interface SandboxAlerts {
  readonly controls: Pick<SandboxControls, "alerts" | "fireAlert">;
  /** Where the bot takes the webhook. */
  connect(webhookUrl: string): void;
  /** Notifies what was muted before and is not muted any more. */
  notifyUnmuted(): Promise<void>;
}

export interface SandboxAlertOptions {
  readonly token: string;
  /** `host:port` of the simulated server, which the alerts name as their instance. */
  readonly instance: string;
  /** `host:port` of its Kafka listener. */
  readonly kafka: string;
  readonly now: () => number;
  readonly alertmanager: Pick<SimulatedAlertmanager, "url" | "hold" | "drop" | "isMuted">;
}

type Labels = Readonly<Record<string, string>>;

interface SandboxRule {
  readonly alert: string;
  readonly for?: string | undefined;
  readonly labels: Labels;
  readonly annotations: Labels;
}

interface Sent {
  readonly status: "firing" | "resolved";
  readonly startsAt: number;
  readonly labels: Labels;
  /** The bot was notified of this status. */
  readonly isDelivered: boolean;
}

const RULES_FILE = new URL("../../alerts/streamline.rules.yml", import.meta.url);

const labels = z.record(z.string(), z.string()).default({});
const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string().optional(),
          for: z.string().optional(),
          labels,
          annotations: labels,
        }),
      ),
    }),
  ),
});

const FOREIGN: SandboxRule = {
  alert: "CheckoutErrors",
  labels: {
    severity: "warning",
    service: "checkout",
    job: "checkout",
    instance: "checkout-1:8443",
  },
  annotations: { summary: "2% of checkouts fail on {{ $labels.instance }}" },
};

/** What the labels of a real alert would name; the panel may send others. */
const EXAMPLE_LABELS: Labels = {
  topic: "orders",
  partition: "0",
  group: "billing",
  replica: "2",
  mountpoint: "/var/lib/streamline",
  device: "nvme0n1",
};

export function createSandboxAlerts(options: SandboxAlertOptions): SandboxAlerts {
  known ??= readRules();
  const rules = [...known, FOREIGN];
  const sent = new Map<string, Sent>();
  let webhookUrl: string | undefined;

  /** Sends what Alertmanager would send of it now; whether the bot has been notified. */
  const tell = async (rule: SandboxRule, next: Sent): Promise<boolean> => {
    const body = webhookBody({ rule, sent: next, options });
    const isMuted = body.alerts.some((alert) => options.alertmanager.isMuted(alert.labels));
    if (webhookUrl === undefined || isMuted) return next.isDelivered;
    await post(webhookUrl, options.token, body);
    return true;
  };
  const fireAlert = async (name: string, change: AlertChange): Promise<void> => {
    const rule = rules.find((each) => each.alert === name);
    if (rule === undefined) throw new Error(`There is no alert ${name}.`);
    if (webhookUrl === undefined) throw new Error("The bot is not connected yet.");
    const before = sent.get(name);
    const isSame = before !== undefined && before.status === "firing";
    const next: Sent = {
      status: change.status,
      startsAt: isSame ? before.startsAt : options.now(),
      labels: change.labels ?? before?.labels ?? {},
      isDelivered: isSame && change.status === "firing" && before.isDelivered,
    };
    for (const alert of webhookBody({ rule, sent: next, options }).alerts) {
      keep(options.alertmanager, alert, next);
    }
    sent.set(name, { ...next, isDelivered: await tell(rule, next) });
  };
  return {
    controls: {
      alerts: () =>
        rules.map((rule) => controlOf(rule, sent.get(rule.alert), placeOf(rule, options))),
      fireAlert,
    },
    connect(url) {
      webhookUrl = url;
    },
    async notifyUnmuted() {
      for (const rule of rules) {
        const last = sent.get(rule.alert);
        // An alert that came and went while it was muted is notified to nobody: Alertmanager has forgotten it.
        if (last === undefined || last.isDelivered || last.status !== "firing") continue;
        sent.set(rule.alert, { ...last, isDelivered: await tell(rule, last) });
      }
    },
  };
}

/** Alertmanager forgets what is over. */
function keep(
  alertmanager: SandboxAlertOptions["alertmanager"],
  { fingerprint, labels: own, annotations }: Omit<FiredAlert, "startsAt">,
  { status, startsAt }: Sent,
): void {
  if (status === "resolved") alertmanager.drop(fingerprint);
  else alertmanager.hold({ fingerprint, labels: own, annotations, startsAt });
}

/** What the checkout ships does not change while a sandbox runs; tests start many in one process. */
let known: readonly SandboxRule[] | undefined;

function readRules(): SandboxRule[] {
  const file = rulesSchema.parse(parse(readFileSync(RULES_FILE, "utf8")));
  return file.groups.flatMap((group) =>
    group.rules.flatMap((rule) =>
      rule.alert === undefined ? [] : [{ ...rule, alert: rule.alert }],
    ),
  );
}

function controlOf(rule: SandboxRule, sent: Sent | undefined, at: Labels): ControlAlert {
  return {
    name: rule.alert,
    summary: expand(rule.annotations["summary"] ?? "", rule, {
      ...EXAMPLE_LABELS,
      ...at,
      ...rule.labels,
    }),
    severity: rule.labels["severity"] ?? "none",
    status: sent?.status ?? "inactive",
    waits: rule.for ?? "",
  };
}

/** Rules that a probe of the Kafka port feeds, from a job of its own. */
const ON_KAFKA: ReadonlySet<string> = new Set(["KafkaDown", "CertificateExpiring"]);

/** Where what the alert speaks of was seen. */
function placeOf(
  { alert }: SandboxRule,
  { instance, kafka }: Pick<SandboxAlertOptions, "instance" | "kafka">,
): Labels {
  const host = instance.replace(/:\d+$/, "");
  return ON_KAFKA.has(alert)
    ? { job: "streamline-kafka", instance: kafka, host }
    : { job: "streamline", instance, host };
}

interface Body {
  readonly rule: SandboxRule;
  readonly sent: Sent;
  readonly options: SandboxAlertOptions;
}

/** The webhook's body, version "4" (Prometheus documentation, <webhook_config>). */
function webhookBody({ rule, sent, options }: Body) {
  const { host = "", ...place } = placeOf(rule, options);
  const base: Labels = { ...place, ...rule.labels, alertname: rule.alert };
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
    Object.entries(rule.annotations).map(([name, text]) => [name, expand(text, rule, own)]),
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
function expand(template: string, { alert }: SandboxRule, own: Labels): string {
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

async function post(url: string, token: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.ok) return;
  throw new Error(`The bot refused the webhook: ${response.status} ${await response.text()}`);
}
