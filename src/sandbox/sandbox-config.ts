/** The configuration that makes the real bot speak to the sandbox's parts. */

import type { Config } from "../config/config.ts";
import type { Target } from "../diagnosis/target.ts";
import { DAY_MS, HOUR_MS } from "../promql/duration.ts";
import type { SimulatedAlertmanager } from "./alertmanager/server.ts";
import type { LocalSlack } from "./slack/local-slack.ts";

export interface SandboxParts {
  readonly slack: LocalSlack;
  readonly target: Target;
  readonly alertmanager: SimulatedAlertmanager;
  readonly webhookToken: string;
  readonly store: string;
}

/** The bot's configuration in a sandbox: one target, one channel for incidents, one for other apps' posts. */
export function sandboxConfig({
  slack,
  target,
  alertmanager,
  webhookToken,
  store,
}: SandboxParts): Config {
  const channel = slack.channels["incidents"];
  if (channel === undefined) throw new Error("the local Slack has no channel named incidents");
  return {
    listen: { host: "127.0.0.1", port: 0 },
    logLevel: "warn",
    slack: {
      mode: "http",
      signingSecret: slack.signingSecret,
      botToken: slack.botToken,
      apiUrl: slack.apiUrl,
    },
    webhook: { auth: [{ kind: "bearer", token: webhookToken }], maxBodyBytes: 8 * 1024 ** 2 },
    metricsAuth: [],
    mcpAuth: [],
    store: { engine: "sqlite", path: store },
    targets: [{ ...target, alertmanager: alertmanager.url }],
    routes: [{ match: {}, channel }],
    sources: [],
    schedules: [],
    reviews: [],
    operators: channel,
    watch: [slack.channels["alerts"] ?? channel],
    knowledge: [],
    rules: [],
    // A person who switches a fault on does not want to wait for its evidence.
    sampling: { intervalMs: 5_000 },
    permissions: {
      ask: { users: [], channels: [] },
      query: { users: [], groups: [] },
      acknowledge: { users: [], groups: [] },
      silence: { users: [], groups: slack.userGroups.map(({ id }) => id) },
      outsiders: { users: [], groups: [] },
    },
    delivery: { digestAbove: 10 },
    acknowledgement: { holdsMs: 4 * HOUR_MS, remindAfterMs: 30 * 60_000 },
    retention: keptFor(400 * DAY_MS),
  };
}

/** Nothing of a sandbox is old enough to go. */
function keptFor(ms: number): Config["retention"] {
  return {
    incidents: ms,
    notifications: ms,
    audit: ms,
    notes: ms,
    questions: ms,
    undelivered: ms,
  };
}
