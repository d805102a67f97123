/** The checks of our own runbooks, as the bot loads them. */

import { type LoadedChecks, loadChecks } from "../../src/diagnosis/checks/load-checks.ts";
import { readOwnPages } from "../support/own-pages.ts";

let known: LoadedChecks | undefined;

/** Loaded once for all tests of a process. */
export function ownChecks(): LoadedChecks {
  known ??= readChecks();
  return known;
}

function readChecks(): LoadedChecks {
  const results = readOwnPages("runbooks/*.md");
  return loadChecks(results.flatMap((result) => (result.kind === "page" ? [result.page] : [])));
}
