/** What can happen to a store: its disk fills, somebody locks its file, its server goes away. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";

/** A file system of its own, in memory: room for a bot's file and little more. */
const DISK_MB = 24;
const BLOCK = Buffer.alloc(4_096);

export interface SmallDisk {
  readonly path: string;
  /** Writes until nothing more can be written. */
  fill(): void;
  free(): void;
  remove(): void;
}

/** Throws where this user may not mount: nothing else makes a disk really full. */
export function mountSmallDisk(folder: string): SmallDisk {
  const path = join(folder, "disk");
  mkdirSync(path);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MB}m`, "tmpfs", path]);
  const filler = join(path, "filler");
  return {
    path,
    fill() {
      const file = openSync(filler, "a");
      try {
        while (statfsSync(path).bavail > 0) writeSync(file, BLOCK);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler, { force: true }),
    remove: () => void execFileSync("umount", ["--lazy", path]),
  };
}

/** Another process that writes into the file, and does not end its transaction until it is released. */
export async function holdLock(file: string): Promise<{ release(): Promise<void> }> {
  const code = `
    const database = new (require("node:sqlite").DatabaseSync)(process.argv[1], { timeout: 10_000 });
    database.exec("begin immediate");
    process.stdout.write("held");
    setInterval(() => undefined, 1_000);`;
  const child: ChildProcess = spawn(process.execPath, ["-e", code, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout === null) throw new Error("the holder has no output");
  await once(child.stdout, "data");
  return {
    async release() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
