/** The alerts of an incident's message, a line each: how bad, which one, what, and where it leads. */

import type { RichTextElement } from "@slack/types";
import { type Alert, alertName } from "../../alerts/alert.ts";
import { type AlertLink, type AlertLinkKind, alertLinks } from "../../alerts/alert-links.ts";
import { bold, mono, plain } from "../../block-kit/blocks.ts";
import { escaped, line } from "../../block-kit/text.ts";
import type { Incident } from "../../incidents/incident.ts";
import { rankOfSeverity } from "../../incidents/severity.ts";
import { severityMark } from "./severity-words.ts";

/** Alerts listed in the message; a storm's hundreds are counted. */
const LISTED_ALERTS = 10;
/** Labels shown per alert, and characters of each value. */
const LISTED_LABELS = 8;
const LABEL_VALUE = 120;
/** Links shown per alert, and values that its rule measured. */
const LISTED_LINKS = 3;
const LISTED_VALUES = 4;
/** What the list may take of the message's total; a few alerts with long labels fill it. */
const LIST_SIZE = 9_000;

/** What fires, worst first; what fired, once nothing does. */
export function shownAlerts({ alerts }: Pick<Incident, "alerts">): readonly Alert[] {
  const firing = alerts.filter((alert) => alert.status === "firing");
  const shown = firing.length > 0 ? firing : alerts;
  return shown.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(alert: Alert): number {
  return rankOfSeverity(alert.labels["severity"] ?? "");
}

/** As many lines as have room; one always has. `alerts` are those that are shown. */
export function alertLines(alerts: readonly Alert[], incident: Incident): RichTextElement[][] {
  const severities = new Set(alerts.map(({ labels }) => labels["severity"] ?? ""));
  const linked = new Set<string>();
  const lines = alerts
    .slice(0, LISTED_ALERTS)
    .map((alert) => [
      ...(severities.size > 1 ? [plain(`${severityMark(alert.labels["severity"] ?? "")} `)] : []),
      ...alertLine(alert, incident),
      ...linksOf(alert, linked),
    ]);
  let room = LIST_SIZE;
  const end = lines.findIndex((each) => {
    room -= JSON.stringify(each).length;
    return room < 0;
  });
  return end === -1 ? lines : lines.slice(0, Math.max(1, end));
}

/** The same line for those who cannot see blocks. */
export function plainAlertLine(elements: readonly RichTextElement[]): string {
  const words = elements.map((each) => {
    if (each.type === "text") return each.text;
    return each.type === "link" ? `${each.text ?? ""}: ${each.url}` : "";
  });
  return `• ${escaped(words.join(""), 1_000)}`;
}

function alertLine(alert: Alert, incident: Incident): RichTextElement[] {
  const words = wordsOf(alert);
  const labels = ownLabels(alert, incident).flatMap((label) => [plain(" "), mono(label)]);
  const mark = alert.status === "resolved" ? "resolved: " : "";
  const name = bold(`${mark}${nameOf(alert)}`);
  return words === "" ? [name, ...labels] : [name, plain(` ${words}`), ...labels];
}

/** Without a name an alert is known by its labels, which follow. */
function nameOf(alert: Alert): string {
  return alert.labels["alertname"] ? line(alertName(alert), LABEL_VALUE) : "Alert without a name";
}

/**
 * The summary, the description where it says more, why the rule could not be evaluated or its alert
 * ended without being measured (Grafana: `Error`, `grafana_state_reason`), and what it measured.
 */
function wordsOf({ annotations, values = {} }: Alert): string {
  const text = (name: string): string =>
    Object.hasOwn(annotations, name) ? line(annotations[name] ?? "") : "";
  // Rules of before 2019 and some generators say it under another name.
  const summary = ["summary", "title", "message"].map(text).find((each) => each !== "") ?? "";
  const description = text("description");
  const [error, reason] = [text("Error"), text("grafana_state_reason")];
  const measured = Object.entries(values)
    .slice(0, LISTED_VALUES)
    .map(([name, value]) => `${line(name, 40)} = ${line(value, 40)}`);
  return [
    ...(description === "" || description === summary ? [summary] : [ended(summary), description]),
    ...(error === "" ? [] : [`Error: ${error}`]),
    ...(reason === "" ? [] : [`(Grafana's reason: ${reason})`]),
    ...(measured.length === 0 ? [] : [`(${measured.join(", ")})`]),
  ]
    .filter((each) => each !== "")
    .join(" ");
}

/** A sentence follows it. */
function ended(words: string): string {
  return words === "" || /[.!?:]$/.test(words) ? words : `${words}.`;
}

/** What tells this alert from the others; its name and severity stand elsewhere. */
function ownLabels(alert: Alert, incident: Incident): string[] {
  const told = new Set(["alertname", "severity", "service"]);
  const isShared = (name: string): boolean => Object.hasOwn(incident.groupLabels, name);
  const names = Object.keys(alert.labels)
    .filter((name) => !told.has(name))
    .toSorted((a, b) => Number(isShared(a)) - Number(isShared(b)));
  const shown = names
    .slice(0, LISTED_LABELS)
    .map((name) => `${line(name, LABEL_VALUE)}=${line(alert.labels[name] ?? "", LABEL_VALUE)}`);
  return names.length > LISTED_LABELS
    ? [...shown, `+${names.length - LISTED_LABELS} labels`]
    : shown;
}

const LINK_WORDS: Readonly<Record<AlertLinkKind, string>> = {
  runbook: "runbook",
  dashboard: "dashboard",
  panel: "panel",
  query: "query",
  image: "image",
  silence: "silence",
};

/** "runbook at wiki.example", each address once in a message. */
function linksOf(alert: Alert, linked: Set<string>): RichTextElement[] {
  const fresh = alertLinks(alert)
    .filter(({ url }) => !linked.has(url))
    .slice(0, LISTED_LINKS);
  for (const { url } of fresh) linked.add(url);
  return fresh.flatMap((link) => [plain("  "), linkElement(link)]);
}

function linkElement({ kind, url, host }: AlertLink): RichTextElement {
  return { type: "link", url, text: `${LINK_WORDS[kind]} at ${line(host, 80)}` };
}
