/** The bot's HTTP server on a port of its own, with what stands behind it held in hand. */

import { type IncomingMessage, request } from "node:http";
import type { TestContext } from "node:test";
import type { Notification } from "../../../src/alerts/alert.ts";
import {
  closeHttpServer,
  createHttpServer,
  type HttpServerOptions,
} from "../../../src/edges/http/server.ts";
import { type CapturedLog, captureLog } from "../captured-log.ts";

export const TOKEN = "the-token-of-this-test";

export interface BotServer extends CapturedLog {
  readonly url: string;
  readonly external: Notification[];
  /** What was turned away, by the word it is counted under. */
  readonly refused: string[];
}

export interface Setting {
  readonly alerts?: Partial<HttpServerOptions["alerts"]>;
  readonly health?: Partial<HttpServerOptions["health"]>;
  readonly slack?: HttpServerOptions["slack"];
  readonly targets?: HttpServerOptions["targets"];
  readonly limits?: NonNullable<HttpServerOptions["limits"]>;
}

export async function startServer(
  t: Pick<TestContext, "after">,
  setting: Setting = {},
): Promise<BotServer> {
  const captured = captureLog();
  const external: Notification[] = [];
  const refused: string[] = [];
  const server = await createHttpServer({
    log: captured.log,
    alerts: {
      sources: () => new Map([["default", [{ kind: "bearer", token: TOKEN }]]]),
      now: () => Date.now(),
      maxBodyBytes: 8 * 1024 ** 2,
      respond: async (notification) => {
        external.push(notification);
        return "opened";
      },
      refused: ({ kind }) => void refused.push(kind),
      ...setting.alerts,
    },
    health: {
      readiness: async () => ({ needed: {} }),
      metrics: async () => ({ contentType: "text/plain", body: "" }),
      metricsAuth: () => [],
      now: () => Date.now(),
      ...setting.health,
    },
    ...(setting.targets === undefined ? {} : { targets: setting.targets }),
    ...(setting.slack === undefined ? {} : { slack: setting.slack }),
    ...(setting.limits === undefined ? {} : { limits: setting.limits }),
  });
  t.after(() => closeHttpServer(server, 100));
  const url = await server.listen({ host: "127.0.0.1", port: 0 });
  return { ...captured, url, external, refused };
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Several parts are sent in chunks, without their length; no part at all is never sent. */
  readonly body?: string | Buffer | readonly (string | Buffer)[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** One request over a socket of its own, with the headers as they are given and no others. */
export function send(
  url: string,
  { method = "POST", headers = {}, body = "" }: Sent,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      // A server that has answered need not read on: the rest of the body may meet a closed socket.
      sent.on("error", () => undefined).off("error", reject);
      readAnswer(response).then(resolve, reject);
    });
    sent.on("error", reject);
    if (typeof body === "string" || Buffer.isBuffer(body)) sent.end(body);
    else {
      for (const part of body) sent.write(part);
      // Without parts the body is promised and never sent.
      if (body.length > 0) sent.end();
      else sent.flushHeaders();
    }
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  response.destroy();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString("utf8"),
  };
}
