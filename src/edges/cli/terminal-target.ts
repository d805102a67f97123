/** Which servers a terminal command may ask: the one that `--target` names, or those of the file. */

import { existsSync, readFileSync } from "node:fs";
import { hostPortMistake, httpMistake } from "../../config/address-mistakes.ts";
import { parseConfigFile } from "../../config/config-file.ts";
import { targetOfFile } from "../../config/parse-config.ts";
import type { Target } from "../../diagnosis/target.ts";
import { errorWords } from "./error-words.ts";
import { USUAL_CONFIG_FILE } from "./read-config.ts";
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
const PROMETHEUS_PORT = 9090;
/** As the configuration has them where a file says nothing. */
const TIMEOUT_MS = 2_000;
const MAX_BODY_BYTES = 64 * 1024 ** 2;

/** `--target` as an address needs no file; without one, the file's targets are meant. */
export function terminalTargets(
  words: Pick<TerminalWords, "target" | "kafka" | "config" | "prometheus" | "labels">,
  env: Readonly<Record<string, string | undefined>>,
): ChosenTargets {
  const chosen = chosenByWords(words, env);
  return chosen.kind === "chosen" ? seenBy(chosen, words) : chosen;
}

/** With the Prometheus that was typed, and the labels by which it knows the server. */
function seenBy(
  chosen: Extract<ChosenTargets, { kind: "chosen" }>,
  { prometheus, labels = [] }: Pick<TerminalWords, "prometheus" | "labels">,
): ChosenTargets {
  const mistake = prometheus === undefined ? undefined : httpMistake(prometheus, PROMETHEUS_PORT);
  if (mistake !== undefined) return usage(`--prometheus ${prometheus} ${mistake}`);
  const url = prometheus === undefined ? undefined : httpOf(prometheus, PROMETHEUS_PORT);
  if (prometheus !== undefined && url === undefined) {
    return usage(
      `--prometheus ${prometheus} is not an address (example: --prometheus http://localhost:${PROMETHEUS_PORT})`,
    );
  }
  if (url !== undefined && (url.username !== "" || url.password !== "")) {
    return usage("--prometheus contains a password: put a token into PROMETHEUS_TOKEN instead");
  }
  const wrong = labels.find((each) => !LABEL.test(each));
  if (wrong !== undefined) {
    return usage(`--label ${wrong} is not NAME=VALUE (example: --label instance=10.0.0.5:9094)`);
  }
  const own = Object.fromEntries(labels.map((each) => each.split(/=(.*)/s).slice(0, 2)));
  const targets = chosen.targets.map((target) => ({
    ...target,
    labels: { ...target.labels, ...own },
    ...(url === undefined ? {} : { prometheus: addressOf(url) }),
  }));
  return { ...chosen, targets };
}

/** https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels */
const LABEL = /^[A-Za-z_]\w*=/;

function addressOf({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}

function chosenByWords(
  words: Pick<TerminalWords, "target" | "kafka" | "config">,
  env: Readonly<Record<string, string | undefined>>,
): ChosenTargets {
  const { target, kafka } = words;
  const file = words.config ?? env["STREAMLINE_BOT_CONFIG"] ?? USUAL_CONFIG_FILE;
  const isNamed = words.config !== undefined || env["STREAMLINE_BOT_CONFIG"] !== undefined;
  if (kafka !== undefined && target === undefined) {
    return usage(
      `--kafka is the address of the server that --target names: add --target http://HOST:${HTTP_PORT}`,
    );
  }
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
    return usage(`The configuration cannot be read: ${errorWords(error)}`);
  }
}

/** `http://host:9094`, `host:9094` or `host`; the Kafka address is taken to be beside it. */
function ofAddress(target: string, kafka: string | undefined): ChosenTargets {
  const mistake = httpMistake(target, HTTP_PORT);
  if (mistake !== undefined) return usage(`--target ${target} ${mistake}`);
  const http = httpOf(target);
  if (http === undefined) {
    return usage(
      `--target ${target} is not an address (example: --target http://localhost:${HTTP_PORT})`,
    );
  }
  if (http.username !== "" || http.password !== "") {
    return usage("--target contains a password: Streamline asks for none, leave it out");
  }
  const kafkaMistake = kafka === undefined ? undefined : hostPortMistake(kafka, KAFKA_PORT);
  if (kafkaMistake !== undefined) return usage(`--kafka ${kafka} ${kafkaMistake}`);
  if (kafka !== undefined && !/^(?:\[[\da-f:.]+\]|[^\s:/]+):\d{1,5}$/i.test(kafka)) {
    return usage(`--kafka ${kafka} is not host:port (example: --kafka localhost:${KAFKA_PORT})`);
  }
  const assumed = `${http.hostname}:${KAFKA_PORT}`;
  return {
    kind: "chosen",
    targets: [
      {
        name: http.host,
        http: addressOf(http),
        kafka: kafka ?? assumed,
        labels: {},
        timeoutMs: TIMEOUT_MS,
        maxBodyBytes: MAX_BODY_BYTES,
      },
    ],
    knowledge: [],
    ...(kafka === undefined
      ? { note: `Assumed Kafka address: ${assumed}. To use another: --kafka HOST:PORT.` }
      : {}),
  };
}

function httpOf(target: string, port = HTTP_PORT): URL | undefined {
  const isWhole = target.includes("://");
  const hasPort = /:\d+$/.test(target);
  const text = isWhole ? target : `http://${target}${hasPort ? "" : `:${port}`}`;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "" ? url : undefined;
}

function usage(problem: string): { readonly kind: "usage"; readonly problem: string } {
  return { kind: "usage", problem };
}
