/** Targets that are one server by their addresses, and what to do about an address that is wrong. */

import type { ProbeResult } from "../../diagnosis/probe-results.ts";
import type { Target } from "../../diagnosis/target.ts";
import { type SetupCheck, wrong } from "./setup-check.ts";

/** A host as it is written -> what stands for the machine, the same for each of its names. */
type MachineOf = (host: string) => string;

type Addressed = Pick<Target, "name" | "http" | "kafka">;

/**
 * Each address that two targets have. Ports, default ports, a slash at the end and capitals are read as
 * what they mean; the names of this machine are one, and others are as `machineOf` has them.
 */
export function sharedAddresses(
  targets: readonly Addressed[],
  machineOf: MachineOf = (host) => host,
): SetupCheck[] {
  const machine = (host: string): string => (isLoopback(host) ? "localhost" : machineOf(host));
  return (["http", "kafka"] as const).flatMap((key) =>
    targets.flatMap((target, index): SetupCheck[] => {
      const own = ADDRESS[key](target[key], machine);
      const first = targets.find((each) => ADDRESS[key](each[key], machine) === own);
      if (own === undefined || first === undefined || first === targets[index]) return [];
      return [
        wrong(
          { area: "Target", where: `${first.name}, ${target.name}` },
          `both have the same ${NAMES[key]} address: ${written(first[key], target[key])}`,
          `Correct ${key} of one of them; if both are one server, keep one target`,
        ),
      ];
    }),
  );
}

const NAMES = { http: "HTTP", kafka: "Kafka" } as const;

function written(one: string, other: string): string {
  return one === other ? one : `${one} and ${other}`;
}

const ADDRESS = { http: httpKey, kafka: kafkaKey } as const;

function httpKey(address: string, machine: MachineOf): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname, port, pathname } = new URL(address);
  const standard = protocol === "https:" ? "443" : "80";
  return `${machine(bare(hostname))} ${port || standard} ${pathname.replace(/\/+$/, "")}`;
}

function kafkaKey(address: string, machine: MachineOf): string | undefined {
  const [, host = "", port = ""] = /^(.+):(\d+)$/.exec(address) ?? [];
  return host === "" ? undefined : `${machine(bare(host).toLowerCase())} ${Number(port)}`;
}

/** The hosts of all addresses, for who looks up what stands for each. */
export function hostsOf(targets: readonly Addressed[]): ReadonlySet<string> {
  const hosts = targets.flatMap(({ http, kafka }) => [
    URL.canParse(http) ? bare(new URL(http).hostname) : "",
    bare(kafka.replace(/:\d+$/, "").toLowerCase()),
  ]);
  return new Set(hosts.filter((host) => host !== ""));
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** What listens at an address speaks another protocol: which one, and what to write instead. */
export function wrongAddresses(target: Target, probes: readonly ProbeResult[]): SetupCheck[] {
  const health = probes.find(({ probe }) => probe === "health");
  const kafka = probes.find(({ probe }) => probe === "kafka_api");
  const [http, inKafka] = [spokenBy(health), spokenBy(kafka)];
  if (http === "kafka" && inKafka === "http") return [swapped(target)];
  const found = (key: "http" | "kafka", says: string, remedy: string) =>
    wrong({ area: "Target", where: `${target.name} ${target[key]}` }, says, remedy);
  return [
    ...(health === undefined || http === undefined
      ? []
      : [found("http", `its HTTP port ${health.says}`, httpRemedy(target, http))]),
    ...(kafka === undefined || inKafka === undefined
      ? []
      : [found("kafka", `its Kafka port ${kafka.says}`, kafkaRemedy(target, inKafka))]),
  ];
}

function spokenBy(probe: ProbeResult | undefined): string | undefined {
  return /^speaks-(.+)$/.exec(probe?.reason ?? "")?.[1];
}

function swapped({ name, http, kafka }: Target): SetupCheck {
  const { protocol, host } = new URL(http);
  return wrong(
    { area: "Target", where: name },
    `its two addresses are swapped: a Kafka port answers at ${http}, an HTTP port at ${kafka}`,
    `Set http of the target ${name} to ${protocol}//${kafka}, and kafka to ${host}`,
  );
}

function httpRemedy({ name, http }: Target, spoken: string): string {
  const other =
    spoken === "tls" ? http.replace(/^http:/, "https:") : http.replace(/^https:/, "http:");
  return spoken === "kafka"
    ? `Set http of the target ${name} to the HTTP port of that server, 9094 by default`
    : `Set http of the target ${name} to ${other}`;
}

function kafkaRemedy({ name }: Target, spoken: string): string {
  switch (spoken) {
    case "http":
      return `Set kafka of the target ${name} to the Kafka port of that server, 9092 by default`;
    case "tls":
      return `Set kafkaTls of the target ${name}: ca, and cert and key where the server asks for them`;
    default:
      return `Remove kafkaTls from the target ${name}`;
  }
}
