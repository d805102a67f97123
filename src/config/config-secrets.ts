/**
 * The environment -> secrets and what else belongs to the process rather than to the file, or
 * every problem in it. Problems never show a value: it may be a secret, or a secret mistyped.
 */

import type { ConfigProblem, ConfigSource, Credentials, SlackConnection } from "./config.ts";

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

/** Empty variables count as unset, as Compose and Kubernetes leave them. */
interface Variables {
  optional(name: string): string | undefined;
  /** Reports it when it is unset, or does not start as such a value does. */
  required(name: string, purpose: string, prefix?: string): string;
  complain(path: string, message: string): void;
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
  const variables = readerOf(env, problems);
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
  const metricsAuth = tokensOf(variables, "METRICS_TOKEN");
  const mcpAuth = tokensOf(variables, "MCP_TOKEN");
  if (problems.length > 0 || connection === undefined || webhookAuth === undefined) {
    return { problems };
  }
  const others = {
    ...(alertmanagerAuth === undefined ? {} : { alertmanagerAuth }),
    ...(prometheusToken === undefined ? {} : { prometheusToken }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
  };
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
      ...others,
    },
  };
}

function readerOf(env: ConfigSource["env"], problems: ConfigProblem[]): Variables {
  const complain = (path: string, message: string): void => {
    problems.push({ path, message });
  };
  const optional = (name: string): string | undefined => env[name]?.trim() || undefined;
  return {
    complain,
    optional,
    required(name, purpose, prefix = "") {
      const value = optional(name);
      if (value === undefined) complain(name, `is not set: ${purpose}`);
      else if (!value.startsWith(prefix)) {
        complain(name, `does not start with ${prefix}: ${purpose}`);
      }
      return value ?? "";
    },
  };
}

function connectionOf(
  variables: Variables,
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

function webhookAuthOf(variables: Variables): readonly Credentials[] | undefined {
  const auth = credentialsOf(variables, WEBHOOK);
  if (auth === "none") {
    variables.complain(
      "WEBHOOK_TOKEN",
      "is not set: the secret that Alertmanager sends as bearer token " +
        "(or set WEBHOOK_USER and WEBHOOK_PASSWORD for basic authentication)",
    );
    return undefined;
  }
  return acceptedOf(variables, auth, WEBHOOK);
}

/** What a sender may carry; undefined for nothing, or after a complaint. */
function acceptedOf(
  variables: Variables,
  auth: Credentials | "none" | undefined,
  names: VariableNames,
): readonly Credentials[] | undefined {
  if (auth === "none" || auth === undefined) return undefined;
  if (auth.kind === "bearer") return tokensOf(variables, names.token);
  checkLength(variables, names.password, auth.password);
  return [auth];
}

/** More than the old one and the new one for a while is no rotation. */
const MOST_TOKENS = 10;

/** One token, or several apart by commas or line ends while one takes the place of another. */
function tokensOf(variables: Variables, name: string): Credentials[] {
  const tokens = (variables.optional(name) ?? "").split(/[\s,]+/).filter((token) => token !== "");
  if (tokens.length > MOST_TOKENS)
    variables.complain(name, `holds more than ${MOST_TOKENS} tokens`);
  const shortest = tokens.toSorted((a, b) => a.length - b.length)[0];
  if (shortest !== undefined) checkLength(variables, name, shortest);
  if (tokens.some((token) => !PLAIN_TOKEN.test(token))) variables.complain(name, NOT_PLAIN);
  return tokens.map((token) => ({ kind: "bearer", token }));
}

/** Only where Alertmanager, or what stands before it, asks for some. */
function alertmanagerAuthOf(variables: Variables): Credentials | undefined {
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

function calendarsOf(variables: Variables, schedules: readonly string[]): Map<string, string> {
  const named = schedules.flatMap((name) => {
    const address = urlOf(variables, calendarVariable(name), ["https:", "http:"]);
    return address === undefined ? [] : [[name, address] as const];
  });
  return new Map(named);
}

/** WEBHOOK_TOKEN_EU_PROD and so on, for the source eu-prod. */
function secretsOf(variables: Variables, source: string): SourceSecrets {
  const suffix = suffixOf(source);
  const names = variableNames("WEBHOOK", suffix);
  const webhookAuth = acceptedOf(variables, credentialsOf(variables, names), names);
  const apiAuth = credentialsOf(variables, variableNames("ALERTMANAGER", suffix));
  return {
    ...(webhookAuth === undefined ? {} : { webhookAuth }),
    ...(apiAuth === "none" || apiAuth === undefined ? {} : { apiAuth }),
  };
}

const WEBHOOK = variableNames("WEBHOOK");
const ALERTMANAGER = variableNames("ALERTMANAGER");

type VariableNames = Readonly<Record<"token" | "user" | "password", string>>;

function variableNames(prefix: string, suffix = ""): VariableNames {
  return {
    token: `${prefix}_TOKEN${suffix}`,
    user: `${prefix}_USER${suffix}`,
    password: `${prefix}_PASSWORD${suffix}`,
  };
}

/** Undefined after a complaint. */
function credentialsOf(
  variables: Variables,
  names: VariableNames,
): Credentials | "none" | undefined {
  const [token, user, password] = [names.token, names.user, names.password].map((name) =>
    variables.optional(name),
  );
  if (token !== undefined) {
    if (user !== undefined || password !== undefined) {
      const message = `is set together with ${names.user} or ${names.password}: choose one way`;
      variables.complain(names.token, message);
    }
    return bearer(variables, token, names);
  }
  if (user === undefined && password === undefined) return "none";
  return basic(variables, { user, password }, names);
}

function bearer(variables: Variables, token: string, names: VariableNames): Credentials {
  if (names !== WEBHOOK) headerToken(variables, names.token);
  return { kind: "bearer", token };
}

const PLAIN_TOKEN = /^[\x21-\x7e]+$/;
const NOT_PLAIN = "must be ASCII without spaces, as a header's value";

/** A bearer token travels in a header as it is (RFC 6750, 2.1), so it must be plain characters. */
function headerToken(variables: Variables, name: string): string | undefined {
  const token = variables.optional(name);
  if (token !== undefined && !PLAIN_TOKEN.test(token)) variables.complain(name, NOT_PLAIN);
  return token;
}

interface Pair {
  readonly user: string | undefined;
  readonly password: string | undefined;
}

function basic(
  variables: Variables,
  { user, password }: Pair,
  names: VariableNames,
): Credentials | undefined {
  if (user === undefined) {
    variables.complain(names.user, `is not set, although ${names.password} is`);
  } else if (user.includes(":")) {
    // RFC 7617, 2: the first colon ends the user's name.
    variables.complain(names.user, "must not hold a colon");
  }
  if (password === undefined) {
    variables.complain(names.password, `is not set, although ${names.user} is`);
  }
  return user === undefined || password === undefined
    ? undefined
    : { kind: "basic", user, password };
}

/** The shortest webhook secret accepted: 16 characters, so that it cannot be guessed over HTTP. */
const SHORTEST_SECRET = 16;

function checkLength(variables: Variables, name: string, secret: string): void {
  if (secret.length >= SHORTEST_SECRET) return;
  const message = `is shorter than ${SHORTEST_SECRET} characters; try: openssl rand -hex 24`;
  variables.complain(name, message);
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

function logLevelOf(variables: Variables): string {
  const level = variables.optional("LOG_LEVEL") ?? "info";
  if (!LOG_LEVELS.includes(level)) {
    variables.complain("LOG_LEVEL", `must be one of ${LOG_LEVELS.join(", ")}`);
  }
  return level;
}

function urlOf(
  variables: Variables,
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
