/** The files of this repository, as the drift check wants them. */

import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { SourceFile } from "../read-page-mentions.ts";

export interface Repository {
  /** Every file by its path from the root, with `/` between its parts. */
  readonly paths: ReadonlySet<string>;
  read(path: string): Promise<SourceFile>;
}

/** Not ours to check, and large. */
const LEFT_OUT: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/** Lists the folder. Throws when it cannot be read. */
export async function openRepository(root: string): Promise<Repository> {
  const entries = await readdir(root, { withFileTypes: true });
  const wanted = entries.filter(({ name }) => !LEFT_OUT.has(name));
  const files = await Promise.all(
    wanted.map(async (entry) => {
      const path = join(root, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    }),
  );
  return {
    paths: new Set(files.flat().map((path) => relative(root, path).split(sep).join("/"))),
    read: async (file) => ({ file, text: await readFile(join(root, file), "utf8") }),
  };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
}
