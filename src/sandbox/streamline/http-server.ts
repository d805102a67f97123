/** The HTTP port of the simulated server, with everything a fault can make of it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";
import type { HttpAnswer, HttpOutcome, HttpRequest } from "./answer.ts";
import { createFlood } from "./flood.ts";

export interface HttpContext {
  readonly answer: (request: HttpRequest) => HttpOutcome;
  readonly onRequest: (request: HttpRequest) => void;
  readonly onBytes: (bytes: number) => void;
}

/** Creates the server without starting to listen. */
export function createApiServer(context: HttpContext): Server {
  return createServer({ keepAliveTimeout: 5000 }, (incoming, response) => {
    const request = { method: incoming.method ?? "GET", url: incoming.url ?? "/" };
    context.onRequest(request);
    incoming.resume();
    serveOutcome(context.answer(request), { incoming, response, context });
  });
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly context: HttpContext;
}

function serveOutcome(outcome: HttpOutcome, exchange: Exchange): void {
  switch (outcome.kind) {
    case "answer": {
      const send = () => sendAnswer(outcome.answer, exchange);
      if (outcome.delayMs === 0) send();
      else sendLater(send, outcome.delayMs, exchange.response);
      return;
    }
    case "raw":
      exchange.incoming.socket.end(outcome.bytes, "latin1");
      return;
    case "refused":
      // The listener is about to close; a request that slipped in gets what a dead process gives.
      exchange.incoming.socket.destroy();
      return;
    case "hanging":
      return;
  }
}

/** The timer must not outlive a client that gave up. */
function sendLater(send: () => void, delayMs: number, response: ServerResponse): void {
  const timer = setTimeout(send, delayMs);
  response.on("close", () => clearTimeout(timer));
}

function sendAnswer(answer: HttpAnswer, { incoming, response, context }: Exchange): void {
  const body = Buffer.from(answer.body);
  const length = body.length + answer.extraBytes;
  response.writeHead(answer.status, { ...answer.headers, "content-length": length });
  if (incoming.method === "HEAD" || answer.extraBytes === 0) {
    context.onBytes(body.length);
    response.end(incoming.method === "HEAD" ? undefined : body);
    return;
  }
  const counted = Readable.from(countChunks(body, answer.extraBytes, context.onBytes));
  // An error here is a client that has had enough, which is what the flood is for.
  pipeline(counted, response, () => {});
}

function* countChunks(body: Buffer, extraBytes: number, onBytes: (bytes: number) => void) {
  onBytes(body.length);
  yield body;
  for (const chunk of createFlood(extraBytes)) {
    onBytes(chunk.length);
    yield chunk;
  }
}
