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
import { median } from "./timing.ts";

const MEGABYTE = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
const STREAMED_BYTES = 100 * MEGABYTE;
/**
 * Each parser reads a body for so long before it is measured, and once at least: a compiler's threads
 * need that time, however small the body is.
 */
const WARM_MS = 1_500;
/** A program in Go needs no compiler any more, but memory. */
const GO_WARM_MS = 20;
/**
 * So often the parsers take turns. Other work on the same core, seen or not (a neighbour of a virtual
 * machine), makes any of them slower by up to two thirds for seconds, and never faster: so the fastest
 * turn says what the parser needs, and the median how quiet the machine was.
 */
const TURNS = 20;
/** What a turn reads at least, as often as that takes. */
const TURN_BYTES = 8 * MEGABYTE;
/** A million series are that much by themselves. */
const LARGE_BYTES = 64 * MEGABYTE;
const LARGE_TURNS = 12;
/** The npm parser is an order of magnitude slower. */
const THEIR_TURNS = 3;
const THEIR_LARGEST = 100_000;

const largest = Number(process.argv[2] ?? 1_000_000);
const sizes = [10_000, 100_000, 1_000_000].filter((size) => size <= largest);
const npm = await npmParser();
const go = buildTextparse();

print("MB/s of CPU time, fastest turn (median turn)");
print(
  `${"body".padEnd(28)} ${cells(["series", "MB"], 7)} ${cells(["ours", "npm parser", "textparse (Go)", "ours / Go"], 15)}`,
);
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

/** The result is our fastest turn. */
function printRow(body: ExpositionBody): number {
  const text = new TextDecoder().decode(body.bytes);
  const turns = body.bytes.length > LARGE_BYTES ? LARGE_TURNS : TURNS;
  const read = () => countStreamed(body.bytes);
  warmUp(read);
  const textparse = go?.open(body);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    ours.push(speedOf(body, read));
    if (textparse !== undefined) theirs.push(textparse());
  }
  const npms = npm === undefined || body.series > THEIR_LARGEST ? [] : npmSpeeds(body, text, npm);
  const size = (body.bytes.length / MEGABYTE).toFixed(1);
  const ratio = theirs.length === 0 ? "-" : (Math.max(...ours) / Math.max(...theirs)).toFixed(2);
  print(
    `${body.name.padEnd(28)} ${cells([String(body.series), size], 7)} ` +
      cells([speeds(ours), speeds(npms), speeds(theirs), ratio], 15),
  );
  return Math.max(...ours);
}

function npmSpeeds(body: ExpositionBody, text: string, parse: NpmParser): number[] {
  const read = () => parse(text).length;
  warmUp(read);
  return Array.from({ length: THEIR_TURNS }, () => speedOf(body, read));
}

function cells(texts: readonly string[], width: number): string {
  return texts.map((text) => text.padStart(width)).join(" ");
}

function speeds(turns: readonly number[]): string {
  if (turns.length === 0) return "-";
  return `${Math.max(...turns).toFixed(0)} (${median(turns).toFixed(0)})`;
}

function roundsOf({ bytes }: ExpositionBody): number {
  return Math.ceil(TURN_BYTES / bytes.length);
}

function warmUp(parse: () => number): void {
  const until = performance.now() + WARM_MS;
  do {
    if (parse() === 0) throw new Error("a parser read nothing");
  } while (performance.now() < until);
}

/** MB/s of CPU time of one turn, that of collecting garbage included, as in the program in Go. */
function speedOf(body: ExpositionBody, parse: () => number): number {
  const rounds = roundsOf(body);
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

type NpmParser = (body: string) => unknown[];

async function npmParser(): Promise<NpmParser | undefined> {
  const name = process.env["COMPARE_WITH"] ?? "parse-prometheus-text-format";
  try {
    const module: { default: NpmParser } = await import(name);
    return module.default;
  } catch {
    return undefined;
  }
}

interface Textparse {
  /** What makes the speeds of one turn after another over a body. */
  open(body: ExpositionBody): () => number;
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
    open(body) {
      const file = join(folder, "body.txt");
      writeFileSync(file, body.bytes);
      const options = [file, String(roundsOf(body)), String(GO_WARM_MS)];
      return () => Number(spawnSync(program, options, { encoding: "utf8" }).stdout);
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
