/** `mcp`: the tools for agents over stdin and stdout, for a program that starts it and asks it. */

import { once } from "node:events";
import { renderWords } from "../../block-kit/words.ts";
import type { StoreAddress } from "../../config/config.ts";
import { clock } from "../clock.ts";
import type { McpSession } from "../mcp/mcp-session.ts";
import { EXIT } from "./exit-codes.ts";
import { storeOf } from "./store-of.ts";
import { schedulesOf } from "./terminal-duty.ts";
import { POLLS_BEFORE, STORE_ROWS } from "./terminal-rows.ts";
import { openTerminalSession, type TerminalSession } from "./terminal-session.ts";
import { hint, learnEnvironment, usageError } from "./terminal-streams.ts";
import { type TerminalTargets, terminalTargets } from "./terminal-target.ts";
import { readTerminalWords } from "./terminal-words.ts";

/** Standard output belongs to the protocol: everything else goes to standard error. */
export async function runMcp(args: readonly string[]): Promise<number> {
  const read = readTerminalWords(["mcp", ...args]);
  if (read.kind === "usage") return usageError(read.problem);
  if (read.words.text !== "") {
    return usageError(`mcp takes no words: remove "${read.words.text}"`);
  }
  if (read.words.isJson || read.words.watchMs !== undefined) {
    return usageError("mcp takes no --json, --watch or --every: agents ask it in their protocol");
  }
  const chosen = terminalTargets(read.words, process.env);
  if (chosen.kind === "usage") return usageError(chosen.problem);
  const token = process.env["PROMETHEUS_TOKEN"];
  learnEnvironment();
  const store = await storeOf(read.words);
  const session = await openTerminalSession({
    targets: chosen.targets,
    knowledge: chosen.knowledge,
    store,
    schedules: () => schedulesOf(read.words),
    ...(token === undefined ? {} : { prometheusToken: token }),
    onError: (message) => hint(`This failed: ${message}`),
  });
  // It stays, so it can see more than a command of a few seconds.
  session.memory.sampler.start();
  const [{ serveStdio }, { mcpServers }] = await Promise.all([
    import("@modelcontextprotocol/server/stdio"),
    import("../mcp/mcp-server.ts"),
  ]);
  const served = serveStdio(mcpServers(sessionOf(session, chosen, store)), {
    onerror: (error) => hint(`MCP: ${error.message}`),
  });
  await Promise.race([
    once(process.stdin, "close"),
    once(process, "SIGINT"),
    once(process, "SIGTERM"),
  ]);
  await served.close();
  await session.memory.sampler.stop();
  await session.close();
  return EXIT.clean;
}

/** Whoever starts it holds the configuration, as in a terminal. */
function sessionOf(
  session: TerminalSession,
  { targets }: TerminalTargets,
  store: StoreAddress | string,
): McpSession {
  return {
    async run(text, asking) {
      const [command = ""] = text.split(" ");
      if (typeof store !== "string" || !STORE_ROWS.has(command)) return session.run(text, asking);
      return {
        command,
        kind: "refused",
        shown: renderWords(`The bot's incidents cannot be read: ${store}.`),
      };
    },
    library: () => session.library(),
    personOf: () => ({ user: "mcp", channel: "", via: "terminal" }),
    refusal: async () => undefined,
    async prepare(command) {
      const plan = POLLS_BEFORE[command];
      if (plan === undefined) return;
      const needed = targets.filter(
        (target) => session.memory.history(target).stats().snapshots < plan.times,
      );
      for (let done = 0; done < plan.times && needed.length > 0; done += 1) {
        if (done > 0) await clock.sleep(plan.apartMs);
        await Promise.all(needed.map((target) => session.memory.poll(target)));
      }
    },
  };
}
