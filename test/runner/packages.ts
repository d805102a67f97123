/** The Debian packages that test files need: `// needs: NAME, NAME` at the top of a file. */

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * For each package, programs that are there when it is installed: in PATH, or at a path in which "*"
 * stands for a version.
 */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  prometheus: ["prometheus", "promtool"],
  "prometheus-alertmanager": ["prometheus-alertmanager", "amtool"],
  "golang-go": ["go"],
  chromium: ["/usr/bin/chromium"],
  postgresql: ["/usr/lib/postgresql/*/bin/initdb"],
};

/** What a file's first lines say that it needs. */
export function packagesNeeded(text: string): string[] {
  const line = /^\/\/ needs: (.+)$/m.exec(text.slice(0, 1_000));
  return line?.[1]?.split(",").map((name) => name.trim()) ?? [];
}

/** Those of the packages that are not there. Throws for a name that nobody knows. */
export function missingPackages(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => {
    const programs = PROGRAMS[name];
    if (programs === undefined) throw new Error(`unknown package in a "needs:" line: ${name}`);
    return !programs.every(isThere);
  });
}

function isThere(program: string): boolean {
  if (program.includes("/")) return globSync(program).length > 0;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.some((folder) => folder !== "" && existsSync(join(folder, program)));
}

/** Installs what is missing, when that is allowed (root and apt-get), and returns what still is. */
export function installPackages(
  names: readonly string[],
  say: (line: string) => void,
): readonly string[] {
  if (names.length === 0 || process.getuid?.() !== 0 || !isThere("apt-get")) return names;
  say(`installing for the tests: ${names.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { env, stdio: "inherit" });
  // Packages start their services where systemd runs; the tests start their own.
  const args = ["install", "-y", "-qq", "--no-install-recommends", ...names];
  try {
    execFileSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
  } catch {
    say("some packages could not be installed");
  }
  return missingPackages(names);
}
