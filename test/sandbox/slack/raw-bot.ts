/** A bot that is nothing but an HTTP server: it keeps what came and answers as the test says. */

import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface ExternalOrigin {
  readonly headers: IncomingHttpHeaders;
  /** As it came, for signatures. */
  readonly raw: string;
  /** JSON, or the form's fields. */
  readonly body: Record<string, unknown>;
}

export interface RawBot {
  readonly url: string;
  readonly external: readonly ExternalOrigin[];
  stop(): Promise<void>;
}

/** What it answers to the request with this number; "silence" never answers. */
type Answer = { readonly status: number; readonly body?: string } | "silence";

export async function startRawBot(answer: (count: number) => Answer): Promise<RawBot> {
  const external: ExternalOrigin[] = [];
  const server = createServer((request, response) => {
    let raw = "";
    request.on("data", (chunk: Buffer) => {
      raw += chunk.toString();
    });
    request.on("end", () => {
      external.push({ headers: request.headers, raw, body: readBody(raw) });
      const now = answer(external.length);
      if (now !== "silence") response.writeHead(now.status).end(now.body ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    external,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function readBody(raw: string): Record<string, unknown> {
  if (raw.startsWith("{")) return JSON.parse(raw) as Record<string, unknown>;
  const fields = Object.fromEntries(new URLSearchParams(raw));
  const { payload } = fields;
  return payload === undefined ? fields : (JSON.parse(payload) as Record<string, unknown>);
}
