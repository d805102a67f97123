/** Asks each Alertmanager for its status, and judges what it would send to the bot. */

import { parse } from "yaml";
import { z } from "zod";
import { DEFAULT_SOURCE } from "../../alerts/alert.ts";
import { type AlertSource, addressOfMember, allSources } from "../../alerts/source.ts";
import type { Config } from "../../config/config.ts";
import { boundedList } from "../../exposition/bounded-list.ts";
import type { AlertmanagerSettings } from "../../features/doctor/alertmanager-config.ts";
import {
  type ExpectedOfSource,
  judgeAlertmanager,
} from "../../features/doctor/judge-alertmanager.ts";
import { note, type SetupCheck, wrong } from "../../features/doctor/setup-check.ts";
import { authorizationOf } from "../alertmanager/alertmanagers.ts";
import { accessOfSources } from "../alertmanager/source-access.ts";
import { askJson } from "./ask-json.ts";
import { clockCheck } from "./check-clock.ts";

const STATUS = z.object({
  versionInfo: z.object({ version: z.string() }),
  cluster: z.object({ peers: boundedList(z.unknown()).nullish() }).nullish(),
  config: z.object({ original: z.string() }),
});

const texts = z
  .record(z.string(), z.coerce.string())
  .nullish()
  .transform((all) => all ?? undefined);
const matchers = boundedList(z.string())
  .nullish()
  .transform((all) => all ?? undefined);

const ROUTE: z.ZodType<AlertmanagerSettings["route"]> = z.lazy(() =>
  z.object({
    receiver: z.string().optional(),
    matchers,
    match: texts,
    match_re: texts,
    continue: z.boolean().optional(),
    repeat_interval: z.string().optional(),
    group_interval: z.string().optional(),
    routes: boundedList(ROUTE).optional(),
  }),
);

const SETTINGS = z.object({
  route: ROUTE,
  receivers: boundedList(
    z.object({
      name: z.string(),
      webhook_configs: boundedList(
        z.object({
          url: z.string().optional(),
          send_resolved: z.boolean().optional(),
          max_alerts: z.number().optional(),
        }),
      ).optional(),
    }),
  ),
});

/** Checks of every member of every source; one that does not answer is a check that is wrong. */
export async function checkAlertmanagers(config: Config): Promise<SetupCheck[]> {
  const sources = allSources(config.sources, config.targets).filter(
    ({ members }) => members.length > 0,
  );
  if (sources.length === 0) {
    return [
      note(
        { area: "Alertmanager", where: "sources" },
        "no Alertmanager is configured: the bot cannot see what is silenced, or what ended without a notification",
        "Set sources[].members or targets[].alertmanager to its address",
      ),
    ];
  }
  const checks = await Promise.all(
    sources.flatMap((source) =>
      source.members.map((address) => checkMember(config, source, address)),
    ),
  );
  return checks.flat();
}

/** Credentials and tenant of a request to one address. */
export function headersFor(config: Config, address: string): Record<string, string> {
  const { auth, headers } = accessOfSources(() => config)(address);
  return { ...headers, ...authorizationOf(auth) };
}

async function checkMember(
  config: Config,
  source: AlertSource,
  address: string,
): Promise<SetupCheck[]> {
  const place = { area: "Alertmanager", where: address } as const;
  const headers = headersFor(config, address);
  const answer = await askJson({ url: `${addressOfMember(address)}/api/v2/status`, headers });
  if (answer.kind === "failed") {
    return [
      wrong(
        place,
        answer.problem,
        `Check that it runs, and that sources[].members or targets[].alertmanager names its address${/status 404/.test(answer.problem) ? " (port 9093 by default; that of Prometheus is 9090)" : ""}`,
      ),
    ];
  }
  const status = STATUS.safeParse(answer.json);
  if (!status.success) {
    return [
      wrong(place, "the answer is not that of an Alertmanager with API v2", "Check the address"),
    ];
  }
  const { versionInfo, cluster, config: effective } = status.data;
  const settings = readSettings(effective.original);
  const { aheadMs } = answer;
  return [
    ...judgeAlertmanager(
      { address, version: versionInfo.version, peers: cluster?.peers?.length ?? 0, settings },
      expectedOf(config, source),
    ),
    ...(aheadMs === undefined ? [] : [clockCheck(`Alertmanager ${address}`, aheadMs)]),
  ];
}

/** Characters of a configuration that is checked; to parse a longer one would hold up everybody. */
const LONGEST_CONFIG = 128 * 1024;

function readSettings(yaml: string): AlertmanagerSettings | undefined {
  if (yaml.length > LONGEST_CONFIG) return undefined;
  try {
    const read = SETTINGS.safeParse(parse(yaml, { logLevel: "error" }));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

function expectedOf({ routes }: Config, { name, members }: AlertSource): ExpectedOfSource {
  const path = `/webhook/alertmanager/${name}`;
  const heartbeats = routes.filter(
    ({ heartbeat, sources }) => heartbeat !== undefined && (sources?.includes(name) ?? true),
  );
  return {
    source: name,
    members: members.length,
    paths: name === DEFAULT_SOURCE ? ["/webhook/alertmanager", path] : [path],
    heartbeats: heartbeats.flatMap(({ heartbeat }) => heartbeat ?? []),
  };
}
