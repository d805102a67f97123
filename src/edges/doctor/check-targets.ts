/** Polls each target once: HTTP, Kafka, version, TLS. */

import { lookup } from "node:dns/promises";
import type { Config } from "../../config/config.ts";
import { judgeHealth } from "../../diagnosis/health/health-report.ts";
import { PROBE_NAMES, type ProbeResult } from "../../diagnosis/probe-results.ts";
import type { Target } from "../../diagnosis/target.ts";
import { hostsOf, sharedAddresses, wrongAddresses } from "../../features/doctor/judge-targets.ts";
import { fine, type SetupCheck, wrong } from "../../features/doctor/setup-check.ts";
import { clock } from "../clock.ts";
import { createTargetClient } from "../streamline/target-client.ts";

/** Checks of all targets, which are polled at the same time. */
export async function checkTargets({ targets }: Config): Promise<SetupCheck[]> {
  const poll = createTargetClient({ clock });
  try {
    const checks = await Promise.all(
      targets.map(async (target) => {
        const report = judgeHealth(target, await poll.health(target));
        const version = report.server?.version;
        const place = { area: "Target", where: `${target.name} ${target.http}` } as const;
        const elsewhere = wrongAddresses(target, report.probes);
        const failed = report.probes.filter(
          ({ ok, reason }) => !ok && reason?.startsWith("speaks-") !== true,
        );
        if (elsewhere.length > 0 && failed.length === 0) return elsewhere;
        if (failed.length > 0)
          return [
            ...elsewhere,
            ...failedTogether(failed).map((each) => probeProblem(target, each)),
          ];
        return [
          fine(
            place,
            `HTTP and Kafka answer${version === undefined ? "" : `, version ${version}`}`,
          ),
        ];
      }),
    );
    return [...(await sharedByName(targets)), ...checks.flat()];
  } finally {
    await poll.close();
  }
}

/** Of targets that have one address those whose hosts are written differently; the others are known already. */
async function sharedByName(targets: readonly Target[]): Promise<SetupCheck[]> {
  const machines = new Map(
    await Promise.all(
      [...hostsOf(targets)].map(async (host): Promise<[string, string]> => {
        const found = await lookup(host, { all: true }).catch(() => []);
        const [first] = found.map(({ address }) => address).toSorted();
        return [host, first ?? host];
      }),
    ),
  );
  const known = new Set(sharedAddresses(targets).map(({ where, says }) => `${where} ${says}`));
  return sharedAddresses(targets, (host) => machines.get(host) ?? host).filter(
    ({ where, says }) => !known.has(`${where} ${says}`),
  );
}

/** What fails in the same way is one mistake, not four. */
function failedTogether(failed: readonly ProbeResult[]): readonly ProbeResult[][] {
  const isKafka = ({ probe }: ProbeResult): boolean => probe.startsWith("kafka");
  return [...Map.groupBy(failed, (each) => `${isKafka(each)} ${each.says}`).values()];
}

function probeProblem(target: Target, failed: readonly ProbeResult[]): SetupCheck {
  const [first] = failed;
  if (first === undefined) throw new Error("a problem without a probe");
  const isKafka = first.probe.startsWith("kafka");
  const address = isKafka ? target.kafka : target.http;
  const names = failed.map(({ probe }) => PROBE_NAMES[probe]);
  const key = `targets[].${isKafka ? "kafka" : "http"}`;
  return wrong(
    { area: "Target", where: `${target.name} ${address}` },
    `${names.join(", ")}: ${first.says}`,
    `${portRemedy(target, first, key)} More: streamline-bot health ${target.name}`,
  );
}

function portRemedy(target: Target, { probe, says }: ProbeResult, key: string): string {
  if (/certificate|TLS/.test(says)) {
    return probe.startsWith("kafka")
      ? "Set ca, serverName, cert and key of targets[].kafkaTls as that port's certificate needs them."
      : `Let the bot trust the certificate's authority (NODE_EXTRA_CA_CERTS=FILE), or set ${key} to the host name in the certificate.`;
  }
  const reachable = `Check that the server runs, that this machine can reach it, and that ${key} names it`;
  if (!probe.startsWith("kafka")) {
    const other = /no complete answer|cuts the connection/.test(says)
      ? " (the HTTP port, 9094 by default, not the Kafka port; https:// if it uses TLS)"
      : "";
    return `${reachable}${other}.`;
  }
  const tls = target.kafkaTls === undefined ? "; if it uses TLS, set kafkaTls" : "";
  return `${reachable}${tls}.`;
}
