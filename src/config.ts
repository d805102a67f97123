/**
 * Environment + YAML file -> Config, or the list of every problem.
 *
 * Secrets come from the environment only; a secret written into the file is an unknown key and is
 * refused. Every default of the process stands in this file.
 */

import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { isUrl, listenAddress, millis, size } from "./config-values.ts";
import type { Target } from "./diagnosis/target.ts";
import type { Labels } from "./exposition/sample.ts";

export interface Route {
  /** A route takes an alert group whose common labels carry all of these; empty takes every group. */
  readonly match: Labels;
  readonly channel: string;
}

export type SlackConnection =
  | { readonly mode: "socket"; readonly appToken: string }
  | { readonly mode: "http"; readonly signingSecret: string };

/** One replica keeps a SQLite file; several share PostgreSQL, whose address is a secret. */
export type StoreAddress =
  | { readonly engine: "sqlite"; readonly path: string }
  | { readonly engine: "postgres"; readonly url: string };

export type WebhookAuth =
  | { readonly kind: "bearer"; readonly token: string }
  | { readonly kind: "basic"; readonly user: string; readonly password: string };

export interface Config {
  readonly listen: { readonly host: string; readonly port: number };
  readonly logLevel: string;
  readonly slack: SlackConnection & { readonly botToken: string; readonly apiUrl?: string };
  readonly webhook: { readonly auth: WebhookAuth; readonly maxBodyBytes: number };
  readonly store: StoreAddress;
  readonly targets: readonly Target[];
  readonly routes: readonly Route[];
  readonly knowledge: readonly string[];
  readonly permissions: { readonly ask: AskPermission };
}

/** Who may ask a target, and from where; an empty list means everyone, or everywhere. */
export interface AskPermission {
  readonly users: readonly string[];
  readonly channels: readonly string[];
}

export interface ConfigProblem {
  /** Where: `targets[1].http`, or the environment variable's name. */
  readonly path: string;
  readonly message: string;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

export interface ConfigSource {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file's text; undefined when there is no file. */
  readonly yaml: string | undefined;
}

const labels = z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/), z.string());
const channelId = z
  .string()
  .regex(/^[CGD][A-Z0-9]{2,}$/, "is not a channel id such as C0123ABCD (Slack: channel details)");
const userId = z.string().regex(/^[UW][A-Z0-9]{2,}$/, "is not a user id such as U0123ABCD");

const targetSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9._-]{1,60}$/,
      "must be 1 to 60 letters, digits, dots, dashes or underscores",
    ),
  http: z.string().superRefine(isUrl),
  kafka: z.string().regex(/^[^\s:/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, "must be host:port"),
  prometheus: z.string().superRefine(isUrl).optional(),
  alertmanager: z.string().superRefine(isUrl).optional(),
  labels: labels.default({}),
  timeout: millis(100, 60_000).prefault("2s"),
  maxBody: size(1024, 1024 ** 3).prefault("64MiB"),
});

const fileSchema = z.strictObject({
  listen: listenAddress.prefault("0.0.0.0:8080"),
  slack: z.strictObject({ mode: z.enum(["socket", "http"]).default("socket") }).prefault({}),
  webhook: z.strictObject({ maxBody: size(1024, 64 * 1024 ** 2).prefault("8MiB") }).prefault({}),
  store: z.string().min(1).default("var/bot.db"),
  targets: z.array(targetSchema).min(1, "needs at least one target"),
  routes: z
    .array(z.strictObject({ match: labels.default({}), channel: channelId }))
    .min(1, "needs at least one route; one without match takes every alert"),
  knowledge: z.array(z.string().min(1)).default([]),
  permissions: z
    .strictObject({
      ask: z
        .strictObject({
          users: z.array(userId).default([]),
          channels: z.array(channelId).default([]),
        })
        .prefault({}),
    })
    .prefault({}),
});

type FileConfig = z.output<typeof fileSchema>;

/** Checks environment and file together, and reports every problem at once with its path. */
export function parseConfig(source: ConfigSource): ConfigResult {
  const file = parseFile(source.yaml);
  const secrets = parseSecrets(source.env, file.value?.slack.mode ?? "socket");
  const problems = [
    ...file.problems,
    ...secrets.problems,
    ...logLevelProblems(source.env),
    ...urlProblems(source.env),
  ];
  if (file.value === undefined || secrets.value === undefined || problems.length > 0) {
    return { ok: false, problems };
  }
  return { ok: true, config: assemble(file.value, secrets.value, source.env) };
}

interface Parsed<T> {
  readonly value?: T;
  readonly problems: readonly ConfigProblem[];
}

function parseFile(yaml: string | undefined): Parsed<FileConfig> {
  if (yaml === undefined) {
    return { problems: [{ path: "(file)", message: "there is no configuration file" }] };
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => ({
        path: `(file) line ${lineCounter.linePos(error.pos[0]).line}`,
        message: error.message.split("\n")[0] ?? error.message,
      })),
    };
  }
  const parsed = fileSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    return { problems: parsed.error.issues.flatMap(problemsOfIssue) };
  }
  return { value: parsed.data, problems: crossChecks(parsed.data) };
}

function problemsOfIssue(issue: z.core.$ZodIssue): ConfigProblem[] {
  const path = pathText(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      message: "is not a known key",
    }));
  }
  return [{ path, message: issue.message }];
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("");
  return text.replace(/^\./, "") || "(file)";
}

function crossChecks(file: FileConfig): ConfigProblem[] {
  const names = file.targets.map((target) => target.name.toLowerCase());
  const repeated = names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ path: `targets[${index}].name`, message: `repeats the name of target ${name}` }],
  );
  const catchAll = file.routes.findIndex((route) => Object.keys(route.match).length === 0);
  if (catchAll === -1) {
    return [
      ...repeated,
      { path: "routes", message: "needs a last route without match, so that no alert is lost" },
    ];
  }
  const unreachable = file.routes.slice(catchAll + 1).map((_, offset) => ({
    path: `routes[${catchAll + 1 + offset}]`,
    message: `is never reached: routes[${catchAll}] already takes every alert`,
  }));
  return [...repeated, ...unreachable];
}

interface Secrets {
  readonly botToken: string;
  readonly connection: SlackConnection;
  readonly webhookAuth: WebhookAuth;
}

function parseSecrets(env: ConfigSource["env"], mode: "socket" | "http"): Parsed<Secrets> {
  const problems: ConfigProblem[] = [];
  const read = (name: string, prefix: string, purpose: string): string => {
    const value = env[name]?.trim() ?? "";
    if (value === "") problems.push({ path: name, message: `is not set: ${purpose}` });
    else if (!value.startsWith(prefix)) {
      problems.push({ path: name, message: `does not start with ${prefix}: ${purpose}` });
    }
    return value;
  };
  const botToken = read("SLACK_BOT_TOKEN", "xoxb-", "the bot token of the installed Slack app");
  const connection: SlackConnection =
    mode === "http"
      ? {
          mode: "http",
          signingSecret: read("SLACK_SIGNING_SECRET", "", "proves that a request is Slack's"),
        }
      : {
          mode: "socket",
          appToken: read("SLACK_APP_TOKEN", "xapp-", "the app-level token for Socket Mode"),
        };
  const webhookAuth = parseWebhookAuth(env, problems);
  if (problems.length > 0 || webhookAuth === undefined) return { problems };
  return { value: { botToken, connection, webhookAuth }, problems };
}

/** The shortest webhook secret accepted: 16 characters, so that it cannot be guessed over HTTP. */
const SHORTEST_SECRET = 16;

function parseWebhookAuth(
  env: ConfigSource["env"],
  problems: ConfigProblem[],
): WebhookAuth | undefined {
  const token = env["WEBHOOK_TOKEN"]?.trim();
  const user = env["WEBHOOK_USER"]?.trim();
  const password = env["WEBHOOK_PASSWORD"]?.trim();
  if (token && (user || password)) {
    problems.push({
      path: "WEBHOOK_TOKEN",
      message: "is set together with WEBHOOK_USER or WEBHOOK_PASSWORD: choose one way",
    });
    return undefined;
  }
  const secret = token || password;
  if (!secret || (!token && !user)) {
    problems.push({
      path: "WEBHOOK_TOKEN",
      message:
        "is not set: the secret that Alertmanager sends as bearer token " +
        "(or set WEBHOOK_USER and WEBHOOK_PASSWORD for basic authentication)",
    });
    return undefined;
  }
  if (secret.length < SHORTEST_SECRET) {
    problems.push({
      path: token ? "WEBHOOK_TOKEN" : "WEBHOOK_PASSWORD",
      message: `is shorter than ${SHORTEST_SECRET} characters; try: openssl rand -hex 24`,
    });
  }
  return token
    ? { kind: "bearer", token }
    : { kind: "basic", user: user ?? "", password: password ?? "" };
}

const ENVIRONMENT_URLS: Readonly<Record<string, readonly string[]>> = {
  DATABASE_URL: ["postgres:", "postgresql:"],
  SLACK_API_URL: ["http:", "https:"],
};

/** The values may hold passwords, so a problem never shows them. */
function urlProblems(env: ConfigSource["env"]): ConfigProblem[] {
  return Object.entries(ENVIRONMENT_URLS).flatMap(([path, protocols]) => {
    const value = env[path];
    if (!value) return [];
    const isGood = URL.canParse(value) && protocols.includes(new URL(value).protocol);
    return isGood
      ? []
      : [{ path, message: `is not an address that starts with ${protocols[0]}//` }];
  });
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

function logLevelProblems(env: ConfigSource["env"]): ConfigProblem[] {
  const level = env["LOG_LEVEL"];
  if (level === undefined || LOG_LEVELS.includes(level)) return [];
  return [{ path: "LOG_LEVEL", message: `must be one of ${LOG_LEVELS.join(", ")}` }];
}

function assemble(file: FileConfig, secrets: Secrets, env: ConfigSource["env"]): Config {
  return {
    listen: file.listen,
    logLevel: env["LOG_LEVEL"] ?? "info",
    slack: {
      ...secrets.connection,
      botToken: secrets.botToken,
      ...(env["SLACK_API_URL"] ? { apiUrl: env["SLACK_API_URL"] } : {}),
    },
    webhook: { auth: secrets.webhookAuth, maxBodyBytes: file.webhook.maxBody },
    store: env["DATABASE_URL"]
      ? { engine: "postgres", url: env["DATABASE_URL"] }
      : { engine: "sqlite", path: file.store },
    targets: file.targets.map(targetOfFile),
    routes: file.routes,
    knowledge: file.knowledge,
    permissions: file.permissions,
  };
}

function targetOfFile(target: FileConfig["targets"][number]): Target {
  const { timeout, maxBody, prometheus, alertmanager, ...rest } = target;
  return {
    ...rest,
    http: rest.http.replace(/\/+$/, ""),
    ...(prometheus === undefined ? {} : { prometheus }),
    ...(alertmanager === undefined ? {} : { alertmanager }),
    timeoutMs: timeout,
    maxBodyBytes: maxBody,
  };
}
