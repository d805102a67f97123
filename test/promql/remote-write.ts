/**
 * Snapshots as Prometheus' remote-write protocol sends them: protobuf in a snappy block
 * (https://prometheus.io/docs/concepts/remote_write_spec/).
 *
 * It is the one way to load data of the past with staleness markers, which the backfill of promtool
 * cannot write.
 */
import type { Sample } from "../../src/exposition/sample.ts";

/** The NaN that Prometheus writes where a series ends (model/value/value.go, StaleNaN). */
const STALE_BITS = 0x7ff0000000000002n;

const DELIMITED = 2;
const FIXED_64 = 1;
const VARINT = 0;

export interface WrittenSample extends Sample {
  /** The series ends here; the value is of no meaning. */
  readonly isStale?: boolean;
}

/** The body of one request with one snapshot. */
export function encodeSnapshot(timeMs: number, samples: readonly WrittenSample[]): Uint8Array {
  const series = samples.map((sample) => field(1, DELIMITED, encodeSeries(timeMs, sample)));
  return snappyBlock(concat(series));
}

function encodeSeries(timeMs: number, { name, labels, value, isStale }: WrittenSample): Uint8Array {
  const pairs = Object.entries({ ...labels, __name__: name }).filter(([, text]) => text !== "");
  const sorted = pairs.toSorted(([left], [right]) => (left < right ? -1 : 1));
  const encoded = sorted.map(([label, text]) =>
    field(
      1,
      DELIMITED,
      concat([field(1, DELIMITED, utf8(label)), field(2, DELIMITED, utf8(text))]),
    ),
  );
  const bits = new DataView(new ArrayBuffer(8));
  if (isStale === true) {
    bits.setBigUint64(0, STALE_BITS, true);
  } else {
    bits.setFloat64(0, value, true);
  }
  const sample = concat([
    field(1, FIXED_64, new Uint8Array(bits.buffer)),
    field(2, VARINT, varint(timeMs)),
  ]);
  return concat([...encoded, field(2, DELIMITED, sample)]);
}

function field(number: number, kind: number, content: Uint8Array): Uint8Array {
  const tag = varint(number * 8 + kind);
  return concat(kind === DELIMITED ? [tag, varint(content.length), content] : [tag, content]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push(128 + (rest % 128));
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}

/** Everything as literals: valid snappy that compresses nothing. */
function snappyBlock(content: Uint8Array): Uint8Array {
  const parts = [varint(content.length)];
  for (let at = 0; at < content.length; at += 65_536) {
    const literal = content.subarray(at, at + 65_536);
    const last = literal.length - 1;
    parts.push(Uint8Array.of(61 << 2, last & 255, last >> 8), literal);
  }
  return concat(parts);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
