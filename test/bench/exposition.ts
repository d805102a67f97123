/**
 * How fast the exposition parser reads bodies of real shapes, beside npm's
 * parse-prometheus-text-format and, where Go is installed, Prometheus' own parser (textparse), over the
 * same bodies in the same run; and how much memory a body of 100 MB takes that arrives in chunks.
 *
 * `node test/bench/exposition.ts [largest number of series]`
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createExpositionParser } from "../../src/exposition/parse-exposition.ts";
import { type ExpositionBody, nodeBody, streamlineBody } from "./exposition-bodies.ts";

const MEGABYTE = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
const STREAMED_BYTES = 100 * MEGABYTE;
/**
 * Each parser reads a body for so long before it is measured, and once at least: a compiler's threads
 * need that time, however small the body is.
 */
const WARM_MS = 1_500;
const ROUNDS = 15;
/** A million series are hundreds of megabytes: so many rounds say as much as many of a small body. */
const LARGE_ROUNDS = 3;
const LARGE_BYTES = 64 * MEGABYTE;
/** The npm parser is an order of magnitude slower. */
const THEIR_ROUNDS = 3;
const THEIR_LARGEST = 100_000;

const largest = Number(process.argv[2] ?? 1_000_000);
const sizes = [10_000, 100_000, 1_000_000].filter((size) => size <= largest);
const npm = await npmParser();
const go = buildTextparse();

print("body                          series     MB   ours  npm parser  textparse (Go)   MB/s each");
for (const size of sizes) {
  let plain = 0;
  for (const make of [nodeBody, streamlineBody]) {
    for (const alphabet of ["plain", "a few words", "every line"] as const) {
      const speed = printRow(make(size, alphabet));
      if (alphabet === "plain") plain = speed;
      else print(`  ${(speed / plain).toFixed(2)} of the speed of plain text`);
    }
  }
}
if (go === undefined) print("textparse: no Go here, or its modules are not to be had");
go?.remove();
measureMemory();

function printRow(body: ExpositionBody): number {
  const ours = speedOf(body, roundsOf(body), () => countStreamed(body.bytes));
  const text = new TextDecoder().decode(body.bytes);
  const theirs =
    npm === undefined || body.series > THEIR_LARGEST
      ? undefined
      : speedOf(body, THEIR_ROUNDS, () => npm(text).length);
  const textparse = go?.speed(body);
  const columns = [ours, theirs, textparse].map((speed) => speed?.toFixed(0) ?? "-");
  const size = (body.bytes.length / MEGABYTE).toFixed(1);
  print(
    `${body.name.padEnd(28)} ${String(body.series).padStart(7)} ${size.padStart(6)} ` +
      `${columns[0]?.padStart(6)} ${columns[1]?.padStart(11)} ${columns[2]?.padStart(15)}`,
  );
  return ours;
}

function roundsOf({ bytes }: ExpositionBody): number {
  return bytes.length > LARGE_BYTES ? LARGE_ROUNDS : ROUNDS;
}

/**
 * MB/s of CPU time over all rounds, that of collecting garbage included, as in the program in Go: by the
 * clock, a machine with other work halves any row by chance.
 */
function speedOf(body: ExpositionBody, rounds: number, parse: () => number): number {
  const warm = performance.now() + WARM_MS;
  do {
    if (parse() === 0) throw new Error("a parser read nothing");
  } while (performance.now() < warm);
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) parse();
  const { user, system } = process.cpuUsage(before);
  return (body.bytes.length * rounds) / MEGABYTE / ((user + system) / 1e6);
}

/**
 * Hands each sample over, as the bot's polls take them: with its name, its number and the texts of all its
 * labels, of which the history reads each. Textparse makes the labels of each, too, and keeps none either.
 */
function countStreamed(bytes: Uint8Array): number {
  let samples = 0;
  const parser = createExpositionParser(() => samples++);
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    parser.write(bytes.subarray(at, at + CHUNK_BYTES));
  }
  parser.end();
  return samples;
}

async function npmParser(): Promise<((body: string) => unknown[]) | undefined> {
  const name = process.env["COMPARE_WITH"] ?? "parse-prometheus-text-format";
  try {
    const module: { default: (body: string) => unknown[] } = await import(name);
    return module.default;
  } catch {
    return undefined;
  }
}

interface Textparse {
  speed(body: ExpositionBody): number | undefined;
  remove(): void;
}

/** Prometheus' parser as a small program, built in a folder of its own. */
function buildTextparse(): Textparse | undefined {
  const folder = mkdtempSync(join(tmpdir(), "textparse-"));
  const program = join(folder, "textparse");
  const build = spawnSync("go", ["build", "-o", program, "."], {
    cwd: join(import.meta.dirname, "textparse"),
    stdio: "ignore",
  });
  if (build.status !== 0) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  return {
    speed(body) {
      const file = join(folder, "body.txt");
      writeFileSync(file, body.bytes);
      const { stdout } = spawnSync(program, [file, String(roundsOf(body)), String(WARM_MS)], {
        encoding: "utf8",
      });
      const speed = Number(stdout);
      return speed > 0 ? speed : undefined;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function measureMemory(): void {
  const { bytes } = streamlineBody(4_000, "plain");
  const text = new TextDecoder().decode(bytes);
  let highest = 0;
  const before = process.memoryUsage.rss();
  const started = performance.now();
  const parser = createExpositionParser(() => {}, { maxSeries: Number.MAX_SAFE_INTEGER });
  let written = 0;
  for (let part = 0; written < STREAMED_BYTES; part++) {
    // A label value of its own for each part, so that no part consists of duplicates.
    const chunk = new TextEncoder().encode(text.replaceAll('"} ', `-${part}"} `));
    for (let at = 0; at < chunk.length; at += CHUNK_BYTES) {
      parser.write(chunk.subarray(at, at + CHUNK_BYTES));
    }
    written += chunk.length;
    highest = Math.max(highest, process.memoryUsage.rss());
  }
  const { duplicates, brokenTotal } = parser.end();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  print(
    `streaming ${mega(written)} MB took ${seconds} s; memory grew by ${mega(highest - before)} MB ` +
      `at most (${duplicates} duplicates, ${brokenTotal} broken)`,
  );
}

function mega(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(0);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
