/** Every secret that a configuration holds: what no text of the bot's may carry. */

import type { Config, Credentials } from "./config.ts";

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
    ...(config.alertmanagerAuth === undefined ? [] : secretsOf(config.alertmanagerAuth)),
    ...(config.prometheusToken === undefined ? [] : [config.prometheusToken]),
    ...config.schedules.flatMap(({ calendar }) => (isAddress(calendar) ? [calendar] : [])),
    ...(store.engine === "postgres" ? [store.url, ...passwordOf(store.url)] : []),
  ];
}

/** Calendars are handed out by addresses that nobody could guess: they are read with nothing else. */
function isAddress(calendar: string): boolean {
  return /^https?:/i.test(calendar);
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
