/** The bot's own metrics, in Prometheus' text format. */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { DeliveryMeter } from "../features/delivery/delivery-ports.ts";
import type { QueueAge } from "../features/delivery/queue-age.ts";
import type { AlertMeter } from "../features/incidents/incident-ports.ts";
import type { SearchMeter } from "../features/search/learning-ports.ts";
import type { AnswerMeter } from "../features/shared/ports.ts";

export interface OwnMetrics extends AlertMeter, AnswerMeter, DeliveryMeter, SearchMeter {
  /** One request to a target, by its outcome. */
  targetPoll(poll: {
    readonly target: string;
    readonly outcome: string;
    readonly bytes: number;
  }): void;
  /** Says what waits for Slack; asked at each scrape. */
  queueAge(ask: () => Promise<QueueAge>): void;
  /** Says how its store and Slack are; asked at each scrape. */
  state(ask: StateOfParts): void;
  text(): Promise<{ readonly contentType: string; readonly body: string }>;
}

interface StateOfParts {
  readonly canWrite: () => Promise<boolean>;
  readonly slack: () => SlackState;
}

/** `refused`: Slack does not take the token. `away`: it does not answer. */
const SLACK_STATES = ["well", "away", "refused"] as const;

type SlackState = (typeof SLACK_STATES)[number];

/** From "at once" to Slack's own limit of three seconds and beyond, in seconds. */
const ANSWER_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60];

/** Gauges that are called totals: Prometheus' linter objects, and the ones by kind say more. */
const MISNAMED = ["handles", "requests", "resources"].map((kind) => `nodejs_active_${kind}_total`);

/** A registry of its own, so that two bots in one process count apart. */
export function createOwnMetrics(): OwnMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const each of MISNAMED) registry.removeSingleMetric(each);
  const count = createCounters(registry);
  const { queue, unnamed } = createQueueGauges(registry);
  const answers = new Histogram({
    name: "incident_bot_answer_seconds",
    help: "Time from a question or a webhook to its answer.",
    labelNames: ["kind"],
    buckets: ANSWER_BUCKETS,
    registers: [registry],
  });
  const showState = createStateGauges(registry);
  let askState: StateOfParts | undefined;
  let ask = (): Promise<QueueAge> => Promise.resolve({ queueSeconds: 0, unnamedSeconds: 0 });
  return {
    queueAge(asked) {
      ask = asked;
    },
    state(asked) {
      askState = asked;
    },
    webhook: (outcome) => count.webhooks.inc({ outcome }),
    alerts: (status, number) => count.alerts.inc({ status }, number),
    post: (outcome) => count.posts.inc({ outcome }),
    answered: (kind, seconds) => answers.observe({ kind }, Math.max(0, seconds)),
    external: (outcome) => count.external.inc({ outcome }),
    searched: (outcome) => count.searches.inc({ outcome }),
    targetPoll: ({ target, outcome, bytes }) => {
      count.polls.inc({ target, outcome });
      count.pollBytes.inc({ target }, bytes);
    },
    text: async () => {
      if (askState !== undefined) await showState(askState);
      const age = await ask().catch(() => undefined);
      // A store that does not answer leaves the age unknown: a stale one would look like health.
      queue.set(age?.queueSeconds ?? Number.NaN);
      unnamed.set(age?.unnamedSeconds ?? Number.NaN);
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}

function createCounters(registry: Registry) {
  const counter = <T extends string>(name: string, help: string, labelNames: T[]): Counter<T> =>
    new Counter({ name: `incident_bot_${name}_total`, help, labelNames, registers: [registry] });
  return {
    webhooks: counter("webhooks", "Webhooks received, by outcome.", ["outcome"]),
    alerts: counter("alerts", "Alerts in accepted webhooks, by status.", ["status"]),
    posts: counter("posts", "Attempts to post to Slack, by outcome.", ["outcome"]),
    searches: counter(
      "searches",
      "Searches, by outcome: answered, hedged (the nearest sections were offered) or refused.",
      ["outcome"],
    ),
    external: counter("external_posts", "Posts of other apps in watched channels, by outcome.", [
      "outcome",
    ]),
    polls: counter("target_polls", "Requests to targets, by outcome.", ["target", "outcome"]),
    pollBytes: counter("target_bytes", "Bytes read from targets.", ["target"]),
  };
}

function createQueueGauges(registry: Registry) {
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ name: `incident_bot_${name}`, help, registers: [registry] });
  return {
    queue: gauge(
      "queue_age_seconds",
      "Age of the oldest notice that waits for Slack; 0 when none waits.",
    ),
    unnamed: gauge(
      "unnamed_incident_age_seconds",
      "Age of the oldest incident that no message in Slack names yet; 0 when all are named.",
    ),
  };
}

function createStateGauges(registry: Registry) {
  const registers = [registry];
  const writable = new Gauge({
    name: "incident_bot_store_writable",
    help: "1 when the store can be written, so that notifications are taken; else 0.",
    registers,
  });
  const slackState = new Gauge({
    name: "incident_bot_slack_state",
    help: "1 for what Slack is now: well, away (it does not answer), refused (it takes no token of ours).",
    labelNames: ["state"],
    registers,
  });
  return async ({ canWrite, slack }: StateOfParts): Promise<void> => {
    const now = slack();
    for (const state of SLACK_STATES) slackState.set({ state }, state === now ? 1 : 0);
    writable.set((await canWrite().catch(() => false)) ? 1 : 0);
  };
}
