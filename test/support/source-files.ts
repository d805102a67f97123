/** The files of src/, as the tests of the layout read them: without remarks, with what each imports. */

import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

interface Import {
  readonly name: string;
  readonly isType: boolean;
  /** Loaded when a line is reached: `import("…")`. */
  readonly isDynamic: boolean;
}

interface SourceFile {
  readonly code: string;
  readonly imports: readonly Import[];
  /** The files of src/ that it imports, types included. */
  readonly uses: readonly string[];
}

/** Every file by its path below src/. */
export const sourceFiles: ReadonlyMap<string, SourceFile> = new Map(
  globSync("src/**/*.{ts,tsx,cjs,js}")
    .map((file) => relative("src", file))
    .map((name) => [name, readSource(name)]),
);

/** The folder directly below src/ that a file is in, or the file itself. */
export function placeOf(file: string): string {
  return file.split("/")[0] ?? file;
}

function readSource(file: string): SourceFile {
  const code = withoutComments(readFileSync(join("src", file), "utf8"));
  const imports = importsOf(code);
  const uses = imports
    .filter(({ name }) => name.startsWith("."))
    .map(({ name }) => join(dirname(file), name))
    .filter((used) => /\.(?:tsx?|cjs|js)$/.test(used));
  return { code, imports, uses };
}

/** Value and type imports, re-exports, dynamic imports, and what CommonJS requires. */
function importsOf(code: string): Import[] {
  const found = code.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?[^"';]*?from\s*"([^"]+)"|(?:^|\n)\s*import\s*"([^"]+)"|\b(?:import|require)\(\s*"([^"]+)"\s*\)/g,
  );
  return [...found].map(([, type, named, bare, dynamic]) => ({
    name: named ?? bare ?? dynamic ?? "",
    isType: type !== undefined,
    isDynamic: dynamic !== undefined,
  }));
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}
