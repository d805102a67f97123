/**
 * Environment + YAML file -> Config, or the list of every problem.
 *
 * Secrets come from the environment only (config-secrets.ts), the rest from the file
 * (config-file.ts); a secret written into the file is an unknown key and is refused.
 */

import { ABSENT_FOR_MS, withOwnMembers } from "../alerts/source.ts";
import type { Target } from "../diagnosis/target.ts";
import type {
  Config,
  ConfigProblem,
  ConfigResult,
  ConfigSource,
  ConfiguredSource,
  ScheduleConfig,
  StoreAddress,
} from "./config.ts";
import { parseConfigFile } from "./config-file.ts";
import {
  calendarVariable,
  type ParsedSecrets,
  parseSecrets,
  type Secrets,
} from "./config-secrets.ts";
import type { FileConfig } from "./file-schema.ts";
import { shortSecrets } from "./known-secrets.ts";
import { mistypedVariables } from "./mistyped-variables.ts";
import { resolveSecretFiles } from "./secret-files.ts";

/** Checks environment and file together, and reports every problem at once with its path. */
export function parseConfig(source: ConfigSource): ConfigResult {
  const file = parseConfigFile(source.yaml);
  const resolved = resolveSecretFiles(source.env, source.readSecret ?? readNothing);
  const secrets = parseSecrets(resolved.env, file.slackMode, configuredNames(file.value));
  // A secret whose file could not be read is named once, not as missing, too.
  const unread = new Set(resolved.problems.map(({ path }) => path.replace(/_FILE$/, "")));
  const missing = secrets.problems.filter(({ path }) => !unread.has(path));
  const calendars = missingCalendars(file.value, secrets);
  const mistyped = mistypedVariables(Object.keys(source.env));
  const problems = [...file.problems, ...resolved.problems, ...missing, ...calendars];
  if (file.value === undefined || secrets.value === undefined || problems.length > 0) {
    return { ok: false, problems: [...problems, ...mistyped] };
  }
  const config = assemble(file.value, secrets.value);
  return {
    ok: true,
    config,
    warnings: [...resolved.warnings, ...shortSecrets(config), ...mistyped],
  };
}

/** Where incidents are kept, for who needs nothing else; undefined when the file is not in order. */
export function storeAddress(
  yaml: string | undefined,
  databaseUrl: string | undefined,
): StoreAddress | undefined {
  if (databaseUrl !== undefined && databaseUrl !== "") {
    return { engine: "postgres", url: databaseUrl };
  }
  const { value } = parseConfigFile(yaml);
  return value === undefined ? undefined : { engine: "sqlite", path: value.store };
}

/** The calendars of schedules, for who needs nothing else; undefined when the file is not in order. */
export function scheduleCalendars(
  yaml: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): readonly ScheduleConfig[] | undefined {
  const { value } = parseConfigFile(yaml);
  return value?.schedules.map(({ name, calendar = "", people }) => {
    const address = env[calendarVariable(name)] ?? "";
    return { name, calendar: address === "" ? calendar : address, people };
  });
}

function readNothing(): never {
  throw new Error("secrets are not read from files here");
}

function assemble(file: FileConfig, secrets: Secrets): Config {
  const { databaseUrl, slackApiUrl, prometheusToken, alertmanagerAuth } = secrets;
  return {
    listen: file.listen,
    logLevel: secrets.logLevel,
    slack: {
      ...secrets.connection,
      ...(file.slack.slackbot ? { answersSlackbot: true as const } : {}),
      botToken: secrets.botToken,
      ...(slackApiUrl === undefined ? {} : { apiUrl: slackApiUrl }),
    },
    webhook: { auth: secrets.webhookAuth, maxBodyBytes: file.webhook.maxBody },
    metricsAuth: secrets.metricsAuth,
    mcpAuth: secrets.mcpAuth,
    ...(alertmanagerAuth === undefined ? {} : { alertmanagerAuth }),
    store:
      databaseUrl === undefined
        ? { engine: "sqlite", path: file.store }
        : { engine: "postgres", url: databaseUrl },
    sources: withOwnMembers(file.sources.map((source) => sourceOfFile(source, secrets))),
    schedules: file.schedules.map((schedule) => scheduleOfFile(schedule, secrets)),
    reviews: file.reviews.map(({ last, ...review }) => ({ ...review, lastMs: last })),
    operators: file.operators ?? file.routes.at(-1)?.channel ?? "",
    targets: file.targets.map(targetOfFile),
    ...(prometheusToken === undefined ? {} : { prometheusToken }),
    routes: file.routes,
    watch: file.watch,
    knowledge: file.knowledge,
    rules: file.rules,
    sampling: { intervalMs: file.sampling.interval },
    permissions: file.permissions,
    delivery: file.delivery,
    acknowledgement: {
      holdsMs: file.acknowledgement.holds,
      remindAfterMs: file.acknowledgement.remindAfter,
    },
    retention: file.retention,
  };
}

function configuredNames(file: FileConfig | undefined) {
  const nameOf = ({ name }: { readonly name: string }): string => name;
  return {
    sources: file?.sources.map(nameOf) ?? [],
    schedules: file?.schedules.map(nameOf) ?? [],
  };
}

/** A schedule of which nobody said where its calendar is. */
function missingCalendars(file: FileConfig | undefined, { value }: ParsedSecrets): ConfigProblem[] {
  return (file?.schedules ?? []).flatMap(({ name, calendar }, index) =>
    calendar !== undefined || value === undefined || value.calendars.has(name)
      ? []
      : [
          {
            path: `schedules[${index}].calendar`,
            message: `is missing: a file, or its address in the environment as ${calendarVariable(name)}`,
          },
        ],
  );
}

function scheduleOfFile(
  { name, calendar = "", people, handover }: FileConfig["schedules"][number],
  { calendars }: Secrets,
): ScheduleConfig {
  return {
    name,
    calendar: calendars.get(name) ?? calendar,
    people,
    ...(handover === undefined ? {} : { handover }),
  };
}

function sourceOfFile(
  { every, grafana, ...source }: FileConfig["sources"][number],
  { ofSources }: Secrets,
): ConfiguredSource {
  return {
    ...source,
    ...(grafana === undefined ? {} : { grafana }),
    arePeers: true,
    everyMs: every,
    absentForMs: ABSENT_FOR_MS,
    ...ofSources.get(source.name),
  };
}

/** A target as the file has it -> as everything else knows it. */
export function targetOfFile(target: FileConfig["targets"][number]): Target {
  const {
    timeout,
    maxBody,
    prometheus,
    prometheusHeaders,
    alertmanager,
    grafana,
    kafkaTls,
    ...rest
  } = target;
  return {
    ...rest,
    ...(kafkaTls === undefined ? {} : { kafkaTls: definedOnly(kafkaTls) }),
    ...(prometheus === undefined ? {} : { prometheus }),
    ...(prometheusHeaders === undefined ? {} : { prometheusHeaders }),
    ...(grafana === undefined ? {} : { grafana }),
    ...(alertmanager === undefined ? {} : { alertmanager }),
    timeoutMs: timeout,
    maxBodyBytes: maxBody,
  };
}

/** Without the keys that the file left out, which zod keeps as undefined. */
function definedOnly<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
