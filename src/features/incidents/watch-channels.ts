/**
 * Another app's post about alerts becomes an incident whose thread the bot speaks in.
 *
 * Like a webhook it is written in one transaction, and the outbox does the rest. What is shown where
 * when an alert comes both ways stands in docs/decisions/0011.
 */

import { type Posted, type PostResult, parseSlackPost } from "../../alerts/parse-slack-post.ts";
import type { Target } from "../../diagnosis/target.ts";
import {
  applyExternalPost,
  type ExternalReason,
  groupKeyOf,
  postedOfKnown,
  type ReadPost,
} from "../../incidents/apply-external-post.ts";
import { REOPEN_WITHIN_MS } from "../../incidents/apply-notification.ts";
import type { ExternalPost } from "../shared/interactions.ts";
import type { Clock, Log } from "../shared/ports.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import type { AlertMeter, IncidentWriter } from "./incident-ports.ts";
import { type AlertPlaces, targetOf } from "./respond-to-alerts.ts";

export interface WatchChannelsPorts {
  readonly incidents: Pick<IncidentWriter, "watch">;
  readonly knowledge: Pick<KnowledgeSource, "library">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly meter: Pick<AlertMeter, "external">;
  readonly newId: () => string;
  readonly wakeDelivery: () => void;
}

/** As configured. */
export interface WatchedPlaces extends Pick<AlertPlaces, "routes" | "targets"> {
  /** Channels whose posts are answered. */
  readonly watch: readonly string[];
}

/**
 * Alertmanager tells its receivers at the same moment: where webhooks end up in the same channel, a
 * post waits this long for one of the same alert.
 */
const WAIT_FOR_WEBHOOK_MS = 2_000;

/** Takes a post; one in a channel that is not watched, or of no alert, changes nothing. */
export function watchChannels(
  ports: WatchChannelsPorts,
  places: WatchedPlaces,
): (post: ExternalPost) => Promise<void> {
  return async (foreign) => {
    if (!places.watch.includes(foreign.channel)) return;
    const result = parseSlackPost(foreign.post, (name) => isAlert(ports, name));
    const reason =
      result.kind === "unparseable" ? undefined : await apply(ports, places, { foreign, result });
    if (reason === undefined) {
      ports.meter.external("unparseable");
      const { channel, ts } = foreign;
      const why = result.kind === "alerts" ? "" : result.reason;
      ports.log.debug({ channel, ts, reason: why }, "a post is left alone");
      return;
    }
    ports.meter.external(reason);
    ports.log.info({ channel: foreign.channel, ts: foreign.ts, reason }, "external post stored");
    ports.wakeDelivery();
  };
}

function isAlert({ knowledge }: WatchChannelsPorts, name: string): boolean {
  const page = knowledge.library().runbookFor(name);
  return page?.kind === "runbook" || (page !== undefined && /[a-z][A-Z]/.test(name));
}

interface ReadForeign {
  readonly foreign: ExternalPost;
  readonly result: Exclude<PostResult, { readonly kind: "unparseable" }>;
}

/** Undefined for a post that names no alert, where no known one says which it means. */
async function apply(
  ports: WatchChannelsPorts,
  { routes, targets }: WatchedPlaces,
  { foreign, result }: ReadForeign,
): Promise<ExternalReason | undefined> {
  const { channel, ts, version, threadTs } = foreign;
  const nowMs = ports.clock.now();
  // A reply says what became of the post above it.
  const reply = threadTs === undefined ? {} : { isReply: true as const };
  const place = { channel, ts: threadTs ?? ts, version, ...reply };
  const isDelivered = routes.some((route) => route.channel === channel);
  let reason: ExternalReason | undefined;
  await ports.incidents.watch(
    {
      channel,
      groupKey: groupKeyOf(place),
      receivedAt: nowMs,
      sinceMs: nowMs - REOPEN_WITHIN_MS,
      dueAt: isDelivered ? nowMs + WAIT_FOR_WEBHOOK_MS : nowMs,
    },
    (known) => {
      const posted =
        result.kind === "alerts"
          ? withTarget(result.posted, targets)
          : postedOfKnown(known, place, result.state);
      if (posted === undefined) return [];
      const target = targetOf({ commonLabels: {}, alerts: alertsOf(posted) }, targets);
      const post: ReadPost = { ...place, posted };
      const applied = applyExternalPost(known, post, {
        id: ports.newId(),
        nowMs,
        ...(target === undefined ? {} : { target: target.name }),
      });
      reason = applied.reason;
      return applied.outcomes;
    },
  );
  return reason;
}

function alertsOf({ alerts }: Posted) {
  return alerts.map((alert) => ({ ...alert, fingerprint: "", startsAt: 0 }));
}

/**
 * The default template writes values without their labels' names. The target whose every value stands
 * among them is the one that is meant, and tells the names; of several, the most specific.
 */
function withTarget(posted: Posted, targets: readonly Target[]): Posted {
  if (posted.isComplete) return posted;
  const words = new Set(posted.words);
  const [best, second] = targets
    .map(({ labels }) => ({ labels, values: Object.values(labels) }))
    .filter(({ values }) => values.length > 0 && values.every((value) => words.has(value)))
    .toSorted((a, b) => b.values.length - a.values.length);
  // A wrong server's health would be worse than none.
  if (best === undefined || best.values.length === second?.values.length) return posted;
  const alerts = posted.alerts.map((alert) => ({
    ...alert,
    labels: { ...best.labels, ...alert.labels },
  }));
  return { ...posted, alerts };
}
