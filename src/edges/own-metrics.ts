/** The bot's own metrics, in Prometheus' text format. */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { DeliveryMeter } from "../features/delivery/delivery-ports.ts";
import type { QueueAge } from "../features/delivery/queue-age.ts";
import type { AlertMeter } from "../features/incidents/incident-ports.ts";
import type { SearchMeter } from "../features/search/learning-ports.ts";
import type { AnswerMeter } from "../features/shared/ports.ts";

export interface OwnMetrics extends AlertMeter, AnswerMeter, DeliveryMeter, SearchMeter {
  /** One look at a target, by what came of it. */
  targetPoll(poll: {
    readonly target: string;
    readonly outcome: string;
    readonly bytes: number;
  }): void;
  /** Says what waits for Slack; asked at each scrape. */
  queueAge(ask: () => Promise<QueueAge>): void;
  text(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** From "at once" to Slack's own limit of three seconds and beyond, in seconds. */
const ANSWER_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60];

export function createOwnMetrics(): OwnMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, labelNames: T[]): Counter<T> =>
    new Counter({ name, help, labelNames, registers });

  const webhooks = counter("incident_bot_webhooks_total", "Webhooks received, by outcome.", [
    "outcome",
  ]);
  const alerts = counter("incident_bot_alerts_total", "Alerts in accepted webhooks, by status.", [
    "status",
  ]);
  const posts = counter("incident_bot_posts_total", "Attempts to post to Slack, by outcome.", [
    "outcome",
  ]);
  const searches = counter(
    "incident_bot_searches_total",
    "Searches, by whether they were answered, hedged (the nearest offered) or refused.",
    ["outcome"],
  );
  const external = counter(
    "incident_bot_external_posts_total",
    "Posts of other apps in the channels it hears, by outcome.",
    ["outcome"],
  );
  const polls = counter("incident_bot_target_polls_total", "Requests to targets, by outcome.", [
    "target",
    "outcome",
  ]);
  const pollBytes = counter("incident_bot_target_bytes_total", "Bytes read from targets.", [
    "target",
  ]);
  const answers = new Histogram({
    name: "incident_bot_answer_seconds",
    help: "Time from a question or a webhook to its answer.",
    labelNames: ["kind"],
    buckets: ANSWER_BUCKETS,
    registers,
  });
  const queue = new Gauge({
    name: "incident_bot_queue_age_seconds",
    help: "Age of the oldest notice that waits for Slack; 0 when none waits.",
    registers,
  });
  const unnamed = new Gauge({
    name: "incident_bot_unnamed_incident_age_seconds",
    help: "Age of the oldest incident that no message in Slack names yet; 0 when all are named.",
    registers,
  });
  let ask = (): Promise<QueueAge> => Promise.resolve({ queueSeconds: 0, unnamedSeconds: 0 });
  return {
    queueAge(asked) {
      ask = asked;
    },
    webhook: (outcome) => webhooks.inc({ outcome }),
    alerts: (status, count) => alerts.inc({ status }, count),
    post: (outcome) => posts.inc({ outcome }),
    answered: (kind, seconds) => answers.observe({ kind }, Math.max(0, seconds)),
    external: (outcome) => external.inc({ outcome }),
    searched: (outcome) => searches.inc({ outcome }),
    targetPoll: ({ target, outcome, bytes }) => {
      polls.inc({ target, outcome });
      pollBytes.inc({ target }, bytes);
    },
    text: async () => {
      const age = await ask().catch(() => undefined);
      // A store that does not answer leaves the age unknown: a stale one would look like health.
      queue.set(age?.queueSeconds ?? Number.NaN);
      unnamed.set(age?.unnamedSeconds ?? Number.NaN);
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}
