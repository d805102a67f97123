/** A live server against the catalogue: what it lacks, and what it has that nothing documents. */

import type { Catalogue, EndpointEntry } from "./catalogue.ts";

export interface LiveServer {
  /** The version of /info; undefined when it did not answer. */
  readonly version: string | undefined;
  /** Names of the samples of /metrics, with the names of the labels that any of them has. */
  readonly metrics: ReadonlyMap<string, ReadonlySet<string>>;
  /** Status by path, for the paths of `pathsToAsk`; undefined when nothing answered. */
  readonly statuses: ReadonlyMap<string, number | undefined>;
}

export interface LiveDrift {
  readonly problems: readonly string[];
  /** What is no fault: metrics that appear with their first event. */
  readonly notYet: readonly string[];
}

/** Paths that a GET may ask without a name in them, in every build. The log stream never ends. */
export function pathsToAsk({ endpoints }: Catalogue): string[] {
  return endpoints.filter(isAskable).map(({ path }) => path);
}

function isAskable({ method, path, feature, use }: EndpointEntry): boolean {
  const isPlain = !/[:*]/.test(path);
  const isCommon = feature === "default" || feature === "metrics";
  return method === "GET" && use === "guides" && isCommon && isPlain;
}

/** Problems in words, and the names of what is no fault: metrics that appear with their first event. */
export function checkLive(live: LiveServer, catalogue: Catalogue): LiveDrift {
  const problems = [
    ...versionProblem(live, catalogue),
    ...[...live.statuses].flatMap(([path, status]) => statusProblem(path, status)),
    ...[...live.metrics].flatMap(([name, labels]) => metricProblems(name, labels, catalogue)),
  ];
  const absent = [...catalogue.metrics].filter(
    ([name, { status }]) => status === "recorded" && !isThere(name, live),
  );
  return {
    problems: [
      ...problems,
      ...absent.flatMap(([name, { always }]) =>
        always ? [`the server lacks ${name}, which is always there`] : [],
      ),
    ],
    notYet: absent.flatMap(([name, { always }]) => (always ? [] : [name])),
  };
}

function versionProblem({ version }: LiveServer, catalogue: Catalogue): string[] {
  if (version === undefined) return ["/info has no version"];
  return version === catalogue.version
    ? []
    : [`the server reports version ${version}, the catalogue is of ${catalogue.version}`];
}

function statusProblem(path: string, status: number | undefined): string[] {
  if (status === undefined) return [`GET ${path} was not answered`];
  return status === 404 || status === 405 ? [`GET ${path} is answered ${status}`] : [];
}

function metricProblems(
  name: string,
  labels: ReadonlySet<string>,
  { metrics }: Catalogue,
): string[] {
  const base = baseOf(name, metrics);
  const entry = metrics.get(base);
  if (entry === undefined) return [`the server has ${name}, which nothing documents`];
  if (entry.status === "never-recorded") {
    return [`the server records ${name}; the catalogue says that no server does`];
  }
  const known = new Set([...entry.labels, ...(entry.type === "summary" ? ["quantile"] : [])]);
  return [...labels]
    .filter((label) => !known.has(label))
    .map((label) => `${name} has a label ${label}, which nothing documents`);
}

function baseOf(name: string, metrics: Catalogue["metrics"]): string {
  if (metrics.has(name)) return name;
  const base = name.replace(/_(?:sum|count)$/, "");
  return metrics.get(base)?.type === "summary" ? base : name;
}

function isThere(name: string, { metrics }: LiveServer): boolean {
  return metrics.has(name) || metrics.has(`${name}_count`);
}
