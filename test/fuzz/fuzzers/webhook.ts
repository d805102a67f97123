/** A body that came to the webhook -> an incident, its end, and what a channel is shown of both. */

import assert from "node:assert/strict";
import { parseWebhook } from "../../../src/alerts/parse-webhook.ts";
import { parseJson } from "../../../src/exposition/parse-json.ts";
import { renderDigest } from "../../../src/features/delivery/render-digest.ts";
import { renderIncident } from "../../../src/features/incidents/render-incident.ts";
import { renderResolved } from "../../../src/features/incidents/render-incident-replies.ts";
import { applyNotification } from "../../../src/incidents/apply-notification.ts";
import { seedsOf } from "../corpus.ts";
import type { Fuzzer } from "../fuzzer.ts";
import { assertShown } from "./shown.ts";

const NOW_MS = Date.parse("2026-11-23T03:05:00Z");
const OPENING = { id: "i1", channel: "C0INCIDENTS", nowMs: NOW_MS };

export const webhookFuzzer: Fuzzer = {
  name: "webhook",
  seeds: seedsOf("webhook"),
  words: [
    ..."status firing resolved alerts labels annotations startsAt endsAt alertname".split(" "),
    ..."groupKey truncatedAlerts severity runbook_url http://a.example fingerprint".split(" "),
    "2026-11-23T03:00:00Z",
    "0001-01-01T00:00:00Z",
  ],
  isJson: true,
  open: async () => ({ feed }),
};

function feed(input: Buffer): void {
  const read = parseWebhook(parseJson(input.toString("utf8")), {
    source: "default",
    nowMs: NOW_MS,
  });
  if (read.kind === "malformed") {
    assert.ok(read.reason.length > 0 && read.reason.length < 1_500, read.reason);
    return;
  }
  const { incident } = applyNotification(undefined, read.notification, OPENING);
  assertShown(renderIncident(incident, NOW_MS));
  assertShown(renderDigest({ incidents: [incident], nowMs: NOW_MS, jumpTo: () => undefined }));
  const alerts = read.notification.alerts.map((alert) => ({
    ...alert,
    status: "resolved" as const,
    endsAt: NOW_MS,
  }));
  const end = { ...read.notification, status: "resolved" as const, alerts };
  const ended = applyNotification(incident, end, { ...OPENING, nowMs: NOW_MS + 1 });
  assertShown(renderResolved(ended.incident));
}
