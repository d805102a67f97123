/**
 * What a server says about itself in Prometheus' text format 0.0.4 or OpenMetrics 1.0, as samples.
 *
 * Nothing here fails as a whole: a broken line or a series that comes twice is counted and
 * reported, and the rest is kept, because half the evidence is worth more than none.
 */

import type { Family } from "./body-account.ts";
import { BodyReader, type BrokenLine } from "./body-reader.ts";
import { DEFAULT_LIMITS, type ExpositionLimits } from "./limits.ts";
import { createLineReader } from "./line-reader.ts";
import type { Sample } from "./sample.ts";
import { bytesOf, surplusOf, textOfBytes } from "./utf8.ts";

/** Everything about a body but its samples. */
interface ExpositionSummary {
  /** Families by the name that their TYPE, HELP or UNIT line gives. */
  readonly families: ReadonlyMap<string, Family>;
  /** The first broken lines, in their order; at most as many as the limits allow. */
  readonly broken: readonly BrokenLine[];
  /** How many lines were broken, described or not. */
  readonly brokenTotal: number;
  /** How many samples were dropped because their series had been there before. */
  readonly duplicates: number;
}

export interface Exposition extends ExpositionSummary {
  readonly samples: Sample[];
}

export interface ExpositionOptions extends Partial<ExpositionLimits> {
  /** The format by its Content-Type; they differ in the unit of timestamps. */
  readonly format?: "prometheus" | "openmetrics";
}

export interface ExpositionParser {
  /** Takes the next bytes of the body; a chunk may end anywhere, also inside a character. */
  write(chunk: Uint8Array): void;
  /** Takes what is left as the last line. Nothing may be written afterwards. */
  end(): ExpositionSummary;
}

const BLOCK_CHARACTERS = 64 * 1024;

/**
 * Reads a body that arrives in chunks and hands over each sample as soon as its line is complete,
 * in a constant amount of memory (and 12 to 46 bytes a series, to notice duplicates).
 */
export function createExpositionParser(
  onSample: (sample: Sample) => void,
  options: ExpositionOptions = {},
): ExpositionParser {
  const limits = { ...DEFAULT_LIMITS, ...options };
  const body = new BodyReader(onSample, { ...limits, format: options.format ?? "prometheus" });
  const lines = createLineReader(body, limits.maxLineLength);

  return {
    write(chunk) {
      lines.write(chunk);
    },
    end() {
      lines.end();
      return body.end();
    },
  };
}

/**
 * Reads a whole body. Without a format given, a body that ends in `# EOF` is OpenMetrics, which
 * demands that line; in 0.0.4 it would be a comment.
 */
export function parseExposition(text: string, options: ExpositionOptions = {}): Exposition {
  const samples: Sample[] = [];
  const format =
    options.format ?? (/(?:^|\n)# EOF\r?\n?$/.test(text) ? "openmetrics" : "prometheus");
  const body = new BodyReader((sample) => samples.push(sample), {
    ...DEFAULT_LIMITS,
    ...options,
    format,
  });
  readInBlocks(text, body);

  return { samples, ...body.end() };
}

/**
 * The format that a Content-Type header announces; 0.0.4 is what a server sends without one. Protobuf
 * (https://prometheus.io/docs/instrumenting/content_negotiation/) is named, and not read here.
 */
export function expositionFormat(
  contentType: string | undefined,
): "prometheus" | "openmetrics" | "protobuf" {
  if (/^\s*application\/vnd\.google\.protobuf\b/i.test(contentType ?? "")) return "protobuf";
  return /^\s*application\/openmetrics-text\b/i.test(contentType ?? "")
    ? "openmetrics"
    : "prometheus";
}

/** The bytes of a text are made block by block, so that a large body is not held twice. */
function readInBlocks(text: string, body: BodyReader): void {
  for (let start = 0, end = 0; start < text.length; ) {
    const found = text.indexOf("\n", end + BLOCK_CHARACTERS);
    end = found < 0 ? text.length : found + 1;
    const block = text.slice(start, end);
    const bytes = bytesOf(block);
    const ascii = bytes.length === block.length ? block : textOfBytes(bytes);
    const rest = body.readLines(ascii, bytes, block.toWellFormed(), end === text.length);
    start = end - rest + surplusOf(bytes, bytes.length - rest, bytes.length);
  }
}
