/** The incident bot itself: does it receive alerts, does it answer, does it reach Slack and the servers? */

import type { Dashboard, Row } from "./dashboard.ts";
import { TARGET, targetVariables } from "./variables.ts";

const CHAIN = "MONITORING.md#test-the-whole-chain";
const WEBHOOK = "MONITORING.md#send-alerts-to-the-incident-bot";

/** Slack gives up on a slash command after three seconds. */
const SLACK_LIMIT_SECONDS = 3;

const HEARING: Row = {
  title: "Does it receive alerts and answer?",
  panels: [
    {
      kind: "stat",
      title: "Answers the scrape",
      description: "Whether Prometheus could read the bot's own metrics.",
      unit: "none",
      queries: [{ expr: `up{${TARGET}}`, legend: "{{instance}}" }],
      read: [CHAIN],
      width: 6,
      names: { "0": { text: "Down", color: "red" }, "1": { text: "Up", color: "green" } },
    },
    {
      kind: "stat",
      title: "Alerts in this time range",
      description: "Alerts in accepted webhooks, firing and resolved.",
      unit: "none",
      queries: [
        {
          expr: `sum by (status) (increase(incident_bot_alerts_total{${TARGET}}[$__range]))`,
          legend: "{{status}}",
        },
      ],
      read: [WEBHOOK],
      width: 6,
      decimals: 0,
      none: "none so far",
    },
    {
      kind: "stat",
      title: "Running for",
      description:
        "Since the process started. Nothing is lost by a restart: what must be posted is kept on disk.",
      unit: "s",
      queries: [{ expr: `time() - process_start_time_seconds{${TARGET}}`, legend: "{{instance}}" }],
      read: [CHAIN],
      width: 12,
    },
    {
      kind: "stat",
      title: "Store",
      description:
        "Whether notifications can be stored. If not, webhooks are answered with 503, and Alertmanager tries again.",
      unit: "none",
      queries: [{ expr: `incident_bot_store_writable{${TARGET}}`, legend: "{{instance}}" }],
      read: ["runbooks/IncidentBotStoreFailing.md#meaning"],
      width: 6,
      names: {
        "0": { text: "Cannot be written", color: "red" },
        "1": { text: "Writable", color: "green" },
      },
    },
    {
      kind: "stat",
      title: "Slack",
      description:
        "What Slack is to the bot: well, away (it does not answer), or refused (it does not take the token).",
      unit: "none",
      queries: [{ expr: `incident_bot_slack_state{${TARGET}} == 1`, legend: "{{state}}" }],
      read: [
        "runbooks/IncidentBotTokenRefused.md#meaning",
        "runbooks/IncidentBotUnnamed.md#meaning",
      ],
      width: 6,
      names: { "1": { text: "now", color: "blue" } },
    },
    {
      kind: "stat",
      title: "Refused notifications",
      description:
        "Notifications in this time range that Alertmanager does not send again: their alerts are shown nowhere.",
      unit: "none",
      queries: [
        {
          expr: `sum by (outcome) (increase(incident_bot_webhooks_total{${TARGET},outcome=~"too_large|malformed|unknown_source"}[$__range]))`,
          legend: "{{outcome}}",
        },
      ],
      read: ["runbooks/WebhookRefused.md#meaning"],
      width: 12,
      decimals: 0,
      none: "none",
    },
    {
      kind: "graph",
      title: "Waiting for Slack",
      description:
        "Age of the oldest notice that waits, and of the oldest incident that no message names yet. The second grows only when Slack refuses or cannot be reached: see the posts by outcome.",
      unit: "s",
      queries: [
        { expr: `incident_bot_queue_age_seconds{${TARGET}}`, legend: "oldest notice" },
        {
          expr: `incident_bot_unnamed_incident_age_seconds{${TARGET}}`,
          legend: "oldest unnamed incident",
        },
      ],
      read: ["runbooks/IncidentBotBehind.md#meaning", "runbooks/IncidentBotUnnamed.md#meaning"],
    },
    {
      kind: "graph",
      title: "Webhooks, by outcome",
      description:
        "What Alertmanager sent. Anything but accepted means that alerts do not become threads: a wrong token, or a body that Alertmanager did not send.",
      unit: "reqps",
      queries: [
        {
          expr: `sum by (outcome) (rate(incident_bot_webhooks_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{outcome}}",
        },
      ],
      read: [WEBHOOK, CHAIN],
      min: 0,
      none: "none so far",
    },
    {
      kind: "graph",
      title: "Time to an answer",
      description:
        "From a question or a webhook to the answer: the median and the 99th percentile, by kind. These are buckets, so unlike the server's they can be added up.",
      unit: "s",
      queries: ["0.5", "0.99"].map((quantile) => ({
        expr: `histogram_quantile(${quantile}, sum by (kind, le) (rate(incident_bot_answer_seconds_bucket{${TARGET}}[$__rate_interval])))`,
        legend: `{{kind}} p${Number(quantile) * 100}`,
      })),
      read: [CHAIN],
      min: 0,
      thresholds: [{ from: SLACK_LIMIT_SECONDS, color: "red" }],
      none: "nobody asked yet",
    },
    {
      kind: "graph",
      title: "Posts to Slack, by outcome",
      description:
        "Attempts to post. Refused and failed ones are tried again; they are late, not lost.",
      unit: "reqps",
      queries: [
        {
          expr: `sum by (outcome) (rate(incident_bot_posts_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{outcome}}",
        },
      ],
      read: [CHAIN],
      min: 0,
      none: "none so far",
    },
    {
      kind: "graph",
      title: "Searches that found something",
      description:
        "The share of questions for which the guides and runbooks had a section. A fall is a subject that nobody has written about yet.",
      unit: "percentunit",
      queries: [
        {
          expr: `sum(rate(incident_bot_searches_total{${TARGET},outcome="answered"}[$__rate_interval])) / sum(rate(incident_bot_searches_total{${TARGET}}[$__rate_interval]))`,
          legend: "found",
        },
      ],
      read: ["TROUBLESHOOTING.md#first-three-looks"],
      min: 0,
      max: 1,
      none: "nobody searched yet",
    },
  ],
};

const LOOKING: Row = {
  title: "Does it reach the servers?",
  panels: [
    {
      kind: "graph",
      title: "Requests to servers, by outcome",
      description:
        "GET requests of the bot to each Streamline server. Anything but answered is missing evidence.",
      unit: "reqps",
      queries: [
        {
          expr: `sum by (target, outcome) (rate(incident_bot_target_polls_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{target}} {{outcome}}",
        },
      ],
      read: ["TROUBLESHOOTING.md#kafka-answers-but-http-does-not"],
      min: 0,
      none: "none so far",
    },
    {
      kind: "graph",
      title: "Bytes read from servers",
      description: "What the polls cost. A server with 10,000 partitions answers with megabytes.",
      unit: "binBps",
      queries: [
        {
          expr: `sum by (target) (rate(incident_bot_target_bytes_total{${TARGET}}[$__rate_interval]))`,
          legend: "{{target}}",
        },
      ],
      read: ["MONITORING.md#health-endpoints"],
      min: 0,
      none: "none so far",
    },
  ],
};

const PROCESS: Row = {
  title: "Is the process well?",
  panels: [
    {
      kind: "graph",
      title: "Delay of the event loop",
      description:
        "How long a finished answer may wait for its turn, at the 99th percentile. Above 0.1 s something computes for too long at a time.",
      unit: "s",
      queries: [{ expr: `nodejs_eventloop_lag_p99_seconds{${TARGET}}`, legend: "{{instance}}" }],
      read: [CHAIN],
      min: 0,
      thresholds: [{ from: 0.1, color: "orange" }],
    },
    {
      kind: "graph",
      title: "Memory",
      description: "Memory in RAM, and the part that is JavaScript's heap.",
      unit: "bytes",
      queries: [
        { expr: `process_resident_memory_bytes{${TARGET}}`, legend: "{{instance}} in RAM" },
        { expr: `nodejs_heap_size_used_bytes{${TARGET}}`, legend: "{{instance}} heap" },
      ],
      read: [CHAIN],
      min: 0,
    },
    {
      kind: "graph",
      title: "Processor",
      description: "Cores in use. The bot has one thread for its work: near 1 it is at its limit.",
      unit: "none",
      queries: [
        {
          expr: `rate(process_cpu_seconds_total{${TARGET}}[$__rate_interval])`,
          legend: "{{instance}}",
        },
      ],
      read: [CHAIN],
      min: 0,
      decimals: 2,
      thresholds: [{ from: 0.8, color: "orange" }],
    },
    {
      kind: "graph",
      title: "Open files",
      description: "Connections and files of the process, against its limit.",
      unit: "percentunit",
      queries: [
        {
          expr: `process_open_fds{${TARGET}} / process_max_fds{${TARGET}}`,
          legend: "{{instance}}",
        },
      ],
      read: [CHAIN],
      min: 0,
    },
  ],
};

export const BOT: Dashboard = {
  name: "bot",
  title: "Streamline / Incident bot",
  description:
    "The bot by its own metrics, which begin with incident_bot_. Series appear with their first event: before the first alert most of this is empty.",
  variables: targetVariables({
    marker: "process_start_time_seconds",
    job: "streamline-incident-bot",
  }),
  rows: [HEARING, LOOKING, PROCESS],
};
