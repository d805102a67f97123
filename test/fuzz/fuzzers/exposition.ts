/** A /metrics body in chunks -> samples -> a history that can be asked. */

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { createExpositionParser } from "../../../src/exposition/parse-exposition.ts";
import type { Sample } from "../../../src/exposition/sample.ts";
import { createHistory } from "../../../src/history/history.ts";
import { seedsOf } from "../corpus.ts";
import type { Fuzzer } from "../fuzzer.ts";

const START_MS = 1_700_000_000_000;

export const expositionFuzzer: Fuzzer = {
  name: "exposition",
  seeds: seedsOf("exposition"),
  words: [
    ..."# HELP TYPE UNIT EOF counter gauge histogram summary le quantile NaN +Inf -Inf".split(" "),
    "# TYPE x counter\n",
    'x{a="b"} 1\n',
    "# {",
    "_total",
    "_bucket",
    '{le="0.1"}',
    "# EOF\n",
  ],
  open: async () => ({ feed }),
};

function feed(input: Buffer): void {
  const format = input.length % 2 === 0 ? "prometheus" : "openmetrics";
  const whole = samplesOf(input, input.length + 1, format);
  // Where the network cuts a body changes nothing.
  const cut = samplesOf(input, 1 + (input.length % 97), format);
  assert.ok(isDeepStrictEqual(cut, whole), "it depends on where the body was cut");
  const history = createHistory();
  history.append(START_MS, whole);
  const { series } = history.stats();
  assert.equal(series > 0, whole.length > 0);
}

function samplesOf(
  input: Buffer,
  chunk: number,
  format: "prometheus" | "openmetrics",
): readonly Sample[] {
  const samples: Sample[] = [];
  const parser = createExpositionParser((sample) => samples.push(sample), { format });
  for (let at = 0; at < input.length; at += chunk) parser.write(input.subarray(at, at + chunk));
  const { brokenTotal, duplicates } = parser.end();
  assert.ok(brokenTotal >= 0 && duplicates >= 0);
  return samples;
}
