/** Every secret that a configuration or an environment holds: what no text of the bot's may carry. */

import type { Config, ConfigProblem, Credentials } from "./config.ts";
import { type ReadSecretFile, resolveSecretFiles } from "./secret-files.ts";

/** Every secret that the configuration holds, for the filter of what leaves the process. */
export function knownSecrets(config: Config): string[] {
  const { slack, store } = config;
  return [
    slack.botToken,
    slack.mode === "socket" ? slack.appToken : slack.signingSecret,
    ...config.webhook.auth.flatMap(secretsOf),
    ...config.metricsAuth.flatMap(secretsOf),
    ...config.mcpAuth.flatMap(secretsOf),
    ...config.sources.flatMap(({ webhookAuth = [], apiAuth }) =>
      [...webhookAuth, ...(apiAuth === undefined ? [] : [apiAuth])].flatMap(secretsOf),
    ),
    ...[
      ...config.sources.map(({ headers }) => headers),
      ...config.targets.map(({ prometheusHeaders = {} }) => prometheusHeaders),
    ].flatMap(secretHeaders),
    ...(config.alertmanagerAuth === undefined ? [] : secretsOf(config.alertmanagerAuth)),
    ...(config.prometheusToken === undefined ? [] : [config.prometheusToken]),
    ...config.schedules.flatMap(({ calendar }) => calendarSecrets(calendar)),
    ...(store.engine === "postgres" ? [store.url, ...passwordOf(store.url)] : []),
  ];
}

/** Characters of a secret that can be told from other words; a shorter one would blank them. */
export const SHORTEST_KNOWN = 8;

/** What is given to others, who decide how long it is, and cannot be taken out of texts. */
export function shortSecrets(config: Config): ConfigProblem[] {
  const { prometheusToken, alertmanagerAuth, sources } = config;
  const given: readonly (readonly [string, string | undefined])[] = [
    ["PROMETHEUS_TOKEN", prometheusToken],
    ["ALERTMANAGER_TOKEN or _PASSWORD", secretOf(alertmanagerAuth)],
    ...sources.map(
      ({ name, apiAuth }) => [`what the source ${name} asks for`, secretOf(apiAuth)] as const,
    ),
  ];
  return given
    .filter(([, secret]) => secret !== undefined && secret.length < SHORTEST_KNOWN)
    .map(([path]) => ({ path, message: TOO_SHORT }));
}

const TOO_SHORT = `is shorter than ${SHORTEST_KNOWN} characters, so it cannot be distinguished from other words and taken out of what the bot shows; use a longer one`;

function secretOf(auth: Credentials | undefined): string | undefined {
  return auth?.kind === "basic" ? auth.password : auth?.token;
}

/** A tenant's name is shown; a key that a gateway asks for is not. */
function secretHeaders(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    /key|token|secret|pass|auth|credential/i.test(name) ? [value] : [],
  );
}

/** Variables whose value is a secret, with and without the name of a source behind it. */
const SECRET_VARIABLE =
  /^(?:SLACK_(?:BOT_TOKEN|APP_TOKEN|SIGNING_SECRET)|(?:WEBHOOK|ALERTMANAGER|PROMETHEUS|METRICS|MCP)_(?:TOKEN|PASSWORD)(?:_\w+)?|DATABASE_URL|SCHEDULE_CALENDAR_\w+)$/;

/**
 * What the environment, and the files that it names, hold of secrets, whether or not a configuration can
 * be made of them: the sentence that says why not must not carry them either.
 */
export function secretsInEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  read: ReadSecretFile,
): string[] {
  const { env: resolved } = resolveSecretFiles(env, read);
  return Object.entries(resolved).flatMap(([name, given]) => {
    const value = given?.trim() ?? "";
    // The path of a secret is none, and whoever must mend that file has to read it.
    if (value === "" || name.endsWith("_FILE") || !SECRET_VARIABLE.test(name)) return [];
    if (name === "DATABASE_URL") return [value, ...passwordOf(value)];
    if (name.startsWith("SCHEDULE_")) return calendarSecrets(value);
    if (name.includes("_PASSWORD")) {
      const user = resolved[name.replace("_PASSWORD", "_USER")]?.trim() ?? "";
      return secretsOf({ kind: "basic", user, password: value });
    }
    // Several tokens may stand in one variable.
    return [value, ...value.split(/[\s,]+/)];
  });
}

/**
 * Calendars are handed out by addresses that nobody could guess: they are read with nothing else. What
 * stands behind the host is the secret, by whichever of its schemes it is asked.
 */
function calendarSecrets(calendar: string): string[] {
  const behindHost = /^(?:https?|webcal):\/\/[^/?#]*[/?#](.*)$/is.exec(calendar)?.[1];
  return behindHost === undefined ? [] : [calendar, behindHost];
}

/** A pair also travels as one base64 text. */
function secretsOf(auth: Credentials): string[] {
  return auth.kind === "bearer" ? [auth.token] : [auth.password, `${auth.user}:${auth.password}`];
}

/** As it is written, and as it is meant; an address may hold characters that no URL may. */
function passwordOf(address: string): string[] {
  const written = /^[^:]+:\/\/[^:/]*:(.*)@/.exec(address)?.[1];
  if (written === undefined) return [];
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    return [written];
  }
}
