/** A server as the bot's target. */

import type { Target } from "../diagnosis/target.ts";

/** A server that somebody runs: asked with GET, and never changed. */
export interface RealServer {
  readonly http: string;
  readonly kafka: string;
}

/** A target with the names that the sandbox's alerts carry. */
export function sandboxTarget({ http, kafka }: RealServer): Target {
  return {
    name: "sandbox",
    http,
    kafka,
    labels: { job: "streamline" },
    timeoutMs: 2_000,
    maxBodyBytes: 64 * 1024 ** 2,
  };
}
