/** The bot's own metrics, in Prometheus' text format. */

import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import type { DeliveryMeter } from "../features/delivery/delivery-ports.ts";
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
  return {
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
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
