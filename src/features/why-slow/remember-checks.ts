/** The checks of a library, read once. */

import type { Check } from "../../diagnosis/checks/check.ts";
import { loadChecks } from "../../diagnosis/checks/load-checks.ts";
import { checksDigest } from "../../diagnosis/replay/replay.ts";
import type { Library } from "../../knowledge/library.ts";
import type { Log } from "../shared/ports.ts";

export interface UsableChecks {
  readonly checks: readonly Check[];
  readonly digest: string;
}

/**
 * Reads the checks once per library: a library never changes, it is replaced. What is broken in
 * them is logged then.
 */
export function rememberChecks(log: Log): (library: Library) => UsableChecks {
  const known = new WeakMap<Library, UsableChecks>();
  return (library) => {
    const found = known.get(library);
    if (found !== undefined) return found;
    const { checks, problems } = loadChecks(library.pages);
    for (const problem of problems) log.warn(problem, "a check cannot be used");
    const loaded = { checks, digest: checksDigest(checks) };
    known.set(library, loaded);
    return loaded;
  };
}
