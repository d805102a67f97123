/** Runs the program as a shell would, in an empty folder, with nothing of ours in its environment. */

import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** A process of its own, from its start to its end. */
export async function streamlineBot(
  args: readonly string[],
  env: Environment = {},
): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), "bot-terminal-"));
  const child = spawn(process.execPath, [resolve("src/streamline-bot.js"), ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...codeOfBefore(), ...env },
  });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].on("data", (chunk: Buffer) => {
      said[stream] += chunk.toString("utf8");
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  rmSync(folder, { recursive: true, force: true });
  return { code, ...said };
}

/** Compiled code, also where a run has a cache of its own: to make it again takes a second or two. */
function codeOfBefore(): Environment {
  const folder = process.env["NODE_COMPILE_CACHE"];
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

let host: ChildProcess | undefined;
let asked = 0;

/**
 * The same, behind others in a process that they share, where the answer is tested and not the process:
 * a start takes most of a second.
 */
export async function answerOf(args: readonly string[], env: Environment = {}): Promise<Ended> {
  host ??= startHost();
  asked += 1;
  const id = asked;
  const child = host;
  const ended = new Promise<Ended>((done, fail) => {
    const listen = (answer: Ended & { readonly id: number }): void => {
      if (answer.id !== id) return;
      child.off("message", listen).off("exit", onExit);
      done(answer);
    };
    const onExit = (): void => fail(new Error(`the program ended while it ran ${args.join(" ")}`));
    child.on("message", listen).on("exit", onExit);
  });
  child.ref();
  child.channel?.ref();
  child.send({ id, args, env });
  return ended.finally(() => {
    if (child.listenerCount("message") > 0) return;
    child.unref();
    child.channel?.unref();
  });
}

/** Ends with the process that asked for it. */
function startHost(): ChildProcess {
  const env = { PATH: process.env["PATH"] ?? "", ...codeOfBefore() };
  const child = fork(join(import.meta.dirname, "terminal-host.ts"), { env });
  child.setMaxListeners(0);
  return child;
}
