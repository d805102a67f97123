/** Which target an alert speaks of. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Target, targetOfAlert } from "../../src/diagnosis/target.ts";
import type { Labels } from "../../src/exposition/sample.ts";

function target(name: string, host: string, labels: Labels): Target {
  const limits = { timeoutMs: 1_000, maxBodyBytes: 1 };
  return { name, http: `http://${host}:9094`, kafka: `${host}:9092`, labels, ...limits };
}

const JOB = { job: "streamline" };
const A = target("a", "broker-1", JOB);
const B = target("b", "broker-2", JOB);
const PROD = target("prod", "10.0.0.5", { ...JOB, env: "prod" });
const STAGING = target("staging", "10.0.1.5", { ...JOB, env: "staging" });

const BARE = target("bare", "c", {});

const KAFKA = { service: "streamline", job: "streamline-kafka", instance: "broker-2:9092" };
const DISK = { service: "streamline", job: "node", instance: "broker-2:9100" };

const CASES: readonly (readonly [string, readonly Target[], Labels, Target | undefined])[] = [
  ["the one whose labels it carries", [PROD, STAGING], { ...JOB, env: "prod" }, PROD],
  ["none when it carries those of none", [PROD, STAGING], JOB, undefined],
  ["the only one, when that names no labels", [BARE], { job: "x" }, BARE],
  ["of a Kafka port the one on its host", [A, B], KAFKA, B],
  ["of a disk the one on its host", [A, B], DISK, B],
  ["of a disk the one on its host by the label for it", [A, B], { ...DISK, host: "broker-1" }, A],
  ["of a disk under another name the only one there is", [A], { ...DISK, instance: "n:1" }, A],
  ["of a disk under another name none of two", [A, B], { ...DISK, instance: "n:1" }, undefined],
  [
    "of a disk the one whose other labels it carries",
    [PROD, STAGING],
    { ...DISK, env: "staging" },
    STAGING,
  ],
  [
    "none of a disk that no shipped rule speaks of",
    [A, B],
    { job: "node", instance: "broker-1:9100" },
    undefined,
  ],
  [
    "none of another service on its host",
    [A, B],
    { service: "checkout", job: "checkout", instance: "broker-1:8443" },
    undefined,
  ],
  [
    "none of the bot's own alerts",
    [A],
    { service: "streamline", job: "streamline-incident-bot", instance: "broker-1:8080" },
    undefined,
  ],
];

for (const [what, targets, labels, expected] of CASES) {
  test(`an alert is about ${what}`, () => {
    assert.equal(targetOfAlert(targets, labels)?.name, expected?.name);
  });
}
