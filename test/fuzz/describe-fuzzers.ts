/** The fuzzers as tests: two thousand small cases each; `npm run fuzz` feeds more and larger ones. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { caseOf, type Fuzzer, runFuzzer } from "./fuzzer.ts";

/** Always the same cases: a failure is one of the code's, and comes again. */
const RUN = { cases: 2_000, seed: 12, longest: 512 };

export function describeFuzzers(fuzzers: readonly Fuzzer[]): void {
  for (const fuzzer of fuzzers) {
    test(`${fuzzer.name}: nothing that is sent breaks it`, async () => {
      const { crashes } = await runFuzzer(fuzzer, RUN);
      const [first] = crashes;
      const options = `--seed ${RUN.seed} --from ${first?.number} --longest ${RUN.longest} --cases 1`;
      const again = `npm run fuzz -- "${fuzzer.name}" ${options}: ${String(first?.error)}`;
      assert.equal(first, undefined, again);
    });

    test(`${fuzzer.name}: a case is made from its seed and number alone`, () => {
      assert.deepEqual(caseOf(fuzzer, 41, RUN), caseOf(fuzzer, 41, RUN));
      const some = Array.from({ length: 50 }, (_, n) => caseOf(fuzzer, n, RUN).toString("hex"));
      assert.ok(new Set(some).size > 40, "it says the same again and again");
    });
  }
}
