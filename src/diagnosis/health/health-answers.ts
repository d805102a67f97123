/**
 * What a server says on /health, /health/ready and /info, named once.
 *
 * Shapes: streamline-facts 1.2. Another service on the port may answer anything, so whatever is
 * not of that shape is `foreign`, with the reason.
 */

import { z } from "zod";
import { parseJson } from "../../exposition/parse-json.ts";
import type { Answered, Reply } from "../reply.ts";

export interface HealthCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly message?: string;
}

/** Something answered that is not Streamline; `why` ends the sentence "/health …". */
export interface Foreign {
  readonly kind: "foreign";
  readonly why: string;
}

export type HealthAnswer = { readonly kind: "health"; readonly checks: readonly HealthCheck[] };
export type ReadyAnswer = { readonly kind: "ready"; readonly ready: boolean };

export interface InfoAnswer {
  readonly kind: "info";
  readonly version: string;
  readonly dataDir: string;
  readonly topics: number;
  readonly uptimeSeconds: number;
}

const healthSchema = z.object({
  status: z.enum(["healthy", "unhealthy"]),
  checks: z
    .array(
      z.object({
        name: z.string(),
        status: z.enum(["ok", "failed"]),
        message: z.string().optional(),
      }),
    )
    .min(1),
});

const readySchema = z.object({
  status: z.enum(["ready", "not_ready"]),
  components: z.record(z.string(), z.string()),
});

const infoSchema = z.object({
  version: z.string(),
  data_dir: z.string(),
  topics: z.number(),
  uptime_seconds: z.number(),
});

/** /health answers 200 when all checks pass and 503 otherwise; the status in the body agrees. */
export function parseHealth(answer: Answered): HealthAnswer | Foreign {
  const parsed = parsed200or503(answer, healthSchema);
  if ("why" in parsed) return parsed;
  const checks = parsed.value.checks.map(
    ({ name, status, message }): HealthCheck => ({
      name,
      ok: status === "ok",
      ...(message === undefined ? {} : { message }),
    }),
  );
  const passes = answer.status === 200;
  const agree = passes === (parsed.value.status === "healthy") && passes === checks.every(isOk);
  return agree
    ? { kind: "health", checks }
    : foreign(`answers ${answer.status}, which contradicts its own checks`);
}

/** /health/ready answers 200 or 503 on the same checks as /health. */
export function parseReady(answer: Answered): ReadyAnswer | Foreign {
  const parsed = parsed200or503(answer, readySchema);
  if ("why" in parsed) return parsed;
  const ready = parsed.value.status === "ready";
  return ready === (answer.status === 200)
    ? { kind: "ready", ready }
    : foreign(`answers ${answer.status}, which contradicts its own status`);
}

/** /info always answers 200. */
export function parseInfo(answer: Answered): InfoAnswer | Foreign {
  if (answer.status !== 200) return foreign(unexpectedStatus(answer));
  const parsed = parsedJson(answer, infoSchema);
  if ("why" in parsed) return parsed;
  const { version, data_dir: dataDir, topics, uptime_seconds: uptimeSeconds } = parsed.value;
  return { kind: "info", version, dataDir, topics, uptimeSeconds };
}

/** The header that every answer of a Streamline server carries (streamline-facts 1.1). */
export function versionHeader(reply: Reply): string | undefined {
  return reply.kind === "answered" ? reply.headers["x-streamline-version"] : undefined;
}

type Parsed<T> = { readonly value: T } | Foreign;

function parsed200or503<T>(answer: Answered, schema: z.ZodType<T>): Parsed<T> {
  return answer.status === 200 || answer.status === 503
    ? parsedJson(answer, schema)
    : foreign(unexpectedStatus(answer));
}

function parsedJson<T>(answer: Answered, schema: z.ZodType<T>): Parsed<T> {
  const encoding = answer.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") {
    return foreign(`answers compressed (${encoding}), which was not asked for and is not unpacked`);
  }
  const json = parseJson(answer.body);
  if (json === undefined)
    return foreign(`answers ${answer.status} with something that is not JSON`);
  const parsed = schema.safeParse(json);
  return parsed.success
    ? { value: parsed.data }
    : foreign(`answers ${answer.status} with JSON that is not Streamline's`);
}

function unexpectedStatus(answer: Answered): string {
  const location = answer.headers["location"]?.slice(0, 200);
  return answer.status >= 300 && answer.status < 400 && location !== undefined
    ? `redirects (${answer.status}) to ${location}, which is not followed`
    : `answers ${answer.status}`;
}

function foreign(why: string): Foreign {
  return { kind: "foreign", why };
}

function isOk(check: HealthCheck): boolean {
  return check.ok;
}
