/**
 * Alertmanager's identity of a label set: FNV-1a over 64 bits of the sorted names and values, each
 * with the byte 0xff after it (prometheus/common, model/signature.go).
 *
 * Needed where a sender leaves it out, so that the alert is the same one in the API's answers.
 */

import type { Labels } from "../exposition/sample.ts";
import type { Alert } from "./alert.ts";

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const SEPARATOR = Buffer.from([0xff]);

/** Sixteen hexadecimal digits. */
export function fingerprintOf(labels: Labels): string {
  const names = Object.keys(labels).map((name) => ({ name, bytes: Buffer.from(name) }));
  const parts = names
    .toSorted((a, b) => Buffer.compare(a.bytes, b.bytes))
    .flatMap(({ name, bytes }) => [bytes, SEPARATOR, Buffer.from(labels[name] ?? ""), SEPARATOR]);
  let hash = OFFSET;
  for (const byte of Buffer.concat(parts)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  }
  return hash.toString(16).padStart(16, "0");
}

/** The alert by its labels, where what its sender gave is another alert's, too. */
export function withOwnFingerprint(alert: Alert): Alert {
  const { fingerprint, labels } = alert;
  return { ...alert, fingerprint: fingerprintOf(labels), sentFingerprint: fingerprint };
}
