/**
 * fast-check with one seed: two runs of one commit try the same cases, so a red run is the change's own and comes
 * back. `TEST_SEED=random` tries others and says which, any number tries those again.
 */

import fc from "fast-check";

const { TEST_SEED: given = "1" } = process.env;
const seed = given === "random" ? Date.now() % 2 ** 31 : Number(given);
if (!Number.isSafeInteger(seed)) {
  throw new Error(`TEST_SEED is "${given}": give a whole number, or "random"`);
}
if (given === "random") process.stderr.write(`TEST_SEED=${seed}\n`);
fc.configureGlobal({ seed });

export { default } from "fast-check";
