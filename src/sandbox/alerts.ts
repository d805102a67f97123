/**
 * Alerts that the sandbox's panel fires and resolves, sent to the bot as Alertmanager sends them, and
 * held by the simulated Alertmanager. What it mutes is not notified, not even its end, and notified
 * later if it still differs then from what was notified before.
 *
 * They come from alerts/streamline.rules.yml, plus one of somebody else's service, so that an
 * alert without a runbook can be seen, too.
 */

import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import {
  type AlertLabels,
  EXAMPLE_LABELS,
  exampleText,
  placeOfAlert,
  type SandboxAlertOptions,
  type SandboxRule,
  type SentAlert,
  sendWebhook,
  webhookBody,
} from "./alert-webhook.ts";
import type { FiredAlert } from "./alertmanager/server.ts";
import type { AlertChange, ControlAlert, SandboxControls } from "./slack/controls.ts";

export interface SandboxAlerts {
  readonly controls: Pick<SandboxControls, "alerts" | "fireAlert">;
  /** Where the bot takes the webhook. */
  connect(webhookUrl: string): void;
  /** Notifies what was muted before and is not muted any more. */
  notifyUnmuted(): Promise<void>;
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

/** Nothing fires at first, and nothing is sent before `connect`. */
export function createSandboxAlerts(options: SandboxAlertOptions): SandboxAlerts {
  known ??= readRules();
  const rules = [...known, FOREIGN];
  const sent = new Map<string, SentAlert>();
  let webhookUrl: string | undefined;

  /** Sends what Alertmanager would send of it now; whether the bot has been notified. */
  const tell = async (rule: SandboxRule, next: SentAlert): Promise<boolean> => {
    const body = webhookBody({ rule, sent: next, options });
    const isMuted = body.alerts.some((alert) => options.alertmanager.isMuted(alert.labels));
    if (webhookUrl === undefined || isMuted) return next.isDelivered;
    await sendWebhook(webhookUrl, options.token, body);
    return true;
  };
  const fireAlert = async (name: string, change: AlertChange): Promise<void> => {
    const rule = rules.find((each) => each.alert === name);
    if (rule === undefined) throw new Error(`There is no alert ${name}.`);
    if (webhookUrl === undefined) throw new Error("The bot is not connected yet.");
    const before = sent.get(name);
    const isSame = before !== undefined && before.status === "firing";
    const next: SentAlert = {
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
        rules.map((rule) => controlOf(rule, sent.get(rule.alert), placeOfAlert(rule, options))),
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
  { status, startsAt }: SentAlert,
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

function controlOf(rule: SandboxRule, sent: SentAlert | undefined, at: AlertLabels): ControlAlert {
  return {
    name: rule.alert,
    summary: exampleText(rule.annotations["summary"] ?? "", rule, {
      ...EXAMPLE_LABELS,
      ...at,
      ...rule.labels,
    }),
    severity: rule.labels["severity"] ?? "none",
    status: sent?.status ?? "inactive",
    waits: rule.for ?? "",
  };
}
