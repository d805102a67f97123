/** Polls each target once: HTTP, Kafka, version, TLS. */

import type { Config } from "../../config/config.ts";
import { judgeHealth } from "../../diagnosis/health/health-report.ts";
import { PROBE_NAMES, type ProbeResult } from "../../diagnosis/probe-results.ts";
import type { Target } from "../../diagnosis/target.ts";
import { fine, type SetupCheck, wrong } from "../../features/doctor/setup-check.ts";
import { clock } from "../clock.ts";
import { createTargetClient } from "../streamline/target-client.ts";

export async function checkTargets({ targets }: Config): Promise<SetupCheck[]> {
  const poll = createTargetClient({ clock });
  try {
    const checks = await Promise.all(
      targets.map(async (target) => {
        const report = judgeHealth(target, await poll.health(target));
        const version = report.server?.version;
        const place = { area: "Target", where: `${target.name} ${target.http}` } as const;
        const failed = report.probes.filter(({ ok }) => !ok);
        if (failed.length > 0)
          return failedTogether(failed).map((each) => probeProblem(target, each));
        return [
          fine(
            place,
            `HTTP and Kafka answer${version === undefined ? "" : `, version ${version}`}`,
          ),
        ];
      }),
    );
    return checks.flat();
  } finally {
    await poll.close();
  }
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
    `${portRemedy(target, first, key)} streamline-bot health ${target.name} says more`,
  );
}

function portRemedy(target: Target, { probe, says }: ProbeResult, key: string): string {
  if (/TLS/.test(says)) {
    return probe.startsWith("kafka")
      ? "Check whether that port speaks TLS, and set or take out targets[].kafkaTls (ca, cert, key)."
      : `Check whether that port speaks TLS: ${key} begins with https:// where it does, with http:// where it does not.`;
  }
  const reachable = `Check that the server runs, that this machine can reach it, and that ${key} names it`;
  if (!probe.startsWith("kafka")) {
    const other = /no complete answer|cuts the connection/.test(says)
      ? " (its HTTP port, 9094 by default, and not that of Kafka; https:// where it speaks TLS)"
      : "";
    return `${reachable}${other}.`;
  }
  const tls = target.kafkaTls === undefined ? "; when it speaks TLS, set kafkaTls" : "";
  return `${reachable}${tls}.`;
}
