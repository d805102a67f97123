// takes: 110 s
/** The diagnosis stays above its floor on the half of the cases that was seen while the checks were written. */

import { test } from "node:test";
import { holdsFloor } from "./floor.ts";

test("no confident error, at least 95% of the faults right at once, and every control clean", () =>
  holdsFloor("seen"));
