/** Asks each Prometheus for its rules, its Alertmanagers and its scrape jobs. */

import { z } from "zod";
import type { Config } from "../../config/config.ts";
import type { Target } from "../../diagnosis/target.ts";
import { boundedList } from "../../exposition/bounded-list.ts";
import {
  judgePrometheus,
  type PrometheusStatus,
  type ScrapeJob,
  type ShippedRule,
  unscrapedTargets,
  type WatchedMount,
} from "../../features/doctor/judge-prometheus.ts";
import { note, type SetupCheck, wrong } from "../../features/doctor/setup-check.ts";
import { askJson } from "./ask-json.ts";
import { clockCheck } from "./check-clock.ts";
import { shippedRules } from "./shipped-rules.ts";

const data = <T extends z.ZodType>(shape: T) => z.object({ data: shape });

const BUILD = data(z.object({ version: z.string() }));
const RULES = data(
  z.object({
    groups: boundedList(
      z.object({
        rules: boundedList(
          z.object({
            name: z.string(),
            type: z.string(),
            health: z.string(),
            query: z.string().default(""),
            lastError: z.string().optional(),
          }),
        ),
      }),
    ),
  }),
);
const ALERTMANAGERS = data(z.object({ activeAlertmanagers: boundedList(z.unknown()) }));
const TARGETS = data(
  z.object({
    activeTargets: boundedList(
      z.object({
        labels: z.record(z.string(), z.string()),
        health: z.string(),
        lastError: z.string(),
        scrapeUrl: z.string().default(""),
      }),
    ),
  }),
);

/** Checks of each address once, however many targets name it. */
export async function checkPrometheus(config: Config): Promise<SetupCheck[]> {
  const addressed = new Map<string, Target>();
  for (const target of config.targets) {
    const address = target.prometheus?.replace(/\/+$/, "");
    if (address !== undefined && !addressed.has(address)) addressed.set(address, target);
  }
  if (addressed.size === 0) {
    return [
      note(
        { area: "Prometheus", where: "targets[].prometheus" },
        "no Prometheus is configured: charts reach back one hour only, and the doctor cannot check the rules",
        "Set targets[].prometheus to its address",
      ),
    ];
  }
  const shipped = await shippedRules();
  const checks = await Promise.all(
    [...addressed].map(([address, target]) => checkOne(config, { address, target, shipped })),
  );
  return checks.flat();
}

interface AskedPrometheus {
  readonly address: string;
  readonly target: Target;
  readonly shipped: readonly ShippedRule[];
}

async function checkOne(
  config: Config,
  { address, target, shipped }: AskedPrometheus,
): Promise<SetupCheck[]> {
  const token = config.prometheusToken;
  const headers = {
    ...target.prometheusHeaders,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const ask = (path: string) => askJson({ url: `${address}/api/v1${path}`, headers });
  const [build, rules, alertmanagers, targets] = await Promise.all(
    ["/status/buildinfo", "/rules?type=alert", "/alertmanagers", "/targets?state=active"].map(ask),
  );
  const place = { area: "Prometheus", where: address } as const;
  const failed = [build, rules, alertmanagers, targets].find((each) => each?.kind === "failed");
  if (failed?.kind === "failed") {
    return [
      wrong(
        place,
        failed.problem,
        `Check that it runs, and that targets[].prometheus names its address${/status 404/.test(failed.problem) ? " (port 9090 by default; that of Alertmanager is 9093)" : ""}`,
      ),
    ];
  }
  const read = statusOf(
    address,
    [build, rules, alertmanagers, targets].map((each) =>
      each?.kind === "answered" ? each.json : undefined,
    ),
  );
  if (read === undefined) {
    return [wrong(place, "the answer is not that of a Prometheus", "Check the address")];
  }
  const status = { ...read, mounts: await mountsIn(read.watched, ask) };
  const aheadMs = build?.kind === "answered" ? build.aheadMs : undefined;
  const series = TARGETS.safeParse(targets?.kind === "answered" ? targets.json : undefined);
  return [
    ...judgePrometheus(status, shipped),
    ...unscrapedTargets(config.targets, {
      address,
      scraped: series.success ? series.data.data.activeTargets.map(({ labels }) => labels) : [],
    }),
    ...(aheadMs === undefined ? [] : [clockCheck(`Prometheus ${address}`, aheadMs)]),
  ];
}

/** A rule watches one or two; whoever wrote hundreds need not wait for all. */
const MOST_MOUNTS = 10;

/** How many file systems there are at each mount point; one about which nothing is known is left out. */
async function mountsIn(
  watched: ReadonlyMap<string, readonly string[]>,
  ask: (path: string) => ReturnType<typeof askJson>,
): Promise<WatchedMount[]> {
  const mounts = await Promise.all(
    [...watched].slice(0, MOST_MOUNTS).map(async ([point, rules]) => {
      const selector = `count(node_filesystem_avail_bytes{mountpoint=${JSON.stringify(point)}})`;
      const answer = await ask(`/query?query=${encodeURIComponent(selector)}`);
      const counted = COUNTED.safeParse(answer.kind === "answered" ? answer.json : undefined);
      if (!counted.success) return [];
      return [{ point, rules, fileSystems: Number(counted.data.data.result[0]?.value[1] ?? 0) }];
    }),
  );
  return mounts.flat();
}

const COUNTED = data(
  z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
);

/** Rules by the mount points that they read; what is about their absence fires without them. */
function mountsOf(
  rules: readonly { readonly name: string; readonly query: string }[],
): Map<string, string[]> {
  const mounts = new Map<string, string[]>();
  for (const { name, query } of rules) {
    if (/\babsent\b/.test(query)) continue;
    const points = [...query.matchAll(/\bmountpoint\s*=\s*"([^"\\]+)"/g)];
    for (const point of new Set(points.map(([, named = ""]) => named))) {
      mounts.set(point, [...(mounts.get(point) ?? []), name]);
    }
  }
  return mounts;
}

type ReadStatus = Omit<PrometheusStatus, "mounts"> & {
  readonly watched: ReadonlyMap<string, readonly string[]>;
};

function statusOf(
  address: string,
  [build, rules, alertmanagers, targets]: readonly unknown[],
): ReadStatus | undefined {
  const read = {
    build: BUILD.safeParse(build),
    rules: RULES.safeParse(rules),
    alertmanagers: ALERTMANAGERS.safeParse(alertmanagers),
    targets: TARGETS.safeParse(targets),
  };
  if (!read.build.success || !read.rules.success) return undefined;
  if (!read.alertmanagers.success || !read.targets.success) return undefined;
  const all = read.rules.data.data.groups.flatMap((group) => group.rules);
  return {
    address,
    version: read.build.data.data.version,
    rules: all.map(({ name }) => name),
    failingRules: all.flatMap(({ name, health, lastError = "" }) =>
      health === "err" ? [{ name, error: lastError }] : [],
    ),
    activeAlertmanagers: read.alertmanagers.data.data.activeAlertmanagers.length,
    jobs: jobsOf(read.targets.data.data.activeTargets),
    watched: mountsOf(all),
  };
}

function jobsOf(
  targets: z.output<typeof TARGETS>["data"]["activeTargets"],
): Map<string, ScrapeJob> {
  const jobs = new Map<string, ScrapeJob>();
  for (const { labels, health, lastError, scrapeUrl } of targets) {
    const job = labels["job"] ?? "";
    const { up, down, ...rest } = jobs.get(job) ?? { up: 0, down: 0 };
    const counted = {
      ...rest,
      up: up + (health === "up" ? 1 : 0),
      down: down + (health === "down" ? 1 : 0),
    };
    jobs.set(job, health === "down" ? { ...counted, error: lastError, url: scrapeUrl } : counted);
  }
  return jobs;
}
