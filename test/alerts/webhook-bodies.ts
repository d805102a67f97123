/** Bodies of the webhook, whole but for a change, and what is read of them. */

import assert from "node:assert/strict";
import type { Alert, Notification } from "../../src/alerts/alert.ts";
import { parseWebhook as parse, type WebhookResult } from "../../src/alerts/parse-webhook.ts";
import { amBody } from "./bodies.ts";

export type Json = Record<string, unknown>;

/** When every body is received. */
export const NOW = Date.parse("2026-11-23T04:00:00Z");

/** What is made of a body of the source `prod`. */
export function parseWebhook(body: unknown): WebhookResult {
  return parse(body, { source: "prod", nowMs: NOW });
}

/** The notification of a body that must be taken. */
export function notificationOf(body: unknown): Notification {
  const result = parseWebhook(body);
  assert.ok(result.kind === "notification", JSON.stringify(result));
  return result.notification;
}

/** Why a body that must be refused is refused. */
export function reasonOf(body: unknown): string {
  const result = parseWebhook(body);
  assert.ok(result.kind === "malformed", "the body was taken");
  return result.reason;
}

/** A good body with one alert, changed. */
export function body(change: Json = {}): Json {
  return { ...amBody(), ...change };
}

/** A good body whose one alert is changed. */
export function withAlert(change: Json): Json {
  const [alert] = amBody()["alerts"] as Json[];
  return body({ alerts: [{ ...alert, ...change }] });
}

/** The second of two alerts changed; what was read of both, and what is said of the rest. */
export function beside(change: Json): { odd: Alert; sound: Alert; problems: readonly string[] } {
  const [alert] = amBody()["alerts"] as Json[];
  const odd = { ...alert, labels: { alertname: "Odd" }, fingerprint: "f2", ...change };
  const { alerts, unread } = notificationOf(body({ alerts: [alert, odd] }));
  const [first, second] = alerts;
  assert.ok(first !== undefined && second !== undefined);
  return { sound: first, odd: second, problems: unread?.problems ?? [] };
}
