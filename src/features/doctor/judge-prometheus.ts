/** What a Prometheus says of itself -> what keeps our rules from firing, or from being delivered. */

import { count } from "../../block-kit/text.ts";
import type { Target } from "../../diagnosis/target.ts";
import { fine, note, type SetupCheck, unchecked, wrong } from "./setup-check.ts";

export interface PrometheusStatus {
  readonly address: string;
  readonly version: string;
  /** Names of the alert rules that it evaluates, and those that it cannot. */
  readonly rules: readonly string[];
  readonly failingRules: readonly { readonly name: string; readonly error: string }[];
  readonly activeAlertmanagers: number;
  /** Its scrape jobs. */
  readonly jobs: ReadonlyMap<string, ScrapeJob>;
  readonly mounts: readonly WatchedMount[];
}

/** A mount point that loaded rules watch, and how many file systems Prometheus has there. */
export interface WatchedMount {
  readonly point: string;
  readonly rules: readonly string[];
  readonly fileSystems: number;
}

export interface ScrapeJob {
  readonly up: number;
  readonly down: number;
  /** The last error of one that is down, and what was asked. */
  readonly error?: string;
  readonly url?: string;
}

/** The rules that come with the bot: which alerts, from which file, and the jobs that each reads. */
export interface ShippedRule {
  readonly alert: string;
  readonly file: string;
  readonly jobs: readonly string[];
  /** Of these the ones without which it can never fire. */
  readonly needs: readonly string[];
}

/** A check for each thing; `shipped` are the rules that it should have loaded. */
export function judgePrometheus(
  status: PrometheusStatus,
  shipped: readonly ShippedRule[],
): SetupCheck[] {
  const place = { area: "Prometheus", where: status.address } as const;
  const answers = fine(place, `answers, version ${status.version}`);
  return [
    answers,
    ...alertmanagerChecks(status),
    ...ruleChecks(status, shipped),
    ...jobChecks(status, shipped),
    ...mountChecks(status),
  ];
}

function alertmanagerChecks({ address, activeAlertmanagers }: PrometheusStatus): SetupCheck[] {
  if (activeAlertmanagers > 0) return [];
  return [
    wrong(
      { area: "Prometheus", where: address },
      "it sends its alerts to no Alertmanager",
      "Set alerting.alertmanagers in prometheus.yml, as in alerts/prometheus.yml, and reload",
    ),
  ];
}

function ruleChecks(status: PrometheusStatus, shipped: readonly ShippedRule[]): SetupCheck[] {
  const place = { area: "Prometheus", where: `${status.address} rules` } as const;
  const loaded = new Set(status.rules);
  const failing = status.failingRules.map(({ name, error }) =>
    wrong(place, `the rule ${name} fails: ${error}`, "Fix the rule: promtool check rules FILE"),
  );
  const files = [...new Set(shipped.map(({ file }) => file))];
  const missing = files.flatMap((file) => {
    const absent = shipped.filter((rule) => rule.file === file && !loaded.has(rule.alert));
    if (absent.length === 0) return [];
    const all = shipped.filter((rule) => rule.file === file).length;
    const which = absent.length === all ? "none of its alerts" : `not ${namesOf(absent)}`;
    const says = `${file} is not loaded as it comes: Prometheus has ${which}`;
    const remedy = `Copy alerts/${file} beside prometheus.yml, name it under rule_files, and reload`;
    return [OPTIONAL.has(file) ? note(place, says, remedy) : wrong(place, says, remedy)];
  });
  const isWhole = missing.length === 0 && failing.length === 0;
  return isWhole
    ? [fine(place, `all ${count(shipped.length, "shipped alert")} are loaded`)]
    : [...failing, ...missing];
}

/** Cluster metrics need a build that records them, and goals are a choice. */
const OPTIONAL = new Set(["cluster.rules.yml", "slo.rules.yml"]);

const NAMED = 5;

function namesOf(rules: readonly ShippedRule[]): string {
  const names = rules.slice(0, NAMED).map(({ alert }) => alert);
  const left = rules.length - names.length;
  return `${names.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

/** What gives each job of the rules its series (alerts/prometheus.yml). */
const EXPORTERS: Readonly<Record<string, string>> = {
  streamline: "the server's own /metrics, port 9094",
  "streamline-kafka": "the blackbox exporter on the Kafka port, or the bot's /probe",
  "streamline-health": "the blackbox exporter on /health, or the bot's /probe",
  node: "the node exporter of the server's machine",
  "streamline-incident-bot": "the bot's own /metrics",
};

function jobChecks(status: PrometheusStatus, shipped: readonly ShippedRule[]): SetupCheck[] {
  const loaded = new Set(status.rules);
  const read = shipped.filter(({ alert }) => loaded.has(alert));
  const jobs = [...new Set(read.flatMap((rule) => rule.jobs))].filter((job) => job in EXPORTERS);
  return jobs.flatMap((job) => jobCheck(status, job, read));
}

function jobCheck(
  { address, jobs }: PrometheusStatus,
  job: string,
  shipped: readonly ShippedRule[],
): SetupCheck[] {
  const place = { area: "Prometheus", where: `${address} job ${job}` } as const;
  const state = jobs.get(job);
  const blind = shipped.filter(({ needs }) => needs.includes(job));
  const remedy = `Add the job to prometheus.yml, as in alerts/prometheus.yml. It scrapes ${EXPORTERS[job]}`;
  if (state === undefined) {
    const says =
      blind.length === 0
        ? "rules read this job, but Prometheus has no such job"
        : `there is no such job, so ${count(blind.length, "rule")} can never fire (${namesOf(blind)})`;
    return [wrong(place, says, remedy)];
  }
  if (state.down > 0) {
    const error = state.error === undefined ? "" : `: ${state.error}`;
    const says = `${state.down} of ${state.up + state.down} cannot be scraped${error}`;
    return [wrong(place, says, scrapeRemedy(state))];
  }
  return state.up > 0
    ? [fine(place, `${count(state.up, "target")} scraped`)]
    : [unchecked(place, "Prometheus has not scraped it yet")];
}

/** The bot's own prober and exporter say by their status what is missing (edges/http/target-routes). */
function scrapeRemedy({ error = "", url = "" }: ScrapeJob): string {
  const status = /HTTP status (\d+)/.exec(error)?.[1];
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  if (path === "/probe" && status === "404") {
    return "If the bot probes: set http or kafka of one of its targets to exactly this address, or scrape the address that the target has";
  }
  if (path === "/probe" && status === "503") {
    return "If the bot probes: its last poll of this server is older than a minute; read the bot's log";
  }
  if (status === "401") {
    return "Give the job authorization: { credentials_file: FILE } with its token (for the bot METRICS_TOKEN)";
  }
  if (path === "/probe" && status === undefined) {
    return "Check that this prober runs and that Prometheus can reach it, or let the bot probe, as alerts/prometheus.yml does";
  }
  return "Check that it runs, and that Prometheus can reach it";
}

/** The data may lie on a file system of another name: then its rules are silent on a full disk. */
function mountChecks({ address, jobs, mounts }: PrometheusStatus): SetupCheck[] {
  // Without the exporter itself that is what is said.
  if ((jobs.get("node")?.up ?? 0) === 0) return [];
  return mounts.map(({ point, rules, fileSystems }) => {
    const place = { area: "Prometheus", where: `${address} mount point ${point}` } as const;
    if (fileSystems > 0) return fine(place, `${count(fileSystems, "file system")} watched`);
    return wrong(
      place,
      `the node exporter has no file system of this name, so ${count(rules.length, "rule")} can never fire (${rules.slice(0, NAMED).join(", ")})`,
      "Run findmnt -T DATA_DIRECTORY on the server: it names the mount point of the data. Put that into the rules, or rename it in the job node, as alerts/prometheus.yml shows. Then reload",
    );
  });
}

interface Scraped {
  readonly address: string;
  /** The labels of all that this Prometheus scrapes. */
  readonly scraped: readonly Readonly<Record<string, string>>[];
}

/**
 * Targets whose labels no scraped server has. A Prometheus that scrapes nothing itself may still have
 * every series, from others.
 */
export function unscrapedTargets(
  targets: readonly Pick<Target, "name" | "labels" | "prometheus">[],
  { address, scraped }: Scraped,
): SetupCheck[] {
  const here = targets.filter(({ prometheus }) => prometheus?.replace(/\/+$/, "") === address);
  return here.flatMap(({ name, labels }) => {
    const wanted = Object.entries(labels);
    const isFound = scraped.some((each) => wanted.every(([key, value]) => each[key] === value));
    if (isFound || wanted.length === 0 || scraped.length === 0) return [];
    const written = wanted.map(([key, value]) => `${key}="${value}"`).join(", ");
    return [
      note(
        { area: "Prometheus", where: `${address} target ${name}` },
        `it scrapes nothing with the labels {${written}}, so charts and why-slow over hours find no series there`,
        `Copy the labels from ${address}/targets into targets[].labels`,
      ),
    ];
  });
}
