/** An incident's message and the replies in its thread that need no server and no runbook. */

import type { RichTextElement } from "@slack/types";
import { type Alert, alertName, alertNames } from "../alerts/alert.ts";
import { durationOf, type Incident, severityOf } from "../incidents/incident.ts";
import { bold, bullets, context, header, mono, plain } from "./blocks.ts";
import type { KnownBlock, Message } from "./message.ts";
import { count, escaped, line } from "./text.ts";
import { duration, moment } from "./times.ts";

/** Alerts listed in the message; a storm's hundreds are counted. */
const LISTED_ALERTS = 10;
/** Labels shown per alert, and characters of each value. */
const LISTED_LABELS = 8;
const LABEL_VALUE = 120;

const SEVERITY_MARKS: Readonly<Record<string, string>> = {
  critical: "🔴",
  error: "🔴",
  warning: "🟠",
  info: "🔵",
};

export function renderIncident(incident: Incident): Message {
  const title = titleOf(incident);
  const firing = incident.alerts.filter((alert) => alert.status === "firing");
  const shown = firing.length > 0 ? firing : incident.alerts;
  return {
    text: [escaped(title), ...plainLines(incident, shown)].join("\n"),
    blocks: [
      header(title),
      context(factsOf(incident).join("  ·  ")),
      bullets(shown.slice(0, LISTED_ALERTS).map((alert) => alertLine(alert, incident))),
      ...leftOut(incident, shown.length),
    ],
  };
}

/** "🔴 CRITICAL: StreamlineDown", "✅ RESOLVED: StreamlineDown": colour and word, never colour alone. */
function titleOf(incident: Incident): string {
  const names = alertNames(incident.alerts);
  const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
  const what = `${names.slice(0, 3).join(", ")}${more}`;
  if (incident.status === "resolved") return `✅ RESOLVED: ${what}`;
  const severity = severityOf(incident);
  const mark = SEVERITY_MARKS[severity.toLowerCase()] ?? "⚪";
  return `${mark} ${severity === "unknown" ? "FIRING" : severity.toUpperCase()}: ${what}`;
}

function factsOf(incident: Incident): string[] {
  const firing = incident.alerts.filter((alert) => alert.status === "firing").length;
  const facts = [
    incident.status === "firing"
      ? `${count(firing, "alert")} firing since ${moment(incident.openedAt)}`
      : `resolved after ${duration(durationOf(incident, incident.openedAt))}`,
  ];
  if (incident.target !== undefined) facts.push(`target *${escaped(incident.target)}*`);
  if (incident.reopened > 0) facts.push(`fired again ${count(incident.reopened, "time")}`);
  if (/^https?:\/\/[^\s<>|]+$/.test(incident.externalUrl)) {
    facts.push(`<${escaped(incident.externalUrl, 500)}|Alertmanager>`);
  }
  return facts;
}

function alertLine(alert: Alert, incident: Incident): RichTextElement[] {
  const summary = line(summaryOf(alert));
  const labels = ownLabels(alert, incident).flatMap((label) => [plain(" "), mono(label)]);
  const mark = alert.status === "resolved" ? "resolved: " : "";
  const name = bold(`${mark}${line(alertName(alert), LABEL_VALUE)}`);
  return summary === "" ? [name, ...labels] : [name, plain(` ${summary}`), ...labels];
}

function summaryOf(alert: Alert): string {
  return alert.annotations["summary"] ?? alert.annotations["description"] ?? "";
}

/** What tells this alert from the others; its name and severity stand elsewhere. */
function ownLabels(alert: Alert, incident: Incident): string[] {
  const told = new Set(["alertname", "severity", "service"]);
  const names = Object.keys(alert.labels)
    .filter((name) => !told.has(name))
    .toSorted((a, b) => Number(a in incident.groupLabels) - Number(b in incident.groupLabels));
  const shown = names
    .slice(0, LISTED_LABELS)
    .map((name) => `${line(name, LABEL_VALUE)}=${line(alert.labels[name] ?? "", LABEL_VALUE)}`);
  return names.length > LISTED_LABELS
    ? [...shown, `+${names.length - LISTED_LABELS} labels`]
    : shown;
}

function leftOut(incident: Incident, shown: number): KnownBlock[] {
  const notes: string[] = [];
  if (shown > LISTED_ALERTS) notes.push(`${count(shown - LISTED_ALERTS, "more alert")} not listed`);
  if (incident.truncatedAlerts > 0) {
    notes.push(`${count(incident.truncatedAlerts, "alert")} left out by Alertmanager`);
  }
  return notes.length === 0 ? [] : [context(notes.join("  ·  "))];
}

function plainLines(incident: Incident, shown: readonly Alert[]): string[] {
  return [
    factsOf(incident).join(", "),
    ...shown.slice(0, LISTED_ALERTS).map((alert) => {
      const labels = ownLabels(alert, incident).map((label) => escaped(label));
      return `• ${escaped(line(alertName(alert)))} ${escaped(line(summaryOf(alert)))} ${labels.join(" ")}`.trimEnd();
    }),
  ];
}

/** Said in the thread when it is over. */
export function renderResolved(incident: Incident): Message {
  const text =
    `✅ Resolved after ${duration(durationOf(incident, incident.openedAt))}` +
    ` (${moment(incident.openedAt)} to ${moment(incident.resolvedAt ?? incident.openedAt)}).`;
  return { text, blocks: [context(text)] };
}

/** Said in the thread, and shown in the channel, when it fires again. */
export function renderReopened(incident: Incident): Message {
  const names = escaped(alertNames(incident.alerts).slice(0, 3).join(", "));
  const text = `🔁 Firing again: ${names}, since ${moment(incident.openedAt)}.`;
  return { text, blocks: [context(text)] };
}

/** Said in the thread when it holds more alert names than runbooks fit. */
export function renderUnexplained(alerts: readonly string[]): Message {
  const names = alerts.slice(0, 20).map((name) => line(name, LABEL_VALUE));
  const more = alerts.length > names.length ? ` and ${alerts.length - names.length} more` : "";
  const ask = "Ask for their runbooks with /streamline runbook ALERT.";
  const text = `Also firing: ${escaped(names.join(", "), 3_000)}${more}. ${ask}`;
  return { text, blocks: [context(text)] };
}
