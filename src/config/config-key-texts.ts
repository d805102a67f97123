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
      "For a Kafka port with TLS: true, or the keys below where the system's certificate authorities are not enough. Files are in PEM form and are read again at every poll.",
    example: "true",
  },
  "targets[].kafkaTls.ca": {
    about: "The certificate of the authority that signed the server's certificate.",
    example: "/etc/streamline-bot/ca.pem",
  },
  "targets[].kafkaTls.serverName": {
    about: "The name in the server's certificate, if it is not the host in `kafka`.",
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
      "The Prometheus that scrapes this target. The bot keeps one hour of samples. It asks this Prometheus for charts and why-slow over a longer time, and for how often alerts fired.",
    example: "http://prometheus.internal:9090",
  },
  "targets[].prometheusHeaders": {
    about:
      "HTTP headers for each request to this Prometheus, such as the tenant. Put secrets into the environment, not here.",
    example: "{ X-Scope-OrgID: eu }",
  },
  "targets[].alertmanager": {
    about:
      "The Alertmanager of this target. The bot creates silences there, and asks it which alerts really fire. Several targets may share one.",
    example: "http://alertmanager.internal:9093",
  },
  "targets[].grafana": {
    about:
      "The address of Grafana. The bot puts it before paths such as `/d/streamline-bot`, which alert rules have in the annotation `dashboard`.",
    example: "https://grafana.internal",
  },
  "targets[].channels": {
    about: "Channels in which people may ask about this target. Left out: everywhere.",
    example: "[C0INCIDENTS]",
  },
  "targets[].labels": {
    about:
      "An alert that carries all of these labels is about this target. The most specific target wins. The shipped rules about the Kafka port, the disk and the memory read other jobs: for their alerts `job` need not match, and if several targets are left, the host in `instance` decides.",
    example: "{ job: streamline, env: prod }",
  },
  "targets[].timeout": { about: "How long one request to it may take." },
  "targets[].maxBody": { about: "The largest answer that the bot reads from it." },
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
      "Whom the bot mentions in an incident's thread, once each time the incident fires. The first entry that matches the severity counts. If the severity gets worse, the entry of the new severity counts, too. Nobody is mentioned while the incident is acknowledged, silenced or flapping.",
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
    about: "They are mentioned once more after this time, if nobody has acknowledged the incident.",
    example: "15m",
  },
  "routes[].mentions[].escalate": {
    about:
      "Others, who are mentioned if nobody has acknowledged the incident in time, or at once if nobody is on duty.",
    example: "{ who: [S0SECOND], after: 20m }",
  },
  "routes[].mentions[].escalate.who": {
    about: "Ids of user groups and of people, and schedule:NAME.",
    example: "[S0SECOND]",
  },
  "routes[].mentions[].escalate.after": {
    about: "How long after the first mention.",
    example: "20m",
  },
  "routes[].mentions[].quiet": {
    about:
      "Hours in which nobody is mentioned. When they end, the bot mentions those whom it would have mentioned.",
    example: "{ from: '22:00', to: '07:00', timeZone: Europe/Berlin }",
  },
  "routes[].mentions[].quiet.from": { about: "When they begin, in quotes.", example: "'22:00'" },
  "routes[].mentions[].quiet.to": { about: "When they end.", example: "'07:00'" },
  "routes[].mentions[].quiet.timeZone": {
    about: "The time zone of these times.",
    example: "Europe/Berlin",
  },
  "routes[].heartbeat": {
    about:
      "An alert that always fires, as a proof that alerts arrive. It makes no thread. If it does not arrive in time, the bot opens an incident. Give its route in Alertmanager a repeat_interval well below `within`. Without this key, an alert named Watchdog with severity `none` makes no thread either, but the bot does not notice when it stops.",
    example: "{ alert: Watchdog, within: 6m }",
  },
  "routes[].heartbeat.alert": { about: "The name of that alert." },
  "routes[].heartbeat.within": { about: "The longest time between two arrivals." },
  sources: {
    about:
      "Where alerts come from: one entry for each Alertmanager or pair, with a webhook path of its own, /webhook/alertmanager/<name>. Without it the plain path is the source `default`, and the Alertmanagers of the targets are its API.",
  },
  "sources[].name": {
    about:
      "It is part of the webhook path and of the names of the secrets, such as WEBHOOK_TOKEN_EU_PROD.",
    example: "eu-prod",
  },
  "sources[].grafana": {
    about:
      "The address of Grafana for all alerts of this source. It is used instead of the target's.",
    example: "https://grafana.internal",
  },
  "sources[].members": {
    about: "All members of the pair; the bot reads the alerts of each.",
    example: "[http://alertmanager-0:9093, http://alertmanager-1:9093]",
  },
  "sources[].headers": {
    about: "HTTP headers for each request to the members, such as the tenant.",
    example: "{ X-Scope-OrgID: eu }",
  },
  "sources[].targets": {
    about: "Its alerts are about these targets and no others; about any when left out.",
    example: "[orders-prod]",
  },
  "sources[].every": { about: "How often the members are asked." },
  schedules: {
    about:
      "Who is on duty, from calendars (iCal) that PagerDuty, Opsgenie, Grafana OnCall and Google export. A route's mentions can name a schedule, and `/streamline oncall` shows who is on duty.",
  },
  "schedules[].name": { about: "What schedule:NAME means.", example: "first-line" },
  "schedules[].calendar": {
    about:
      "The calendar's file, or its address. An address is a secret where everybody who has it can read the calendar: set SCHEDULE_CALENDAR_<NAME> instead, such as SCHEDULE_CALENDAR_FIRST_LINE.",
    example: "/etc/streamline-bot/first-line.ics",
  },
  "schedules[].people": {
    about:
      "The Slack id of each person, under the name that the calendar has: an attendee's e-mail address, or a name in the event's title. Somebody without an id here cannot be mentioned.",
    example: "{ alice@example.com: U0ALICE, 'Bob Ng': U0BOB }",
  },
  "schedules[].handover": {
    about:
      "The channel in which each change of duty is posted, with what is open. Off when left out.",
    example: "C0INCIDENTS",
  },
  reviews: {
    about:
      "A regular review of a channel's alerts: what fired most, what flaps, what nobody acknowledged, what has no runbook, and which rules need a longer `for`. Left out: no review.",
  },
  "reviews[].channel": {
    about: "The channel whose alerts are reviewed. The review is posted there.",
    example: "C0INCIDENTS",
  },
  "reviews[].cron": { about: "When: minute, hour, day, month, day of the week." },
  "reviews[].timeZone": { about: "The time zone of these times.", example: "Europe/Berlin" },
  "reviews[].last": { about: "The time that the review covers." },
  operators: {
    about:
      "The channel where the bot reports its own problems. Left out: the channel of the last route.",
    example: "C0OPERATORS",
  },
  watch: {
    about:
      "Channels in which another app posts alerts. The bot replies with the runbook in the thread of each post. Needs the events message.channels and message.groups.",
    example: "[C0ALERTS]",
  },
  knowledge: {
    about: "Folders with your own pages (Markdown). The bot's own pages are always there, too.",
    example: "[/etc/streamline-bot/runbooks]",
  },
  rules: {
    about:
      "Your own Prometheus rule files. `health` shows which of their alert conditions are true now.",
    example: "[/etc/prometheus/rules/shop.yml]",
  },
  sampling: { about: "How often the bot polls the targets." },
  "sampling.interval": {
    about:
      "The time between two polls of a target. Checks use the last minute, so there must be some polls in it.",
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
      "Who may chart their own PromQL. The target's Prometheus gets it with the bot's token. Empty means everyone who may ask.",
  },
  ...people("query"),
  "permissions.acknowledge": { about: "Who may acknowledge; empty means everyone." },
  "permissions.silence": { about: "Who may silence alerts in Alertmanager; empty means nobody." },
  "permissions.outsiders": {
    about:
      "Guests, people of other organizations (Slack Connect) and bots that have the rights of members. Empty means none.",
  },
  ...people("acknowledge"),
  ...people("silence"),
  ...people("outsiders"),
  delivery: { about: "How many messages a storm may become." },
  "delivery.digestAbove": {
    about: "If more new incidents than this wait for one channel, one message lists them all.",
  },
  acknowledgement: { about: "An acknowledgement ends, so that none is forgotten." },
  "acknowledgement.holds": { about: "How long an acknowledgement lasts." },
  "acknowledgement.remindAfter": {
    about: "After this time the bot asks its owner whether it still holds.",
  },
  retention: {
    about: "How long the store keeps what it has. A firing incident is kept, however old it is.",
  },
  "retention.incidents": { about: "Incidents, with what people said helped." },
  "retention.notifications": {
    about: "Notifications as they came, for timelines and the preview of a silence.",
  },
  "retention.audit": { about: "The audit log: who acknowledged, silenced and reordered." },
  "retention.notes": { about: "Notes for those who write the runbooks." },
  "retention.questions": { about: "What people searched, and questions that no runbook answers." },
  "retention.undelivered": { about: "Notices that Slack did not accept." },
};
