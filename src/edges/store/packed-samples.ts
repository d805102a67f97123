/**
 * Samples as one text that a database can keep, and back: JSON in lines, compressed. Each line is some
 * milliseconds of work, and between two of them the event loop goes on.
 */

import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Labels, Sample } from "../../exposition/sample.ts";
import { letOthersRun } from "../let-others-run.ts";

const pack = promisify(gzip);
const unpack = promisify(gunzip);

const IN_LINE = 2_000;
/** 600,000 series of a target are about 100 MB. */
const MOST_BYTES = 256 * 1024 ** 2;

/** JSON has no NaN and no infinity. */
type PackedSample = readonly [name: string, labels: Labels, value: number | string];

/** The text in base64, for `unpackSamples`. */
export async function packSamples(samples: readonly Sample[]): Promise<string> {
  const lines: string[] = [];
  for (let from = 0; from < samples.length; from += IN_LINE) {
    lines.push(JSON.stringify(samples.slice(from, from + IN_LINE).map(packed)));
    await letOthersRun();
  }
  return (await pack(lines.join("\n"))).toString("base64");
}

/** Throws for what packSamples did not make. */
export async function unpackSamples(text: string): Promise<Sample[]> {
  const bytes = await unpack(Buffer.from(text, "base64"), { maxOutputLength: MOST_BYTES });
  const samples: Sample[] = [];
  for (const line of bytes.toString().split("\n")) {
    if (line === "") continue;
    for (const [name, labels, value] of JSON.parse(line) as PackedSample[]) {
      samples.push({ name, labels, value: Number(value) });
    }
    await letOthersRun();
  }
  return samples;
}

function packed({ name, labels, value }: Sample): PackedSample {
  return [name, labels, Number.isFinite(value) ? value : String(value)];
}
