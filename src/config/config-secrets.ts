/**
 * The environment -> secrets and what else belongs to the process rather than to the file, or
 * every problem in it. Problems never show a value: it may be a secret, or a secret mistyped.
 */

import type { ConfigProblem, ConfigSource, Credentials, SlackConnection } from "./config.ts";
import {
  acceptedCredentials,
  acceptedTokens,
  credentialsOf,
  type EnvVariables,
  headerToken,
  variableNames,
  variablesOf,
} from "./config-credentials.ts";

export interface Secrets {
  readonly botToken: string;
  readonly connection: SlackConnection;
  /** Any of these is accepted. */
  readonly webhookAuth: readonly Credentials[];
  readonly metricsAuth: readonly Credentials[];
  readonly mcpAuth: readonly Credentials[];
  readonly alertmanagerAuth?: Credentials;
  /** By the source's name: what its own variables say. */
  readonly ofSources: ReadonlyMap<string, SourceSecrets>;
  /** By the schedule's name: the addresses of calendars. */
  readonly calendars: ReadonlyMap<string, string>;
  readonly logLevel: string;
  readonly databaseUrl?: string;
  readonly slackApiUrl?: string;
  readonly prometheusToken?: string;
}

interface SourceSecrets {
  readonly webhookAuth?: readonly Credentials[];
  readonly apiAuth?: Credentials;
}

export interface ParsedSecrets {
  readonly value?: Secrets;
  readonly problems: readonly ConfigProblem[];
}

/** Names of the file that are parts of the names of variables. */
interface ConfiguredNames {
  readonly sources?: readonly string[];
  readonly schedules?: readonly string[];
}

/** Without a mode (the file cannot tell) only what both modes need is asked for. */
export function parseSecrets(
  env: ConfigSource["env"],
  mode: SlackConnection["mode"] | undefined,
  { sources = [], schedules = [] }: ConfiguredNames = {},
): ParsedSecrets {
  const problems: ConfigProblem[] = [];
  const variables = variablesOf(env, problems);
  const botToken = variables.required(
    "SLACK_BOT_TOKEN",
    "the bot token of the installed Slack app",
    "xoxb-",
  );
  const connection = connectionOf(variables, mode);
  const webhookAuth = webhookAuthOf(variables);
  const alertmanagerAuth = alertmanagerAuthOf(variables);
  const ofSources = new Map(sources.map((name) => [name, secretsOf(variables, name)]));
  const calendars = calendarsOf(variables, schedules);
  const logLevel = logLevelOf(variables);
  const databaseUrl = urlOf(variables, "DATABASE_URL", ["postgres:", "postgresql:"]);
  const slackApiUrl = urlOf(variables, "SLACK_API_URL", ["http:", "https:"]);
  const prometheusToken = headerToken(variables, "PROMETHEUS_TOKEN");
  const metricsAuth = acceptedTokens(variables, "METRICS_TOKEN");
  const mcpAuth = acceptedTokens(variables, "MCP_TOKEN");
  if (problems.length > 0 || connection === undefined || webhookAuth === undefined) {
    return { problems };
  }
  return {
    problems,
    value: {
      botToken,
      connection,
      webhookAuth,
      metricsAuth,
      mcpAuth,
      ofSources,
      calendars,
      logLevel,
      ...given({ alertmanagerAuth, prometheusToken, databaseUrl, slackApiUrl }),
    },
  };
}

/** Without what is not set. */
function given<T extends object>(values: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as { [Key in keyof T]?: NonNullable<T[Key]> };
}

function connectionOf(
  variables: EnvVariables,
  mode: SlackConnection["mode"] | undefined,
): SlackConnection | undefined {
  switch (mode) {
    case "http": {
      const purpose = "proves that a request is Slack's (Basic Information of the Slack app)";
      return { mode, signingSecret: variables.required("SLACK_SIGNING_SECRET", purpose) };
    }
    case "socket": {
      const purpose = "the app-level token for Socket Mode";
      return { mode, appToken: variables.required("SLACK_APP_TOKEN", purpose, "xapp-") };
    }
    case undefined:
      return undefined;
  }
}

function webhookAuthOf(variables: EnvVariables): readonly Credentials[] | undefined {
  const auth = credentialsOf(variables, WEBHOOK);
  if (auth === "none") {
    variables.complain(
      "WEBHOOK_TOKEN",
      "is not set: the secret that Alertmanager sends as bearer token " +
        "(or set WEBHOOK_USER and WEBHOOK_PASSWORD for basic authentication)",
    );
    return undefined;
  }
  return acceptedCredentials(variables, auth, WEBHOOK);
}

/** Only where Alertmanager, or what stands before it, asks for some. */
function alertmanagerAuthOf(variables: EnvVariables): Credentials | undefined {
  const auth = credentialsOf(variables, ALERTMANAGER);
  return auth === "none" ? undefined : auth;
}

/** SCHEDULE_CALENDAR_FIRST_LINE and so on: who has the address of a calendar can read it. */
export function calendarVariable(schedule: string): string {
  return `SCHEDULE_CALENDAR${suffixOf(schedule)}`;
}

function suffixOf(name: string): string {
  return `_${name.toUpperCase().replaceAll("-", "_")}`;
}

function calendarsOf(variables: EnvVariables, schedules: readonly string[]): Map<string, string> {
  const named = schedules.flatMap((name) => {
    const address = urlOf(variables, calendarVariable(name), ["https:", "http:"]);
    return address === undefined ? [] : [[name, address] as const];
  });
  return new Map(named);
}

/** WEBHOOK_TOKEN_EU_PROD and so on, for the source eu-prod. */
function secretsOf(variables: EnvVariables, source: string): SourceSecrets {
  const suffix = suffixOf(source);
  const names = variableNames("WEBHOOK", suffix);
  const webhookAuth = acceptedCredentials(variables, credentialsOf(variables, names), names);
  const apiAuth = credentialsOf(variables, variableNames("ALERTMANAGER", suffix));
  return {
    ...(webhookAuth === undefined ? {} : { webhookAuth }),
    ...(apiAuth === "none" || apiAuth === undefined ? {} : { apiAuth }),
  };
}

const WEBHOOK = variableNames("WEBHOOK");
const ALERTMANAGER = variableNames("ALERTMANAGER");

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

function logLevelOf(variables: EnvVariables): string {
  const level = variables.optional("LOG_LEVEL") ?? "info";
  if (!LOG_LEVELS.includes(level)) {
    variables.complain("LOG_LEVEL", `must be one of ${LOG_LEVELS.join(", ")}`);
  }
  return level;
}

function urlOf(
  variables: EnvVariables,
  name: string,
  protocols: readonly string[],
): string | undefined {
  const value = variables.optional(name);
  if (value === undefined) return undefined;
  const isGood = URL.canParse(value) && protocols.includes(new URL(value).protocol);
  if (!isGood) {
    variables.complain(name, `is not an address that starts with ${protocols[0]}//`);
  }
  return value;
}
