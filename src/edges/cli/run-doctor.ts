/** `doctor`: what is wrong with the set-up, where, and how to fix it. */

import { existsSync } from "node:fs";
import { knownSecrets } from "../../config/known-secrets.ts";
import { doctorText, doctorVerdict } from "../../features/doctor/doctor-words.ts";
import { type SetupCheck, wrong } from "../../features/doctor/setup-check.ts";
import { parseDuration } from "../../promql/duration.ts";
import { concludeSetup } from "../answers/conclude-targets.ts";
import { examineDisk, examineNetwork, examineRunning } from "../doctor/examine.ts";
import { sendTestAlert } from "../doctor/send-test-alert.ts";
import { redaction } from "../redaction.ts";
import { EXIT } from "./exit-codes.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printJson } from "./print-json.ts";
import { chooseConfigFile, readWholeConfig } from "./read-config.ts";
import { hint, print, progress } from "./terminal-streams.ts";

/** group_wait is 30 s by default, and Slack some seconds. */
const WAIT = "90s";

/** Runs the words behind `doctor`; returns the exit code: 0 when nothing is wrong. */
export async function runDoctor(args: readonly string[]): Promise<number> {
  const { values } = parseArguments({
    args: [...args],
    options: {
      config: { type: "string" },
      offline: { type: "boolean" },
      "send-test-alert": { type: "boolean" },
      wait: { type: "string", default: WAIT },
      json: { type: "boolean" },
    },
  });
  const waitMs = parseDuration(values.wait);
  if (waitMs === undefined || (values.offline && values["send-test-alert"])) {
    hint(
      waitMs === undefined
        ? `--wait ${values.wait} is not a duration (example: --wait 90s)`
        : "--send-test-alert needs the network: leave --offline out",
    );
    return EXIT.usage;
  }
  const { file } = chooseConfigFile(values.config, process.env);
  const checks = await examined(file, {
    isOffline: values.offline === true,
    ...(values["send-test-alert"] === true ? { testWaitMs: waitMs } : {}),
  });
  return report(checks, values.json === true);
}

interface DoctorOptions {
  readonly isOffline: boolean;
  /** A test alert is sent, and waited for so long. */
  readonly testWaitMs?: number;
}

async function examined(file: string, options: DoctorOptions): Promise<SetupCheck[]> {
  const parsed = await readWholeConfig(file, process.env);
  if (!parsed.ok) {
    return parsed.problems.map(({ path, message }) =>
      wrong({ area: "Files", where: path }, message, remedyFor(path, message, file)),
    );
  }
  const { config, warnings } = parsed;
  redaction.learn(knownSecrets(config));
  progress.status("checking the disk…");
  const disk = await examineDisk(config, warnings);
  if (options.isOffline) return disk;
  progress.status("asking Slack, Alertmanager, Prometheus and the targets…");
  const network = await examineNetwork(config);
  const running = await examineRunning(config);
  const tested =
    options.testWaitMs === undefined
      ? []
      : await sendTestAlert(config, {
          waitMs: options.testWaitMs,
          tell: (words) => progress.status(words),
        });
  return [...disk, ...network, ...running, ...tested];
}

/** What is on the disk: nothing is asked. */
export function examinedFiles(file: string): Promise<SetupCheck[]> {
  return examined(file, { isOffline: true });
}

function remedyFor(path: string, message: string, file: string): string {
  if (path === "(file)") {
    return existsSync(file)
      ? `Make ${file} readable for the bot`
      : `Write ${file} as in step 3 of README.md, or name yours with --config FILE`;
  }
  if (/^[A-Z_]+_FILE$/.test(path)) return `Write the secret into that file, or change ${path}`;
  if (message.includes("did you mean") && /^[A-Z_]+$/.test(path)) {
    return "Set the variable that you meant, and remove this one";
  }
  return /^[A-Z_]+$/.test(path)
    ? `Set ${path} in the environment, or ${path}_FILE to a file that holds it`
    : `Change ${file}; docs/configuration.md has every key`;
}

async function report(checks: readonly SetupCheck[], isJson: boolean): Promise<number> {
  progress.status("");
  const isReady = doctorVerdict(checks) === "ready";
  const exitCode = isReady ? EXIT.clean : EXIT.wrong;
  const text = doctorText(checks);
  if (isJson) {
    return printJson("doctor", concludeSetup(checks), { exitCode, text });
  }
  print(`${text}\n`);
  return exitCode;
}
