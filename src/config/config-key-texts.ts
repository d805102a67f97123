/**
 * What each key of the file is for, with an example: the words of docs/configuration.md and of the
 * JSON schema. A key without its words here fails the test of the reference.
 */

interface KeyText {
  readonly about: string;
  /** As YAML; left out where the default shows it. */
  readonly example?: string;
}

const people = (what: string): Readonly<Record<string, KeyText>> => ({
  [`permissions.${what}.users`]: { about: "Ids of people.", example: "[U0ALICE]" },
  [`permissions.${what}.groups`]: {
    about: "Ids of user groups; their members count (needs the scope usergroups:read).",
    example: "[S0ONCALL]",
  },
});

/** By path; `[]` stands for an entry of a list. */
export const KEY_TEXTS: Readonly<Record<string, KeyText>> = {
  listen: {
    about:
      "Where the webhook, /healthz, /readyz and /metrics are served. Port 0 means any free port.",
  },
  slack: { about: "How the bot and Slack reach each other." },
  "slack.mode": {
    about:
      "socket: the bot connects to Slack and needs no public address. http: Slack sends signed requests to https://BOT/slack/events.",
  },
  "slack.slackbot": {
    about:
      "Slackbot may ask the bot's tools over MCP (docs/mcp.md), with the rights of whoever asks Slackbot. Needs slack.mode: http, and mcp_servers in the app's manifest.",
  },
  webhook: { about: "What Alertmanager may send." },
  "webhook.maxBody": {
    about:
      "A larger body is refused, and the operators' channel is notified. 5,000 alerts take about 3 MB.",
  },
  store: {
    about:
      "The SQLite file of incidents and of what waits to be posted; keep it on a disk that lasts. With DATABASE_URL it is not used.",
  },
  targets: {
    about: "The Streamline servers that the bot may ask. It sends them GET requests only.",
  },
  "targets[].name": {
    about: "What people type: `/streamline health orders-prod`.",
    example: "orders-prod",
  },
  "targets[].http": { about: "The HTTP API of the server.", example: "http://10.0.0.5:9094" },
  "targets[].kafka": { about: "Its Kafka address.", example: "10.0.0.5:9092" },
  "targets[].kafkaTls": {
    about:
      "When its Kafka port speaks TLS: true, or what is needed beyond the system's authorities. Files are PEM and are read at every poll.",
    example: "true",
  },
  "targets[].kafkaTls.ca": {
    about: "The authority that signed the server's certificate.",
    example: "/etc/streamline-bot/ca.pem",
  },
  "targets[].kafkaTls.serverName": {
    about: "The name in the certificate, where it is not the host of `kafka`.",
    example: "orders-1.internal",
  },
  "targets[].kafkaTls.cert": {
    about: "The bot's own certificate, for a server that asks for one; needs `key`.",
    example: "/etc/streamline-bot/client.pem",
  },
  "targets[].kafkaTls.key": {
    about: "The key of `cert`.",
    example: "/etc/streamline-bot/client.key",
  },
  "targets[].prometheus": {
    about:
      "This target's Prometheus: asked for charts and why-slow over more than the hour that the bot keeps, and how often alerts fired.",
    example: "http://prometheus.internal:9090",
  },
  "targets[].prometheusHeaders": {
    about: "Sent with each request to it, such as a tenant; secrets are for the environment.",
    example: "{ X-Scope-OrgID: eu }",
  },
  "targets[].alertmanager": {
    about:
      "This target's Alertmanager: silences are made there, and it is asked what really fires. Several targets may share one.",
    example: "http://alertmanager.internal:9093",
  },
  "targets[].grafana": {
    about:
      "Where its dashboards are: completes paths such as `/d/streamline-bot`, which alert rules name as `dashboard`.",
    example: "https://grafana.internal",
  },
  "targets[].channels": {
    about: "Channels in which it may be asked; everywhere without them.",
    example: "[C0INCIDENTS]",
  },
  "targets[].labels": {
    about:
      "An alert that carries all of these labels is about this target. The most specific target wins. Alerts of the shipped rules about its Kafka port, its disk or its memory come from other jobs: `job` need not match for them, and where several targets are left, the host in their `instance` decides.",
    example: "{ job: streamline, env: prod }",
  },
  "targets[].timeout": { about: "How long one request to it may take." },
  "targets[].maxBody": { about: "The largest answer that is read." },
  routes: {
    about:
      "The first route that takes an alert group decides on the channel. The last one has no condition and takes what is left, so that no alert is lost.",
  },
  "routes[].match": {
    about: "Labels that the group carries, one value or several.",
    example: "{ env: staging, team: [a, b] }",
  },
  "routes[].matchers": {
    about: "Further conditions, written as in Alertmanager.",
    example: "['severity =~ \"info|none\"']",
  },
  "routes[].sources": { about: "Only alerts of these sources.", example: "[eu-prod]" },
  "routes[].channel": {
    about: "The id of the channel (channel details, at the bottom). Invite the bot to it.",
    example: "C0INCIDENTS",
  },
  "routes[].mentions": {
    about:
      "Whom an incident calls into its thread, once for each time it fires. The first entry that takes its severity counts; an incident that becomes worse calls whom the other entry names. What is acknowledged, silenced or flapping calls nobody.",
    example:
      "[{ severity: critical, who: [S0ONCALL], again: 15m, quiet: { from: '22:00', to: '07:00' } }]",
  },
  "routes[].mentions[].severity": {
    about: "One severity, or several; left out, any.",
    example: "[critical, error]",
  },
  "routes[].mentions[].who": {
    about: "Ids of user groups and of people, and schedule:NAME for whoever is on duty.",
    example: "[schedule:first-line, S0ONCALL]",
  },
  "routes[].mentions[].again": {
    about: "They are called once more after this time, unless somebody has acknowledged it.",
    example: "15m",
  },
  "routes[].mentions[].escalate": {
    about:
      "Others, who are called when nobody has acknowledged it in time; at once where nobody is on duty.",
    example: "{ who: [S0SECOND], after: 20m }",
  },
  "routes[].mentions[].escalate.who": {
    about: "Ids of user groups and of people, and schedule:NAME.",
    example: "[S0SECOND]",
  },
  "routes[].mentions[].escalate.after": {
    about: "How long after the first call.",
    example: "20m",
  },
  "routes[].mentions[].quiet": {
    about: "Hours in which nobody is called; whoever would have been is called when they end.",
    example: "{ from: '22:00', to: '07:00', timeZone: Europe/Berlin }",
  },
  "routes[].mentions[].quiet.from": { about: "When they begin, in quotes.", example: "'22:00'" },
  "routes[].mentions[].quiet.to": { about: "When they end.", example: "'07:00'" },
  "routes[].mentions[].quiet.timeZone": {
    about: "Whose clock that is.",
    example: "Europe/Berlin",
  },
  "routes[].heartbeat": {
    about:
      "An alert that always fires; when it stays away, that is an incident of its own. It makes no thread. Give its route in Alertmanager a repeat_interval well below `within`. Without this key an alert Watchdog of severity `none` makes no thread either, and nobody misses it.",
    example: "{ alert: Watchdog, within: 6m }",
  },
  "routes[].heartbeat.alert": { about: "The name of that alert." },
  "routes[].heartbeat.within": { about: "How long its source may be silent." },
  sources: {
    about:
      "Where alerts come from: one entry for each Alertmanager or pair, with a webhook path of its own, /webhook/alertmanager/<name>. Without it the plain path is the source `default`, and the Alertmanagers of the targets are its API.",
  },
  "sources[].name": {
    about: "A part of the path, and of the names of its secrets: WEBHOOK_TOKEN_EU_PROD.",
    example: "eu-prod",
  },
  "sources[].grafana": {
    about: "The same for all alerts of the source, in place of their target's.",
    example: "https://grafana.internal",
  },
  "sources[].members": {
    about: "All members of the pair; the bot reads the alerts of each.",
    example: "[http://alertmanager-0:9093, http://alertmanager-1:9093]",
  },
  "sources[].headers": {
    about: "Sent with each request to the members, such as a tenant.",
    example: "{ X-Scope-OrgID: eu }",
  },
  "sources[].targets": {
    about: "Its alerts are about these targets and no others; about any when left out.",
    example: "[orders-prod]",
  },
  "sources[].every": { about: "How often the members are asked." },
  schedules: {
    about:
      "Who is on duty, by calendars (iCal) as PagerDuty, Opsgenie, Grafana OnCall and Google export them. A route's mentions call by them, and `/streamline oncall` shows them.",
  },
  "schedules[].name": { about: "What schedule:NAME means.", example: "first-line" },
  "schedules[].calendar": {
    about:
      "The calendar's file, or its address. An address is a secret where everybody who has it can read the calendar: set SCHEDULE_CALENDAR_<NAME> instead, such as SCHEDULE_CALENDAR_FIRST_LINE.",
    example: "/etc/streamline-bot/first-line.ics",
  },
  "schedules[].people": {
    about:
      "Slack's ids of people, by how the calendar names them: an attendee's e-mail address, or a name in the event's title.",
    example: "{ alice@example.com: U0ALICE, 'Bob Ng': U0BOB }",
  },
  "schedules[].handover": {
    about:
      "The channel in which each change of duty is posted, with what is open. Off when left out.",
    example: "C0INCIDENTS",
  },
  reviews: {
    about:
      "A review of a channel's alerts at regular times: what fired most, flaps, was never acknowledged or has no runbook, and which rules should wait for longer. Off when left out.",
  },
  "reviews[].channel": { about: "Whose alerts, and where it is posted.", example: "C0INCIDENTS" },
  "reviews[].cron": { about: "When: minute, hour, day, month, day of the week." },
  "reviews[].timeZone": { about: "Whose clock that is.", example: "Europe/Berlin" },
  "reviews[].last": { about: "How far back it goes." },
  operators: {
    about:
      "The channel where the bot says what keeps it from working; that of the last route when left out.",
    example: "C0OPERATORS",
  },
  watch: {
    about:
      "Channels in which another app posts alerts; each post gets the runbook into its thread. Needs the events message.channels and message.groups.",
    example: "[C0ALERTS]",
  },
  knowledge: {
    about: "Folders with pages of your own (Markdown); the bot's own are always there.",
    example: "[/etc/streamline-bot/runbooks]",
  },
  rules: {
    about: "Your own Prometheus rule files: health names their alerts whose conditions are true.",
    example: "[/etc/prometheus/rules/shop.yml]",
  },
  sampling: { about: "How the targets are watched." },
  "sampling.interval": {
    about:
      "How often each target is polled. Checks use the last minute, which must contain some polls.",
  },
  permissions: { about: "Who may do what. `npm run rights` prints the matrix of a file." },
  "permissions.ask": {
    about: "Who may ask the servers, and where. Searching the runbooks is open to everyone.",
  },
  "permissions.ask.users": {
    about: "Ids of people; empty means every full member of the workspace.",
    example: "[U0ALICE]",
  },
  "permissions.ask.channels": {
    about: "Channels in which the servers may be asked; empty means everywhere.",
    example: "[C0INCIDENTS]",
  },
  "permissions.query": {
    about:
      "Who may chart PromQL of their own, which the target's Prometheus is asked with the bot's token; empty means whoever may ask.",
  },
  ...people("query"),
  "permissions.acknowledge": { about: "Who may acknowledge; empty means everyone." },
  "permissions.silence": { about: "Who may silence alerts in Alertmanager; empty means nobody." },
  "permissions.outsiders": {
    about:
      "Guests, people of other organizations (Slack Connect) and bots that count as members do; empty means none.",
  },
  ...people("acknowledge"),
  ...people("silence"),
  ...people("outsiders"),
  delivery: { about: "How many messages a storm may become." },
  "delivery.digestAbove": {
    about: "More new incidents than this that wait for one channel are named by one message.",
  },
  acknowledgement: { about: "An acknowledgement ends, so that none is forgotten." },
  "acknowledgement.holds": { about: "How long one lasts." },
  "acknowledgement.remindAfter": { about: "After this time its owner is asked about it." },
  retention: {
    about: "How long the store keeps what it has. What fires is kept however old it is.",
  },
  "retention.incidents": { about: "Incidents, with what people said helped." },
  "retention.notifications": {
    about: "Notifications as they came, for timelines and the preview of a silence.",
  },
  "retention.audit": { about: "Who acknowledged, silenced and reordered." },
  "retention.notes": { about: "Notes for those who write the runbooks." },
  "retention.questions": { about: "What people searched, and questions that no runbook answers." },
  "retention.undelivered": { about: "Notices that Slack did not accept." },
};
