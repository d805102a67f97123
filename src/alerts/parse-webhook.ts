/**
 * Alertmanager's webhook body -> Notification, or why it is none.
 *
 * Format: Prometheus documentation, "Alerting: configuration", <webhook_config>, version "4".
 * Unknown fields are allowed: newer servers add some (`notification_reason`).
 */

import { z } from "zod";
import type { Alert, Notification } from "./alert.ts";

export type WebhookResult =
  | { readonly kind: "notification"; readonly notification: Notification }
  | { readonly kind: "malformed"; readonly reason: string };

/** Times outside these years are a mistake, and would print as nonsense durations. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 9999;

/** RFC 3339 with a zone; without one it would mean another moment on every machine. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

const time = z.string().transform((text, context) => {
  const value = TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(value)) {
    context.addIssue("is not a time such as 2026-01-31T03:04:05Z");
    return z.NEVER;
  }
  return value;
});

const labels = z.record(z.string(), z.string());

const alertSchema = z.object({
  status: z.enum(["firing", "resolved"]),
  labels,
  annotations: labels.default({}),
  startsAt: time.refine(isPlausible, "is not a plausible time"),
  endsAt: time.optional(),
  fingerprint: z.string().min(1, "must not be empty"),
});

const bodySchema = z.object({
  version: z.literal("4", 'must be "4": another version of Alertmanager\'s webhook'),
  groupKey: z.string().min(1, "must not be empty"),
  receiver: z.string().default(""),
  status: z.enum(["firing", "resolved"]),
  groupLabels: labels.default({}),
  commonLabels: labels.default({}),
  externalURL: z.string().default(""),
  truncatedAlerts: z.number().int().min(0).default(0),
  alerts: z.array(alertSchema).min(1, "must hold at least one alert"),
});

/** How many problems the answer to a malformed body names. */
const REPORTED_PROBLEMS = 5;
/** A path holds the sender's own keys, which may be of any length. */
const LONGEST_PATH = 100;

/** Takes the parsed JSON of a webhook's body, which may be anything. */
export function parseWebhook(body: unknown): WebhookResult {
  const parsed = bodySchema.safeParse(body, { error: messageOf });
  if (!parsed.success) return { kind: "malformed", reason: reasonOf(parsed.error) };
  const { version: _, externalURL, alerts, ...rest } = parsed.data;
  return {
    kind: "notification",
    notification: { ...rest, externalUrl: externalURL, alerts: oncePer(alerts.map(alertOf)) },
  };
}

/** An alert that a sender names twice counts once, and as firing if either copy says so. */
function oncePer(alerts: readonly Alert[]): Alert[] {
  const byFingerprint = new Map<string, Alert>();
  for (const alert of alerts) {
    const first = byFingerprint.get(alert.fingerprint);
    if (first?.status !== "firing") byFingerprint.set(alert.fingerprint, alert);
  }
  return [...byFingerprint.values()];
}

function alertOf(alert: z.output<typeof alertSchema>): Alert {
  const { endsAt, ...rest } = alert;
  // A firing alert carries the time at which it would be given up, or year 1: not an end.
  return alert.status === "resolved" && endsAt !== undefined && isPlausible(endsAt)
    ? { ...rest, endsAt: Math.max(endsAt, alert.startsAt) }
    : rest;
}

function isPlausible(ms: number): boolean {
  const year = new Date(ms).getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  return issue.code === "invalid_type" && issue.input === undefined ? "is missing" : undefined;
}

function reasonOf(error: z.ZodError): string {
  const shown = error.issues
    .slice(0, REPORTED_PROBLEMS)
    .map((issue) => `${pathText(issue.path)}: ${issue.message}`);
  const left = error.issues.length - shown.length;
  return left > 0 ? `${shown.join("; ")}; and ${left} more` : shown.join("; ");
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map(String).join(".") || "body";
  return text.length > LONGEST_PATH ? `${text.slice(0, LONGEST_PATH)}…` : text;
}
