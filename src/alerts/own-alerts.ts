/** Alerts that the bot raises by itself: no rule of Prometheus declares them, and each has a runbook. */

export const OWN_ALERTS = ["SourceSilent", "WebhookRefused"] as const;

export type OwnAlertName = (typeof OWN_ALERTS)[number];
