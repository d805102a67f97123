/** All scenarios, in the order in which a panel shows them. */
import { answers } from "./answers.ts";
import { availability } from "./availability.ts";
import { cluster } from "./cluster.ts";
import { consumers } from "./consumers.ts";
import { controls } from "./controls.ts";
import { load } from "./load.ts";
import type { Scenario } from "./scenario.ts";
import { storage } from "./storage.ts";

export const SCENARIOS: readonly Scenario[] = [
  ...availability,
  ...storage,
  ...load,
  ...consumers,
  ...cluster,
  ...answers,
  ...controls,
];
