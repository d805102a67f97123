/**
 * Bodies of real shapes for the exposition benchmark: what a Streamline server and a node_exporter
 * write, in plain ASCII, with a few characters outside ASCII, and with such text in every line.
 */

import { createRandom } from "../promql/recorded-data.ts";

export interface ExpositionBody {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly series: number;
}

/** Words outside ASCII: none, one line in about a hundred, or every line. */
type Alphabet = "plain" | "a few words" | "every line";

const QUANTILES = ["0", "0.5", "0.9", "0.95", "0.99", "0.999", "1"];
/** Lines of one family in a row, as exporters group them. */
const FAMILY_LINES = 512;
const EVERY_FEW = 97;

/** Families of node_exporter 1.9, with as many labels as it writes. */
const NODE_FAMILIES: readonly ((at: number, device: string) => string)[] = [
  (at, device) =>
    `node_cpu_seconds_total{cpu="${at % 128}",mode="${["idle", "iowait", "irq", "user"][at % 4]}",node="${device}"} ${(at * 7919.25).toFixed(2)}`,
  (at, device) =>
    `node_network_receive_bytes_total{device="${device}"} ${(at * 1.234e9).toExponential(9)}`,
  (at, device) =>
    `node_filesystem_avail_bytes{device="/dev/mapper/vg-${at}",device_error="",fstype="xfs",mountpoint="/var/lib/${device}"} ${at * 4_096_000}`,
  (at, device) => `node_disk_io_time_seconds_total{device="${device}"} ${at * 17.5}`,
  (at, device) =>
    `node_systemd_unit_state{name="${device}.service",state="active",type="simple"} ${at % 2}`,
];

const STREAMLINE_FAMILIES: readonly ((at: number, topic: string) => string)[] = [
  (at, topic) =>
    `streamline_log_end_offset{topic="${topic}",partition="${at % 32}"} ${at * 7919 + 8_123_456}`,
  (at, topic) =>
    `streamline_consumer_group_lag{group="billing-service",topic="${topic}",partition="${at % 32}"} ${at % 7 === 0 ? 0 : at * 3}`,
  (at, topic) =>
    `streamline_request_duration_seconds{api_key="${topic}",quantile="${QUANTILES[at % 7]}"} 0.00${at}73125`,
];

/** A body of node_exporter's families with so many series. */
export function nodeBody(series: number, alphabet: Alphabet): ExpositionBody {
  return body(`node_exporter, ${alphabet}`, { series, alphabet, families: NODE_FAMILIES });
}

/** A body of a Streamline server's families; its exporter keeps the series in no order. */
export function streamlineBody(series: number, alphabet: Alphabet): ExpositionBody {
  const shape = { series, alphabet, families: STREAMLINE_FAMILIES, isShuffled: true };
  return body(`streamline, ${alphabet}`, shape);
}

interface Shape {
  readonly series: number;
  readonly alphabet: Alphabet;
  readonly families: readonly ((at: number, word: string) => string)[];
  readonly isShuffled?: boolean;
}

function body(name: string, { series, alphabet, families, isShuffled }: Shape): ExpositionBody {
  const random = createRandom(7);
  const parts: string[] = [];
  for (let from = 0; from < series; from += FAMILY_LINES) {
    const family = families[(from / FAMILY_LINES) % families.length];
    const count = Math.min(FAMILY_LINES, series - from);
    const lines = Array.from(
      { length: count },
      (_, at) => family?.(from + at, wordOf(from + at, alphabet)) ?? "",
    );
    if (isShuffled === true) shuffle(lines, random);
    const metric = /^\w+/.exec(lines[0] ?? "")?.[0] ?? "";
    const about = alphabet === "plain" ? "Size in us" : "Größe in µs";
    parts.push(
      `# HELP ${metric} ${about} of things.\n# TYPE ${metric} counter\n${lines.join("\n")}\n`,
    );
  }
  return { name, bytes: new TextEncoder().encode(parts.join("")), series };
}

function wordOf(at: number, alphabet: Alphabet): string {
  if (alphabet === "every line") return `数据-${at}`;
  return alphabet === "a few words" && at % EVERY_FEW === 0 ? `café-${at}` : `eth-west-${at}`;
}

function shuffle(lines: string[], random: () => number): void {
  for (let at = lines.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [lines[at], lines[other]] = [lines[other] ?? "", lines[at] ?? ""];
  }
}
