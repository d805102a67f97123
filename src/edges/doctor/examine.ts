/** All checks of the doctor, or those that need no network. */

import type { Config, ConfigProblem } from "../../config/config.ts";
import { type SetupArea, type SetupCheck, unchecked } from "../../features/doctor/setup-check.ts";
import { redaction } from "../redaction.ts";
import { checkAlertmanagers } from "./check-alertmanagers.ts";
import { checkFiles } from "./check-files.ts";
import { checkKnowledge } from "./check-knowledge.ts";
import { checkPrometheus } from "./check-prometheus.ts";
import { checkSchedules } from "./check-schedules.ts";
import { checkSlack } from "./check-slack.ts";
import { checkRunning, checkStore } from "./check-store.ts";
import { checkTargets } from "./check-targets.ts";

/** What lies on this machine's disk; nothing is asked over the network. */
export async function examineDisk(
  config: Config,
  warnings: readonly ConfigProblem[],
): Promise<SetupCheck[]> {
  return [...checkFiles(config, warnings), ...(await checkKnowledge(config))].map(redacted);
}

type AreaCheck = readonly [area: SetupArea, check: (config: Config) => Promise<SetupCheck[]>];

const OF_A_RUNNING_BOT: readonly AreaCheck[] = [
  ["Slack", checkSlack],
  ["Alertmanager", checkAlertmanagers],
  ["Prometheus", checkPrometheus],
];

const EVERYTHING: readonly AreaCheck[] = [
  ...OF_A_RUNNING_BOT,
  // Each connection to a Kafka port costs the server an open file until its restart.
  ["Target", checkTargets],
  // A running bot reads them anyway, and names on Home what is wrong with them.
  ["Schedule", checkSchedules],
  ["Store", checkStore],
];

/** Everything that the bot speaks to. */
export function examineNetwork(config: Config): Promise<SetupCheck[]> {
  return examineParts(config, EVERYTHING);
}

/** What a running bot does not find out by its own work. */
export async function examineAround(config: Config): Promise<SetupCheck[]> {
  const around = await examineParts(config, OF_A_RUNNING_BOT);
  return [...checkFiles(config, []).map(redacted), ...around];
}

/** One part that fails costs its own lines only. */
async function examineParts(config: Config, parts: readonly AreaCheck[]): Promise<SetupCheck[]> {
  const checks = await Promise.all(
    parts.map(([area, check]) => check(config).catch((error: unknown) => [failed(area, error)])),
  );
  return checks.flat().map(redacted);
}

/** Whether the bot already runs on this machine; for who is not the bot. */
export function examineRunning(config: Config): Promise<SetupCheck[]> {
  return checkRunning(config);
}

function failed(area: SetupArea, error: unknown): SetupCheck {
  const why = error instanceof Error ? error.message : String(error);
  return unchecked({ area, where: "all of it" }, `could not be checked: ${why}`);
}

/** What others answer may repeat a secret. */
function redacted(check: SetupCheck): SetupCheck {
  const { remedy } = check;
  return {
    ...check,
    says: redaction.text(check.says),
    where: redaction.text(check.where),
    ...(remedy === undefined ? {} : { remedy: redaction.text(remedy) }),
  };
}
