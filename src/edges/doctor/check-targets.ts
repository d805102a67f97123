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
        if (failed.length > 0) return failed.map((probe) => probeProblem(target, probe));
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

function probeProblem(target: Target, { probe, says }: ProbeResult): SetupCheck {
  const isKafka = probe === "kafka" || probe === "kafka_api";
  const address = isKafka ? target.kafka : target.http;
  const tls = isKafka && target.kafkaTls === undefined ? "; when it speaks TLS, set kafkaTls" : "";
  return wrong(
    { area: "Target", where: `${target.name} ${address}` },
    `${PROBE_NAMES[probe]} ${says}`,
    `Check that the server runs, that this machine can reach it, and that targets[].${isKafka ? "kafka" : "http"} names it${tls}. streamline-bot health ${target.name} says more`,
  );
}
