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
  readonly now: () => number;
  readonly alertmanager: Pick<SimulatedAlertmanager, "url" | "hold" | "drop" | "isMuted">;
}

type Labels = Readonly<Record<string, string>>;

interface SandboxRule {
  readonly alert: string;
  readonly expr?: string | undefined;
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
          expr: z.string().optional(),
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
};

export function createSandboxAlerts(options: SandboxAlertOptions): SandboxAlerts {
  const rules = [...readRules(), FOREIGN];
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
      alerts: () => rules.map((rule) => controlOf(rule, sent.get(rule.alert), options.instance)),
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

function readRules(): SandboxRule[] {
  const file = rulesSchema.parse(parse(readFileSync(RULES_FILE, "utf8")));
  return file.groups.flatMap((group) =>
    group.rules.flatMap((rule) =>
      rule.alert === undefined ? [] : [{ ...rule, alert: rule.alert }],
    ),
  );
}

function controlOf(rule: SandboxRule, sent: Sent | undefined, instance: string): ControlAlert {
  return {
    name: rule.alert,
    summary: expand(
      rule.annotations["summary"] ?? "",
      {
        ...EXAMPLE_LABELS,
        instance,
        ...rule.labels,
      },
      rule.expr,
    ),
    severity: rule.labels["severity"] ?? "none",
    status: sent?.status ?? "inactive",
    waits: rule.for ?? "",
  };
}

interface Body {
  readonly rule: SandboxRule;
  readonly sent: Sent;
  readonly options: SandboxAlertOptions;
}

/** The webhook's body, version "4" (Prometheus documentation, <webhook_config>). */
function webhookBody({ rule, sent, options }: Body) {
  const base: Labels = {
    job: "streamline",
    instance: options.instance,
    ...rule.labels,
    alertname: rule.alert,
  };
  const used = Object.values(rule.annotations).join(" ");
  const example = Object.entries(EXAMPLE_LABELS).filter(([name]) =>
    used.includes(`$labels.${name}`),
  );
  const own = {
    ...base,
    ...Object.fromEntries(example),
    ...sent.labels,
  };
  const annotations = Object.fromEntries(
    Object.entries(rule.annotations).map(([name, text]) => [name, expand(text, own, rule.expr)]),
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

/** Fills in what Prometheus' templates would; the panel has no value, so an example stands for it. */
function expand(template: string, own: Labels, expr = ""): string {
  return template
    .replace(/\{\{\s*\$labels\.(\w+)\s*\}\}/g, (_, name: string) => own[name] ?? "")
    .replace(/\{\{[^}]*\$value[^}]*\}\}/g, (slot) => exampleValue(slot, template, expr));
}

/** What ends, burns down or falls behind takes hours or days; what is slow takes a second. */
const LONG = /expire|full in|behind|left|certificate/i;

function exampleValue(slot: string, template: string, expr: string): string {
  if (slot.includes("humanizeDuration")) return LONG.test(template) ? "5h 20m 0s" : "1.2s";
  return slot.includes("humanizePercentage") ? `${Number(shareBeyond(expr).toPrecision(2))}%` : "6";
}

/** In per cent what the rule would fire at: well beyond the last number that it compares with. */
function shareBeyond(expr: string): number {
  const [, sign, number] = /([<>])=?\s*(0?\.\d+)\s*(?:,[^<>]*)?$/.exec(expr) ?? [];
  const limit = Number(number);
  if (sign === undefined || !(limit > 0)) return 12;
  return 100 * (sign === "<" ? limit / 4 : Math.min(2 * limit, (1 + limit) / 2));
}

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
