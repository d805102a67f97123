/** Every variable of the environment that the bot, or Node for it, reads, for the reference; a test finds what is missing. */

export interface EnvironmentVariable {
  readonly name: string;
  readonly about: string;
  /** What counts when it is not set. */
  readonly without: string;
  /** Can come from a file instead: NAME_FILE. */
  readonly isSecret?: true;
}

const FOR_A_SOURCE = "the variable without the suffix";

export const ENVIRONMENT_VARIABLES: readonly EnvironmentVariable[] = [
  {
    name: "SLACK_BOT_TOKEN",
    about: "The bot token, `xoxb-…` (OAuth & Permissions of your Slack app)",
    without: "the bot does not start",
    isSecret: true,
  },
  {
    name: "SLACK_APP_TOKEN",
    about:
      "The app-level token with connections:write, `xapp-…` (Basic Information), for slack.mode socket",
    without: "socket mode does not start",
    isSecret: true,
  },
  {
    name: "SLACK_SIGNING_SECRET",
    about: "Proves that a request is Slack's (Basic Information), for slack.mode http",
    without: "http mode does not start",
    isSecret: true,
  },
  {
    name: "SLACK_API_URL",
    about: "Another address than https://slack.com/api/, such as that of a proxy or a stand-in",
    without: "Slack's own",
  },
  {
    name: "WEBHOOK_TOKEN",
    about:
      "The bearer token that Alertmanager sends, 16 characters or more; several, separated by commas, while a new one replaces an old one",
    without: "WEBHOOK_USER and WEBHOOK_PASSWORD",
    isSecret: true,
  },
  {
    name: "WEBHOOK_USER",
    about: "The user of basic authentication, instead of the token",
    without: "WEBHOOK_TOKEN",
    isSecret: true,
  },
  {
    name: "WEBHOOK_PASSWORD",
    about: "The password of basic authentication",
    without: "WEBHOOK_TOKEN",
    isSecret: true,
  },
  {
    name: "WEBHOOK_TOKEN_<SOURCE>",
    about:
      "The same for one source: WEBHOOK_TOKEN_EU_PROD for `eu-prod`; likewise WEBHOOK_USER_ and WEBHOOK_PASSWORD_",
    without: FOR_A_SOURCE,
    isSecret: true,
  },
  {
    name: "ALERTMANAGER_TOKEN",
    about: "A bearer token, only where your Alertmanager asks for one",
    without: "nothing is sent",
    isSecret: true,
  },
  {
    name: "ALERTMANAGER_USER",
    about: "The user of basic authentication towards Alertmanager",
    without: "nothing is sent",
    isSecret: true,
  },
  {
    name: "ALERTMANAGER_PASSWORD",
    about: "The password of basic authentication towards Alertmanager",
    without: "nothing is sent",
    isSecret: true,
  },
  {
    name: "ALERTMANAGER_TOKEN_<SOURCE>",
    about:
      "The same for the members of one source; likewise ALERTMANAGER_USER_ and ALERTMANAGER_PASSWORD_",
    without: FOR_A_SOURCE,
    isSecret: true,
  },
  {
    name: "SCHEDULE_CALENDAR_<NAME>",
    about:
      "The address of a schedule's calendar: SCHEDULE_CALENDAR_FIRST_LINE for `first-line`. Whoever has it can read the calendar",
    without: "`schedules[].calendar` of the file",
    isSecret: true,
  },
  {
    name: "PROMETHEUS_TOKEN",
    about: "A bearer token for the targets' Prometheus servers, if they need one",
    without: "nothing is sent",
    isSecret: true,
  },
  {
    name: "METRICS_TOKEN",
    about: "The bearer token that readers of /metrics must send",
    without: "everybody may read it",
    isSecret: true,
  },
  {
    name: "MCP_TOKEN",
    about:
      "The bearer token that an MCP client sends to /mcp, 16 characters or more (docs/mcp.md); several, separated by commas",
    without: "the bot answers no MCP",
    isSecret: true,
  },
  {
    name: "DATABASE_URL",
    about: "postgres://…, when several replicas share one database",
    without: "the SQLite file of `store`",
    isSecret: true,
  },
  {
    name: "LOG_LEVEL",
    about: "fatal, error, warn, info, debug, trace or silent",
    without: "info; warn in the sandbox, silent in a terminal command",
  },
  {
    name: "STREAMLINE_BOT_CONFIG",
    about: "The configuration file; --config wins",
    without: "streamline-bot.yaml in the working folder",
  },
  {
    name: "STREAMLINE_BOT_CACHE",
    about:
      "The folder for what can be made again: compiled code, the index of the pages, replays of a terminal",
    without: "node_modules/.cache/streamline-incident-bot",
  },
  {
    name: "NODE_COMPILE_CACHE",
    about: "Another folder for the compiled code alone (Node reads it)",
    without: "the folder `code` in STREAMLINE_BOT_CACHE",
  },
  { name: "SANDBOX_PORT", about: "The port of the sandbox's page", without: "8094, or a free one" },
  {
    name: "NO_COLOR",
    about: "Any value: a terminal command prints no colours",
    without: "colours on a terminal",
  },
  {
    name: "FORCE_COLOR",
    about: "1: a terminal command prints colours, also into a file or a pipe; 0: none. It wins",
    without: "colours on a terminal",
  },
  {
    name: "TERM",
    about: "dumb: a terminal command prints no colours and writes over no line",
    without: "both on a terminal",
  },
  {
    name: "NODE_USE_ENV_PROXY",
    about:
      "1 sends the calls of Slack over the proxy that HTTPS_PROXY names, but for hosts in NO_PROXY (Node reads all three)",
    without: "Slack is called directly",
  },
  {
    name: "NODE_EXTRA_CA_CERTS",
    about: "A PEM file of authorities that are trusted besides the usual ones (Node reads it)",
    without: "the usual ones",
  },
];
