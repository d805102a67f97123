/** The panel's side of the API: faults of the simulated server, and alerts sent to the bot. */

import type { FastifyInstance, FastifyReply } from "fastify";
import { parseJson } from "../../exposition/parse-json.ts";
import type { AlertChange, FaultChange, SandboxControls } from "./controls.ts";
import { isJson, type Json, text } from "./json.ts";

/** Adds the panel's routes to the server. What `controls` refuses is answered with 400 and its reason. */
export function registerControlRoutes(server: FastifyInstance, controls: SandboxControls): void {
  server.get("/sandbox/faults", () => ({ faults: controls.faults() }));
  server.post("/sandbox/faults/:id", (request, reply) =>
    attempt(reply, async () => {
      await controls.setFault(text(request.params, "id"), faultChange(bodyOf(request.body)));
      return { faults: controls.faults() };
    }),
  );
  server.get("/sandbox/alerts", () => ({ alerts: controls.alerts() }));
  server.post("/sandbox/alerts/:name", (request, reply) =>
    attempt(reply, async () => {
      await controls.fireAlert(text(request.params, "name"), alertChange(bodyOf(request.body)));
      return { alerts: controls.alerts() };
    }),
  );
}

async function attempt(reply: FastifyReply, change: () => Promise<object>): Promise<object> {
  try {
    return await change();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return reply.code(400).send({ kind: "failed", reason });
  }
}

function faultChange(body: Json): FaultChange {
  const on = body["on"] === true;
  const magnitude = body["magnitude"];
  if (magnitude === "mild" || magnitude === "severe") return { on, magnitude };
  return typeof magnitude === "number" ? { on, magnitude } : { on };
}

function alertChange(body: Json): AlertChange {
  const labels = body["labels"];
  return {
    status: text(body, "status") === "resolved" ? "resolved" : "firing",
    ...(isJson(labels)
      ? {
          labels: Object.fromEntries(Object.keys(labels).map((name) => [name, text(labels, name)])),
        }
      : {}),
  };
}

function bodyOf(body: unknown): Json {
  const parsed = Buffer.isBuffer(body) ? parseJson(body.toString()) : undefined;
  return isJson(parsed) ? parsed : {};
}
