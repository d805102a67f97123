/** A Streamline server or cluster that the bot may ask. */

import { type Labels, labelValue } from "../exposition/sample.ts";

export interface Target {
  /** What people type: `/streamline health orders-prod`. */
  readonly name: string;
  /** Base address of the HTTP API, without a trailing slash: `http://10.0.0.5:9094`. */
  readonly http: string;
  /** Kafka address as `host:port`. */
  readonly kafka: string;
  /** Set when the Kafka port speaks TLS. */
  readonly kafkaTls?: KafkaTls;
  readonly prometheus?: string;
  /** Sent with each request to its Prometheus: a tenant's `X-Scope-OrgID` and the like. */
  readonly prometheusHeaders?: Readonly<Record<string, string>>;
  readonly alertmanager?: string;
  /** Base address of the Grafana that has its dashboards. */
  readonly grafana?: string;
  /** Channels in which it may be asked; everywhere when absent or empty. */
  readonly channels?: readonly string[];
  /** An alert belongs to this target when it carries every one of these labels. */
  readonly labels: Labels;
  /** How long one request to the target may take, in milliseconds. */
  readonly timeoutMs: number;
  /** The largest body that is read from the target, in bytes. */
  readonly maxBodyBytes: number;
}

/** Files are PEM and are read at every poll, so that renewed certificates need no restart. */
export interface KafkaTls {
  /** The authority that signed the server's certificate; without it the system's are trusted. */
  readonly ca?: string;
  /** The name in the certificate, where it is not the host that is connected to. */
  readonly serverName?: string;
  /** The bot's own certificate and key, for a server that asks for them. */
  readonly cert?: string;
  readonly key?: string;
}

export type TargetChoice =
  | { readonly kind: "target"; readonly target: Target }
  | { readonly kind: "unknown"; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: "ambiguous"; readonly known: readonly string[] }
  | { readonly kind: "none" };

/** The target a person named, or the only one there is; otherwise why none can be chosen. */
export function chooseTarget(targets: readonly Target[], name: string | undefined): TargetChoice {
  const known = targets.map((target) => target.name);
  if (name !== undefined) {
    const target = targets.find((each) => each.name.toLowerCase() === name.toLowerCase());
    return target === undefined ? { kind: "unknown", name, known } : { kind: "target", target };
  }
  const [only, ...others] = targets;
  if (only === undefined) return { kind: "none" };
  return others.length > 0 ? { kind: "ambiguous", known } : { kind: "target", target: only };
}

/**
 * The target an alert speaks of.
 *
 * The most specific match wins (most labels). What the shipped rules say of another port of a server,
 * such as its Kafka port or its disk, comes from another job and port: it belongs to the target on the
 * same host, or to the only one that carries the other labels. An alert that matches none belongs to the
 * only target, when there is only one and it names no labels, and otherwise to no target: a wrong
 * server's health in an incident's thread is worse than none.
 */
export function targetOfAlert(targets: readonly Target[], labels: Labels): Target | undefined {
  const matching = targets
    .filter((target) => labelCount(target) > 0 && carriesAll(labels, target.labels))
    .toSorted((a, b) => labelCount(b) - labelCount(a));
  if (matching[0] !== undefined) return matching[0];
  const beside = targetBeside(targets, labels);
  if (beside !== undefined) return beside;
  const unlabelled = targets.filter((target) => labelCount(target) === 0);
  return targets.length === 1 ? unlabelled[0] : undefined;
}

/** The jobs of alerts/prometheus.yml that see a server from beside: its Kafka port, /health, its machine. */
const JOBS_BESIDE: ReadonlySet<string> = new Set(["streamline-kafka", "streamline-health", "node"]);

function targetBeside(targets: readonly Target[], labels: Labels): Target | undefined {
  const job = labelValue(labels, "job");
  if (labelValue(labels, "service") !== "streamline" || !JOBS_BESIDE.has(job)) return undefined;
  const host = labelValue(labels, "host") || hostOf(labelValue(labels, "instance"));
  const onHost = targets.filter(
    ({ http, kafka }) => host !== "" && (hostOf(http) === host || hostOf(kafka) === host),
  );
  if (onHost.length > 0) return onHost.length === 1 ? onHost[0] : undefined;
  const others = targets.filter((each) =>
    carriesAll({ ...labels, job: each.labels["job"] ?? job }, each.labels),
  );
  return others.length === 1 ? others[0] : undefined;
}

/** "http://10.0.0.5:9094", "10.0.0.5:9092" and "10.0.0.5" -> "10.0.0.5" */
function hostOf(address: string): string {
  return address
    .replace(/^\w+:\/\//, "")
    .replace(/\/.*$/, "")
    .replace(/:\d+$/, "")
    .toLowerCase();
}

function carriesAll(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

function labelCount(target: Target): number {
  return Object.keys(target.labels).length;
}
