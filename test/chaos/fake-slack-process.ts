/**
 * A fake Slack as a process of its own: it keeps a journal and meets calls with faults.
 *
 * Prints `{"api": …, "control": …}` when it listens. `POST control` sets the state (SlackState), or
 * sends an event over Socket Mode; `GET control` returns the journal.
 */

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { socketAddress, takeSockets } from "./fake-sockets.ts";
import type { Fault, SlackState } from "./fault.ts";
import { createSlackModel } from "./slack-model.ts";

const model = createSlackModel(() => Date.now());
let faults: { fault: Fault; left: number }[] = [];

const api = createServer(
  (request, response) => void answer(request, response).catch(() => undefined),
);
// A bot that keeps connections must not keep them to a Slack that is down.
api.keepAliveTimeout = 2_000;
const control = createServer((request, response) => void steer(request, response));
const sockets = takeSockets(api);
const port = await listen(api, 0);
const controlPort = await listen(control, 0);
process.stdout.write(
  `${JSON.stringify({ api: `http://127.0.0.1:${port}/api/`, control: `http://127.0.0.1:${controlPort}/` })}\n`,
);

async function listen(server: Server, on: number): Promise<number> {
  server.listen(on, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function steer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === "GET") return reply(response, 200, model.journal());
  const state = JSON.parse(await text(request)) as SlackState;
  await change(state);
  const ackMs = state.event === undefined ? undefined : await sockets.sendTwice(state.event);
  reply(response, 200, { ok: true, ackMs });
}

async function change(state: SlackState): Promise<void> {
  if (state.faults !== undefined) {
    faults = state.faults.map((fault) => ({
      fault,
      left: fault.times ?? Number.POSITIVE_INFINITY,
    }));
  }
  if (state.written !== undefined) model.write(state.written);
  model.historyLagMs = state.historyLagMs ?? model.historyLagMs;
  model.historyMost = state.historyMost ?? model.historyMost;
  if (state.isSocketCut === true) sockets.cut();
  if (state.isUp === false && api.listening) {
    api.close();
    api.closeAllConnections();
    sockets.cut();
  }
  if (state.isUp === true && !api.listening) await listen(api, port);
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, kind, name = ""] = new URL(request.url ?? "/", "http://slack").pathname.split("/");
  const body = await text(request);
  if (kind === "respond") {
    model.responded(name);
    return reply(response, 200, { ok: true });
  }
  if (name === "apps.connections.open") {
    return reply(response, 200, { ok: true, url: socketAddress(port) });
  }
  const fields = fieldsOf(body, request.headers["content-type"] ?? "");
  const call = { method: name, channel: fields["channel"] ?? "" };
  const note = (outcome: string): void => model.note({ ...call, at: Date.now(), outcome });
  const act = (): unknown => {
    const done = model.perform(name, fields);
    note(done["ok"] === true ? "done" : String(done["error"]));
    return done;
  };
  const fault = faultFor(call);
  if (fault !== undefined) {
    note(fault.kind);
    return meet(fault, request, response, act);
  }
  const waitS = model.limit(name, fields);
  if (waitS === 0) return reply(response, 200, act());
  note("rate-limited");
  tooFast(response, waitS);
}

function faultFor(call: { readonly method: string; readonly channel: string }): Fault | undefined {
  const met = faults.find(
    ({ fault, left }) =>
      left > 0 &&
      (fault.method ?? call.method) === call.method &&
      (fault.channel ?? call.channel) === call.channel &&
      Math.random() < (fault.chance ?? 1),
  );
  if (met !== undefined) met.left -= 1;
  return met?.fault;
}

async function meet(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  act: () => unknown,
): Promise<void> {
  switch (fault.kind) {
    case "rate-limited":
      return tooFast(response, fault.retryAfterS);
    case "status":
      if (fault.done) act();
      return reply(response, fault.status, "down for a moment");
    case "reset":
      if (fault.done) act();
      request.socket.destroy();
      return;
    case "late": {
      await sleep(fault.doneAfterMs);
      const done = act();
      await sleep(fault.afterMs - fault.doneAfterMs);
      return reply(response, 200, done);
    }
    case "slow":
      await sleep(fault.afterMs);
      return reply(response, 200, act());
    case "hang":
      return;
    case "error":
      return reply(response, 200, { ok: false, error: fault.error });
  }
}

function tooFast(response: ServerResponse, retryAfterS: number): void {
  response.setHeader("retry-after", String(retryAfterS));
  reply(response, 429, { ok: false, error: "ratelimited" });
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

/** Slack takes forms and JSON; nested values are JSON within a form. */
function fieldsOf(body: string, type: string): Record<string, string> {
  if (!type.includes("json")) return Object.fromEntries(new URLSearchParams(body));
  const parsed = JSON.parse(body) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
