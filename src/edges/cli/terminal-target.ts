/** Which servers a terminal command may ask: the one that `--target` names, or those of the file. */

import { existsSync, readFileSync } from "node:fs";
import { parseConfigFile } from "../../config/config-file.ts";
import { targetOfFile } from "../../config/parse-config.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { TerminalWords } from "./terminal-words.ts";

export interface TerminalTargets {
  readonly targets: readonly Target[];
  /** The configured target that `--target` names. */
  readonly named?: string;
  /** Folders of pages beside our own. */
  readonly knowledge: readonly string[];
  /** What the person should know of how it was chosen. */
  readonly note?: string;
}

type ChosenTargets =
  | ({ readonly kind: "chosen" } & TerminalTargets)
  | { readonly kind: "usage"; readonly problem: string };

const HTTP_PORT = 9094;
const KAFKA_PORT = 9092;
/** As the configuration has them where a file says nothing. */
const TIMEOUT_MS = 2_000;
const MAX_BODY_BYTES = 64 * 1024 ** 2;
const DEFAULT_FILE = "streamline-bot.yaml";

/** `--target` as an address needs no file; without one, the file's targets are meant. */
export function terminalTargets(
  words: Pick<TerminalWords, "target" | "kafka" | "config">,
  env: Readonly<Record<string, string | undefined>>,
): ChosenTargets {
  const { target, kafka } = words;
  const file = words.config ?? env["STREAMLINE_BOT_CONFIG"] ?? DEFAULT_FILE;
  const isNamed = words.config !== undefined || env["STREAMLINE_BOT_CONFIG"] !== undefined;
  const isAddress = target !== undefined && /[:/]/.test(target);
  if (isAddress && words.config === undefined) return ofAddress(target, kafka);
  if (!isNamed && !existsSync(file)) {
    return target === undefined
      ? { kind: "chosen", targets: [], knowledge: [] }
      : ofAddress(target, kafka);
  }
  return ofFile(file, words);
}

function ofFile(
  file: string,
  { target, kafka }: Pick<TerminalWords, "target" | "kafka">,
): ChosenTargets {
  const read = readFile(file);
  if (typeof read !== "string") return read;
  const { value, problems } = parseConfigFile(read);
  if (value === undefined || problems.length > 0) {
    const lines = problems.map(({ path, message }) => `  ${path}: ${message}`);
    return usage(`${file} is not valid.\n${lines.join("\n")}`);
  }
  const { knowledge } = value;
  if (target !== undefined && /[:/]/.test(target)) {
    const chosen = ofAddress(target, kafka);
    return chosen.kind === "chosen" ? { ...chosen, knowledge } : chosen;
  }
  if (kafka !== undefined) {
    return usage(
      `--kafka goes with an address: --target http://HOST:${HTTP_PORT} --kafka ${kafka}`,
    );
  }
  const targets = value.targets.map(targetOfFile);
  return { kind: "chosen", targets, knowledge, ...(target === undefined ? {} : { named: target }) };
}

function readFile(file: string): string | ChosenTargets {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return usage(`The configuration cannot be read: ${reason}`);
  }
}

/** `http://host:9094`, `host:9094` or `host`; the Kafka address is taken to be beside it. */
function ofAddress(target: string, kafka: string | undefined): ChosenTargets {
  const http = httpOf(target);
  if (http === undefined) {
    return usage(
      `--target ${target} is not an address (example: --target http://localhost:${HTTP_PORT})`,
    );
  }
  if (http.username !== "" || http.password !== "") {
    return usage("--target holds a password: Streamline asks for none, leave it out");
  }
  if (kafka !== undefined && !/^(?:\[[\da-f:.]+\]|[^\s:/]+):\d{1,5}$/i.test(kafka)) {
    return usage(`--kafka ${kafka} is not host:port (example: --kafka localhost:${KAFKA_PORT})`);
  }
  const assumed = `${http.hostname}:${KAFKA_PORT}`;
  const path = http.pathname.replace(/\/+$/, "");
  return {
    kind: "chosen",
    targets: [
      {
        name: http.host,
        http: `${http.origin}${path}`,
        kafka: kafka ?? assumed,
        labels: {},
        timeoutMs: TIMEOUT_MS,
        maxBodyBytes: MAX_BODY_BYTES,
      },
    ],
    knowledge: [],
    ...(kafka === undefined
      ? { note: `The Kafka address is taken to be ${assumed}; --kafka HOST:PORT names another.` }
      : {}),
  };
}

function httpOf(target: string): URL | undefined {
  const isWhole = target.includes("://");
  const hasPort = /:\d+$/.test(target);
  const text = isWhole ? target : `http://${target}${hasPort ? "" : `:${HTTP_PORT}`}`;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "" ? url : undefined;
}

function usage(problem: string): { readonly kind: "usage"; readonly problem: string } {
  return { kind: "usage", problem };
}
