/** A simulated server on real ports, as flags of a terminal. */

import type { TestContext } from "node:test";
import { startSimulatedStreamline } from "../../../src/sandbox/streamline/server.ts";

interface ServerFlags {
  readonly flags: readonly string[];
}

/** The flags that lead to a new server, which may have a fault. */
export async function server(t: TestContext, fault?: string): Promise<ServerFlags> {
  const streamline = await startSimulatedStreamline();
  t.after(() => streamline.close());
  if (fault !== undefined) await streamline.faults.set(fault);
  return { flags: ["--target", streamline.http, "--kafka", streamline.kafka] };
}
