/** An incident's story: what Alertmanager reported, what people did and wrote, in the order of time. */

import { type Alert, alertName, type Notification } from "../alerts/alert.ts";
import { ASKED, type AuditEntry, type Reason } from "./change.ts";
import type { FoundCause, Incident } from "./incident.ts";
import { episodesOf } from "./incident-times.ts";

export type KeptEvent =
  | {
      readonly kind: "notification";
      readonly at: number;
      readonly reason: Reason;
      readonly notification: Pick<Notification, "alerts">;
    }
  | ({ readonly kind: "audit"; readonly at: number } & AuditEntry);

/** What a person wrote in the incident's thread. */
export interface ThreadMessage {
  readonly at: number;
  readonly by: string;
  readonly text: string;
}

export type StoryEntry = { readonly at: number } & (
  | { readonly kind: "fired"; readonly again: boolean; readonly alerts: readonly Alert[] }
  | { readonly kind: "changed"; readonly added: readonly Alert[]; readonly gone: readonly Alert[] }
  | { readonly kind: "resolved" }
  | ({ readonly kind: "did" } & AuditEntry)
  /** The diagnosis of its target named this first. */
  | { readonly kind: "diagnosed"; readonly title: string }
  | ({ readonly kind: "wrote" } & Omit<ThreadMessage, "at">)
);

export interface Story {
  readonly incident: Incident;
  readonly entries: readonly StoryEntry[];
  /** Its firings, oldest first. */
  readonly episodes: readonly EpisodeTimes[];
}

/** One firing, and how long people and the cure took from its start, in milliseconds. */
interface EpisodeTimes {
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly acknowledgedAfter?: number;
  readonly resolvedAfter?: number;
}

/** What happened and what people wrote, in the order of time; what was asked of the bot is left out. */
export function storyOf(
  incident: Incident,
  events: readonly KeptEvent[],
  messages: readonly ThreadMessage[],
): Story {
  const asked = askedIn(events);
  const talk = messages
    .filter(({ at, by }) => !asked.has(`${by} ${at}`))
    .map((each): StoryEntry => ({ kind: "wrote", ...each }));
  const causes = causesOf(incident).map(
    ({ since, title }): StoryEntry => ({ kind: "diagnosed", at: since, title }),
  );
  const all = [...eventEntries(events), ...causes, ...talk];
  const entries = all.toSorted((a, b) => a.at - b.at);
  const acknowledgements = entries.flatMap((each) =>
    each.kind === "did" && each.action === "acknowledge" ? [each.at] : [],
  );
  const firings = episodesOf(incident);
  const episodes = firings.map(({ startedAt, endedAt, acknowledgedAt }, index): EpisodeTimes => {
    const next = firings[index + 1]?.startedAt ?? Infinity;
    // Rows of the audit log are removed before the incident is.
    const acknowledged =
      acknowledgedAt ?? acknowledgements.find((at) => at >= startedAt && at < next);
    return {
      startedAt,
      ...(endedAt === undefined
        ? {}
        : { endedAt, resolvedAfter: Math.max(0, endedAt - startedAt) }),
      ...(acknowledged === undefined
        ? {}
        : { acknowledgedAfter: Math.max(0, acknowledged - startedAt) }),
    };
  });
  return { incident, entries, episodes };
}

/** What the diagnosis named, over all firings; what lasted over several of them stands once. */
function causesOf(incident: Incident): FoundCause[] {
  const all = episodesOf(incident).flatMap(({ found = [] }) => found);
  return [...new Map(all.map((each) => [`${each.check} ${each.since}`, each])).values()];
}

/** Messages that were commands, which are in the story as that. */
function askedIn(events: readonly KeptEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap((each) =>
      each.kind === "audit" && each.action === ASKED && typeof each.detail["ts"] === "string"
        ? [`${each.who} ${Math.round(Number(each.detail["ts"]) * 1_000)}`]
        : [],
    ),
  );
}

/** What changed from one notification to the next; those that changed nothing are left out. */
function eventEntries(events: readonly KeptEvent[]): StoryEntry[] {
  const entries: StoryEntry[] = [];
  let before = new Map<string, Alert>();
  for (const each of events) {
    if (each.kind === "audit") {
      const { at, who, action, detail } = each;
      entries.push({ kind: "did", at, who, action, detail });
    } else if (each.reason !== "unchanged" && each.reason !== "in-doubt") {
      const firing = firingIn(each.notification.alerts);
      entries.push(...changeEntry(each, before, firing));
      before = firing;
    }
  }
  return entries;
}

function firingIn(alerts: readonly Alert[]): Map<string, Alert> {
  const firing = alerts.filter(({ status }) => status === "firing");
  return new Map(firing.map((alert) => [alert.fingerprint, alert]));
}

type Firing = ReadonlyMap<string, Alert>;

function changeEntry(
  { at, reason }: Extract<KeptEvent, { kind: "notification" }>,
  before: Firing,
  firing: Firing,
): StoryEntry[] {
  if (reason === "resolved") return [{ kind: "resolved", at }];
  if (reason === "opened" || reason === "reopened") {
    return [{ kind: "fired", at, again: reason === "reopened", alerts: [...firing.values()] }];
  }
  const added = [...firing.values()].filter(({ fingerprint }) => !before.has(fingerprint));
  const gone = [...before.values()].filter(({ fingerprint }) => !firing.has(fingerprint));
  return added.length + gone.length === 0 ? [] : [{ kind: "changed", at, added, gone }];
}

/** Names with how often each occurs, in order of first appearance. */
export function namesWithCounts(alerts: readonly Alert[]): (readonly [name: string, n: number])[] {
  const counts = new Map<string, number>();
  for (const alert of alerts) counts.set(alertName(alert), (counts.get(alertName(alert)) ?? 0) + 1);
  return [...counts];
}
