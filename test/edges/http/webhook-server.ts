/** The bot's webhook over real sockets, with secrets of its own. */

import type { TestContext } from "node:test";
import { type Answer, type Setting, send, startServer, TOKEN } from "./bot-server.ts";

/** The right secret. */
export const BEARER = `Bearer ${TOKEN}`;

/** The server, and a way to post to its webhook; it ends with the test. */
export async function setUp(t: TestContext, setting: Setting = {}) {
  const server = await startServer(t, setting);
  const post = (
    body: Parameters<typeof send>[1]["body"],
    authorization = BEARER,
  ): Promise<Answer> =>
    send(`${server.url}/webhook/alertmanager`, {
      headers: { "content-type": "application/json", authorization },
      ...(body === undefined ? {} : { body }),
    });
  return { ...server, post };
}

/** Why a request was refused, as the sender is told. */
export function reasonOf({ text }: Answer): string {
  return (JSON.parse(text) as { error: string }).error;
}
