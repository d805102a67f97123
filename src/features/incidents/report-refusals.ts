/**
 * Tells those who keep the bot that a notification was turned away: no sender repeats it, so what it
 * held is lost. One incident for each kind, which ends an hour after the last refusal.
 */

import { count, listed } from "../../block-kit/text.ts";
import type { Refusal } from "../../incidents/refusal.ts";
import { HOUR_MS } from "../../promql/duration.ts";
import type { Clock, Log } from "../shared/ports.ts";
import { type Repeated, repeat } from "../shared/repeat.ts";
import type { AlertMeter } from "./incident-ports.ts";
import type { OwnAlert, OwnIncidents } from "./own-incidents.ts";

export interface RefusalPorts {
  readonly own: OwnIncidents;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Pick<AlertMeter, "webhook">;
  /** The operators' channel. */
  readonly channel: string;
}

export interface RefusalReports extends Repeated {
  refused(refusal: Refusal): void;
  /** Refusals of the last hour, each kind in a sentence. */
  warnings(): readonly string[];
}

type Kind = Refusal["kind"];

/** Kinds by which alerts are lost; without credentials a stranger came, and 5xx are sent again. */
const LOSING: ReadonlyMap<Kind, string> = new Map([
  ["too_large", "it was too large"],
  ["malformed", "it could not be read"],
  ["unknown_source", "its source is not configured"],
]);

/** The message is edited this often at most, however many come. */
const REPORT_EVERY_MS = 60_000;

/** Sources named; whoever guesses names of them could make the list long. */
const MOST_SOURCES = 20;

interface SeenRefusal {
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly refusal: Refusal;
  /** Whose they were, in order of first appearance. */
  readonly sources: readonly string[];
  /** When the incident was last written. */
  readonly reportedAt: number;
}

/** `channel` is where it is said; every refusal is counted, whether it is said or not. */
export function reportRefusals(ports: RefusalPorts): RefusalReports {
  const { clock, log, own, meter } = ports;
  const seen = new Map<Kind, SeenRefusal>();
  const tell = (kind: Kind, was: SeenRefusal): void => {
    seen.set(kind, { ...was, reportedAt: clock.now() });
    own.raise(alertOf(ports.channel, was)).catch((error: unknown) => {
      log.error({ err: error, kind }, "a refused webhook cannot be reported");
    });
  };
  const watch = repeat({
    everyMs: REPORT_EVERY_MS,
    clock,
    log,
    failure: "reports of refused webhooks cannot be updated",
    work: async () => {
      for (const [kind, each] of seen) {
        if (clock.now() - each.last > HOUR_MS) seen.delete(kind);
        else if (each.last > each.reportedAt) tell(kind, each);
      }
      // Also those of an earlier process.
      await own.clear(
        ({ groupKey, changedAt }) =>
          groupKey.startsWith("refused:") && clock.now() - changedAt > HOUR_MS,
      );
    },
  });
  return {
    ...watch,
    refused(refusal) {
      meter.webhook(refusal.kind);
      if (!LOSING.has(refusal.kind)) return;
      const nowMs = clock.now();
      const before = seen.get(refusal.kind);
      const now: SeenRefusal = {
        first: before?.first ?? nowMs,
        last: nowMs,
        count: (before?.count ?? 0) + 1,
        refusal,
        sources: [...new Set([...(before?.sources ?? []), refusal.source])].slice(0, MOST_SOURCES),
        reportedAt: before?.reportedAt ?? 0,
      };
      seen.set(refusal.kind, now);
      if (nowMs - now.reportedAt >= REPORT_EVERY_MS) tell(refusal.kind, now);
    },
    warnings: () => [...seen.values()].map(summaryOf),
  };
}

function summaryOf({ count: n, refusal, sources }: SeenRefusal): string {
  const why = LOSING.get(refusal.kind) ?? "";
  const whose = `${sources.length === 1 ? "source" : "sources"} ${listed(sources, { most: 3, textOf: (each) => each })}`;
  return `Alerts were lost: ${count(n, "notification")} of ${whose} refused because ${why}`;
}

function alertOf(channel: string, seen: SeenRefusal): OwnAlert {
  const { kind, source, reason } = seen.refusal;
  return {
    key: keyOf(kind),
    channel,
    labels: { alertname: "WebhookRefused", severity: "critical", kind },
    summary: summaryOf(seen),
    description: `${reason}. Alertmanager does not send a refused notification again (source ${source}).`,
    since: seen.first,
  };
}

function keyOf(kind: Kind): string {
  return `refused:${kind}`;
}
