/** Hard links: several names of one page. */

import { isPageFile } from "../../knowledge/page-files.ts";
import type { FileStatus } from "./file-status.ts";

type NamedFile = {
  name: string;
  /** Known before all are asked for where a symbolic link leads to it. */
  status?: FileStatus;
};

/**
 * The places of names whose page is listed under another one. It counts once, under the first of its names that
 * is no symbolic link. A file of search terms belongs to the page beside it, whatever other names it has.
 */
export function secondNames(
  found: readonly NamedFile[],
  statuses: readonly FileStatus[],
): ReadonlySet<number> {
  const first = new Map<string, number>();
  const second = new Set<number>();
  for (const [at, { name, status: linked }] of found.entries()) {
    const status = statuses[at];
    if (status?.kind !== "file" || status.inode === undefined || !isPageFile(name)) continue;
    const before = first.get(status.inode);
    const isBetter =
      before === undefined || (found[before]?.status !== undefined && linked === undefined);
    if (isBetter) first.set(status.inode, at);
    const less = isBetter ? before : at;
    if (less !== undefined) second.add(less);
  }
  return second;
}
