/**
 * The program, run again and again in one process (terminal-program.ts starts it): main.ts as it is, with
 * its arguments, environment, streams and exit code. Only the process is not a new one each time.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Asked {
  readonly id: number;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const MAIN = new URL("../../../src/main.ts", import.meta.url).href;
const OWN = { PATH: process.env["PATH"] ?? "" };

let last: Promise<unknown> = Promise.resolve();
// Each run listens for a reader that goes away; a process of its own would do so once.
process.stdout.setMaxListeners(0);
process.on("message", (asked: Asked) => {
  last = last.then(async () => process.send?.({ id: asked.id, ...(await run(asked)) }));
});
process.on("disconnect", () => process.exit());

const exit = process.exit.bind(process);

/** One after another, since the streams, the environment and the folder are the process's. */
async function run({ id, args, env }: Asked) {
  const folder = mkdtempSync(join(tmpdir(), "bot-terminal-"));
  process.chdir(folder);
  process.env = { ...OWN, ...env };
  process.argv = [process.execPath, MAIN, ...args];
  const said = { stdout: "", stderr: "" };
  const release = [keep(process.stdout, said, "stdout"), keep(process.stderr, said, "stderr")];
  const code = await new Promise<number>((ended) => {
    // It does return: what main.ts does last is to call it.
    process.exit = ((given) => ended(Number(given ?? 0))) as typeof process.exit;
    // Under another name main.ts begins again; what it imports is there already.
    import(`${MAIN}?run=${id}`).catch((error: unknown) => {
      said.stderr += String(error);
      ended(1);
    });
  });
  process.exit = exit;
  for (const each of release) each();
  process.chdir(tmpdir());
  rmSync(folder, { recursive: true, force: true });
  return { code, ...said };
}

function keep<Name extends string>(
  stream: NodeJS.WriteStream,
  said: Record<Name, string>,
  name: Name,
): () => void {
  const original = Reflect.get(stream, "write");
  stream.write = (chunk: string | Uint8Array) => {
    said[name] += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    return true;
  };
  return () => {
    stream.write = original;
  };
}
