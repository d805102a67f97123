/**
 * What another app posted about alerts -> the alerts, or why it cannot be read.
 *
 * Alertmanager has no machine-readable form for Slack: people see what a template makes of a group.
 * This reads the templates in use: Alertmanager's and Grafana's own, kube-prometheus' examples,
 * Monzo's, and what is built like them. All of it is a stranger's text.
 */

import { type Alert, type AlertStatus, alertNames } from "./alert.ts";
import { type Detail, parseDetails } from "./post-details.ts";
import { labelsInLink } from "./post-links.ts";
import { type PostSubject, parseSubject } from "./post-subject.ts";
import type { PostAttachment, SlackPost } from "./slack-post.ts";

export type PostedAlert = Pick<Alert, "status" | "labels" | "annotations">;

export interface Posted {
  readonly status: AlertStatus;
  /** The same for all posts of one group, as far as the template lets it be posted. */
  readonly group: string;
  /** At least one; each has an `alertname`. */
  readonly alerts: readonly PostedAlert[];
  /** All labels of each alert are posted; otherwise some are guessed from values without names. */
  readonly isComplete: boolean;
  /** How many more the post counts than it tells of. */
  readonly unlisted: number;
  /** Values whose labels' names the template leaves out. */
  readonly words: readonly string[];
  /** Where its title leads; empty when nowhere. */
  readonly externalUrl: string;
}

/** A post that says whether something fires, and not what: what it follows on says so. */
export interface PostedState {
  readonly status: AlertStatus;
  /** How many fire, or are over; 0 when it does not say. */
  readonly count: number;
}

export type PostResult =
  | { readonly kind: "alerts"; readonly posted: Posted }
  | { readonly kind: "unnamed"; readonly state: PostedState; readonly reason: string }
  | { readonly kind: "unparseable"; readonly reason: string };

const NO_STATUS = "it does not say whether something fires or is resolved";
const NO_NAME = "it names no alert";

/** `isKnown` says whether a runbook answers an alert of this name. */
export function parseSlackPost(post: SlackPost, isKnown: (name: string) => boolean): PostResult {
  const parts = post.attachments.length === 0 ? [ofText(post.text)] : post.attachments;
  const results = parts.map((part, index) =>
    parsePart(part, { post, isFirst: index === 0, isKnown }),
  );
  const read = results.flatMap((each) => (each.kind === "alerts" ? [each.posted] : []));
  const [first, ...others] = read;
  if (first === undefined) {
    const unnamed = results.find(({ kind }) => kind === "unnamed");
    return unnamed ?? results[0] ?? { kind: "unparseable", reason: NO_STATUS };
  }
  return { kind: "alerts", posted: others.reduce(joined, first) };
}

function ofText(text: string): PostAttachment {
  const none = { title: "", titleLink: "", pretext: "", fallback: "", color: "" };
  return { ...none, text, fields: [], links: [] };
}

interface Whole {
  readonly post: SlackPost;
  readonly isFirst: boolean;
  readonly isKnown: (name: string) => boolean;
}

function parsePart(part: PostAttachment, { post, isFirst, isKnown }: Whole): PostResult {
  const before = isFirst ? [firstLine(post.text)] : [];
  const heads = [part.title, part.fallback, part.pretext, ...before, firstLine(part.text)];
  const subjects = heads.flatMap((head) => parseSubject(head, isKnown) ?? []);
  const details = parseDetails(`${part.pretext}\n${part.text}`);
  const shared = { ...labelsOfFields(part), ...labelsOfLinks(part) };
  const status = subjects[0]?.status ?? statusOfColor(part.color);
  const isAlert = "alertname" in shared || details.some(({ labels }) => "alertname" in labels);
  if (status === undefined || (subjects.length === 0 && !isAlert)) {
    return { kind: "unparseable", reason: NO_STATUS };
  }
  const subject = subjects.find(({ name }) => name !== undefined) ?? subjects[0];
  const alerts = alertsOf({ details, shared, subject, status });
  if (alerts.length === 0) {
    const count = subjects[0]?.count ?? 0;
    return { kind: "unnamed", state: { status, count }, reason: NO_NAME };
  }
  return {
    kind: "alerts",
    posted: {
      status,
      group: groupOf(part, subject, alerts),
      alerts,
      isComplete: "alertname" in shared || details.length > 0,
      unlisted: Math.max(0, (subjects[0]?.count ?? 0) - countOf(alerts, status)),
      words: subject?.words ?? [],
      externalUrl: part.titleLink,
    },
  };
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}

/** Slack's own names for colours, and Grafana's. */
const COLORS: ReadonlyMap<string, AlertStatus> = new Map([
  ["danger", "firing"],
  ["warning", "firing"],
  ["#d63232", "firing"],
  ["good", "resolved"],
  ["#36a64f", "resolved"],
]);

function statusOfColor(color: string): AlertStatus | undefined {
  return COLORS.get(color.toLowerCase());
}

/** Fields that many templates have and that are no labels. */
const NO_LABEL = /^(summary|description|message|runbook\w*|graph|source|status|silence|dashboard)$/;

/** Some templates tell the labels all alerts share in fields: "Severity", "Alert name". */
function labelsOfFields({ fields }: PostAttachment): Record<string, string> {
  const pairs = fields.flatMap(({ title, value }) => {
    const name = title
      .trim()
      .toLowerCase()
      .replace(/[:\s]+/g, "");
    const isLabel = /^[a-z_]\w{0,100}$/.test(name) && !NO_LABEL.test(name) && value.trim() !== "";
    return isLabel ? [[name === "alert" ? "alertname" : name, value.trim()] as const] : [];
  });
  return Object.fromEntries(pairs);
}

function labelsOfLinks({ titleLink, links }: PostAttachment): Record<string, string> {
  return Object.assign({}, ...[titleLink, ...links].map(labelsInLink)) as Record<string, string>;
}

interface PostParts {
  readonly details: readonly Detail[];
  readonly shared: Readonly<Record<string, string>>;
  readonly subject: PostSubject | undefined;
  readonly status: AlertStatus;
}

function alertsOf({ details, shared, subject, status }: PostParts): PostedAlert[] {
  const named = details.filter(({ labels }) => "alertname" in labels);
  // Where some alerts are named, what is not is a list of something else.
  const posted = named.length > 0 ? named : details;
  const guessed = { ...guessedLabels(subject), ...shared };
  if (posted.length === 0) {
    return "alertname" in guessed ? [{ status, labels: guessed, annotations: {} }] : [];
  }
  return posted.flatMap((detail) => {
    const labels = "alertname" in detail.labels ? detail.labels : { ...guessed, ...detail.labels };
    if (!("alertname" in labels)) return [];
    // A resolved group has nothing that fires.
    const own = status === "resolved" ? status : (detail.status ?? status);
    return [{ status: own, labels, annotations: detail.annotations }];
  });
}

const SEVERITIES = new Set(["critical", "error", "warning", "info", "none"]);
const HOST_AND_PORT = /^[\w.-]+:\d{2,5}$/;

/** Which labels some values are of is plain from what they are. */
function guessedLabels(subject: PostSubject | undefined): Record<string, string> {
  const { name, words = [] } = subject ?? {};
  const severity = words.find((word) => SEVERITIES.has(word.toLowerCase()));
  const instance = words.find((word) => HOST_AND_PORT.test(word));
  return {
    ...(name === undefined ? {} : { alertname: name }),
    ...(severity === undefined ? {} : { severity: severity.toLowerCase() }),
    ...(instance === undefined ? {} : { instance }),
  };
}

function countOf(alerts: readonly PostedAlert[], status: AlertStatus): number {
  return alerts.filter((alert) => alert.status === status).length;
}

/**
 * The fallback is the default subject in most templates, and the receiver stands in the link: both
 * stay what they are for all posts of a group. A group by nothing is known by its alerts.
 */
function groupOf(
  { titleLink }: PostAttachment,
  subject: PostSubject | undefined,
  alerts: readonly PostedAlert[],
): string {
  const receiver = /[?&]receiver=([^&]*)/.exec(titleLink)?.[1] ?? "";
  const names = alertNames(alerts).toSorted((a, b) => (a < b ? -1 : 1));
  return `${receiver}|${subject?.group || `${BY_NOTHING}${names.join(" ")}`}`.slice(0, 500);
}

/** Begins the names of a group that has nothing else to be known by. */
const BY_NOTHING = "names:";

/** Two posts of one receiver whose groups are formed by nothing, or in a way that nobody says. */
export function areAlikeByNothing(one: string, other: string): boolean {
  const [start = ""] = one.split(BY_NOTHING, 1);
  return start.endsWith("|") && start !== one && other.startsWith(`${start}${BY_NOTHING}`);
}

function joined(first: Posted, second: Posted): Posted {
  return {
    ...first,
    status: [first, second].some(({ status }) => status === "firing") ? "firing" : "resolved",
    alerts: [...first.alerts, ...second.alerts],
    isComplete: first.isComplete && second.isComplete,
    unlisted: first.unlisted + second.unlisted,
    words: [...first.words, ...second.words],
  };
}
