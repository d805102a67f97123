/** What the system says of a path: a file with its stamp, a folder, or why nobody can tell. */

import { stat } from "node:fs";

/** `inode` is what its names have in common, where it has several: they are hard links to one file. */
export type FileStatus =
  | { kind: "folder" }
  | { kind: "file"; bytes: number; stamp: string; inode?: string }
  | { kind: "other" }
  | { kind: "unreadable"; code: string };

/** Follows links. */
export function fileStatus(path: string): Promise<FileStatus> {
  return new Promise((resolve) => poll(path, resolve));
}

/** So many are asked for at once: more wait for Node's few threads, and one at a time takes four times the work. */
const AT_ONCE = 64;

type AskedPath = { path: string; status?: FileStatus };

/** The status of each, in their order; what has one already is not asked for again. */
export function statusOfAll(asked: readonly AskedPath[]): Promise<FileStatus[]> {
  const found: FileStatus[] = [];
  let next = 0;
  let open = 0;
  return new Promise((resolve) => {
    const ask = (): void => {
      while (open < AT_ONCE && next < asked.length) {
        const at = next;
        next += 1;
        const { path = "", status } = asked[at] ?? {};
        if (status !== undefined) {
          found[at] = status;
          continue;
        }
        open += 1;
        poll(path, (polled) => {
          found[at] = polled;
          open -= 1;
          ask();
        });
      }
      if (open === 0 && next >= asked.length) resolve(found);
    };
    ask();
  });
}

/** A promise for each of 20,000 files would take as long as all the rest of it. */
function poll(path: string, then: (status: FileStatus) => void): void {
  stat(path, { bigint: true }, (error, status) => {
    if (error !== null) return then({ kind: "unreadable", code: codeOf(error) });
    if (status.isDirectory()) return then({ kind: "folder" });
    if (!status.isFile()) return then({ kind: "other" });
    const stamp = `${status.ino}:${status.size}:${status.mtimeNs}:${status.ctimeNs}`;
    const inode = status.nlink > 1n ? { inode: `${status.dev}:${status.ino}` } : {};
    then({ kind: "file", bytes: Number(status.size), stamp, ...inode });
  });
}

/** The system's own word for a failed file operation, such as EACCES. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "the bot's user may not read it"],
  ["EPERM", "the bot's user may not read it"],
  ["ENOENT", "it is not there"],
  ["ENOTDIR", "it is a file, and no folder"],
  ["EISDIR", "it is a folder, and no file"],
]);

/** What the code means to whoever has to mend it, with the code itself. */
export function inWords(code: string): string {
  const words = WORDS.get(code);
  return words === undefined ? code : `${words} (${code})`;
}
