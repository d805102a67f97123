/** The bot's Slack half with every command behind it, before a Slack that says yes to everything. */

import { createHash, createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { SlackAnswer } from "../../src/edges/http/slack-requests.ts";
import { letOthersRun } from "../../src/edges/let-others-run.ts";
import { createLog } from "../../src/edges/log.ts";
import { createSlackApp } from "../../src/edges/slack/slack-app.ts";
import { parseJson } from "../../src/exposition/parse-json.ts";
import type { Commands } from "../../src/features/commands/dispatch.ts";
import type { Interactions, SlackFlows } from "../../src/features/shared/interactions.ts";

const SECRET = "the-signing-secret-of-the-fuzzer";
const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

export interface SlackHalf {
  /** Sends a value as Slack would, signed; resolves when all that follows from it is done. */
  readonly send: (input: Buffer) => Promise<SlackAnswer>;
  /** What was logged as an error since it was last asked. */
  readonly errors: () => string;
  /** What has not come to its end, in words. */
  readonly waitsFor: () => string;
}

export interface FuzzedFlows extends Pick<Interactions, "clicks" | "options" | "submissions"> {
  readonly commands: Commands;
}

export async function startSlackHalf(
  t: Pick<TestContext, "after">,
  fuzzed: FuzzedFlows,
): Promise<SlackHalf> {
  const slackUrl = await startAgreeableSlack(t);
  const pending = new Map<Promise<unknown>, string>();
  let isAnswered = true;
  const log = createErrorLog();
  const callsUnderWay = watchCalls(t);
  const app = createSlackApp(
    { mode: "http", signingSecret: SECRET, botToken: "xoxb-fuzz", apiUrl: `${slackUrl}/api/` },
    log.log,
  );
  app.listen(flowsOf(fuzzed, pending));
  const { listener } = app;
  if (listener === undefined) throw new Error("HTTP mode has a listener");
  t.after(() => app.stop());
  const uniqueBody = createUniqueBodies();
  return {
    async send(input) {
      const { body: made, type } = asSlackSends(input, slackUrl);
      const body = uniqueBody(made, type);
      const headers = { "content-type": type, ...signatureOf(body) };
      const asked = { headers, body: Buffer.from(body) };
      // What Slack does for it is no part of the turn in which it is read.
      await letOthersRun();
      isAnswered = false;
      const answer = await listener.handle(asked);
      isAnswered = true;
      while (pending.size > 0 || callsUnderWay() > 0) {
        await Promise.allSettled(pending.keys());
        await turn();
      }
      return answer;
    },
    errors: log.take,
    waitsFor() {
      const calls = `${callsUnderWay()} calls of Slack`;
      return `: ${[...(isAnswered ? [] : ["the answer"]), ...pending.values(), calls].join(", ")}`;
    },
  };
}

/**
 * Calls of Slack that have no answer yet. Cases that did not wait for them would send faster than Slack
 * answers, until the oldest calls reach their time limit.
 */
function watchCalls(t: Pick<TestContext, "after">): () => number {
  const send = globalThis.fetch;
  let open = 0;
  globalThis.fetch = async (...request) => {
    open += 1;
    try {
      return await send(...request);
    } finally {
      open -= 1;
    }
  };
  t.after(() => {
    globalThis.fetch = send;
  });
  return () => open;
}

function signatureOf(body: string): Record<string, string> {
  const stamp = Math.floor(Date.now() / 1_000);
  const digest = createHmac("sha256", SECRET).update(`v0:${stamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": String(stamp), "x-slack-signature": `v0=${digest}` };
}

/**
 * A signature counts once, and the cases hold `{}` and the like oftener than the window for clocks has
 * seconds. So a body that comes again has something behind it that no reader sees: a pair of a form
 * without name and value, or a space.
 */
function createUniqueBodies(): (body: string, type: string) => string {
  const sent = new Set<string>();
  const times = new Map<string, number>();
  return (body, type) => {
    const filler = type === FORM ? "&" : " ";
    let count = times.get(digestOf(body)) ?? 0;
    let unique = body + filler.repeat(count);
    for (; sent.has(digestOf(unique)); unique += filler) count += 1;
    sent.add(digestOf(unique));
    times.set(digestOf(body), count + 1);
    return unique;
  };
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

/** Says that all is well, with what the bot reads of an answer. */
async function startAgreeableSlack(t: Pick<TestContext, "after">): Promise<string> {
  const answer = JSON.stringify({
    ok: true,
    ts: "1.2",
    view: { id: "V1", hash: "h" },
    user: { id: "U0ALICE", team_id: "T1" },
    channel: { id: "C0INCIDENTS", is_channel: true },
    members: [],
  });
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, { "content-type": JSON_TYPE }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function createErrorLog() {
  let errors = "";
  const write = (line: string): void => {
    errors += line;
  };
  const log = createLog("error", { write });
  const take = (): string => {
    const taken = errors;
    errors = "";
    return taken;
  };
  return { log, take };
}

type Table<Value, Result> = Readonly<Record<string, (value: Value) => Promise<Result>>>;

/** The flows as they are, each noted while it runs. */
function flowsOf(
  { commands, clicks, options, submissions }: FuzzedFlows,
  pending: Map<Promise<unknown>, string>,
) {
  const noted = <T>(what: string, running: Promise<T>): Promise<T> => {
    pending.set(running, what);
    void running.catch(() => undefined).finally(() => pending.delete(running));
    return running;
  };
  const each = <Value, Result>(table: Table<Value, Result>): Table<Value, Result> => {
    const all = Object.create(null) as Record<string, (value: Value) => Promise<Result>>;
    for (const [name, run] of Object.entries(table)) all[name] = (value) => noted(name, run(value));
    return all;
  };
  const flows: SlackFlows = {
    command: (text, person) => noted(`command ${text}`, commands.answer(text, person)),
    question: (asked, progress) =>
      noted(`question ${asked.text}`, commands.question(asked, progress)),
    answersBot: async () => false,
    prompts: async () => ({ title: "now", prompts: [{ title: "How?", message: "health" }] }),
    external: async () => undefined,
    home: async () => ({ callbackId: "home", title: "Home", blocks: [] }),
    previews: async () => [],
    card: async () => undefined,
    interactions: {
      clicks: each(clicks),
      options: each(options),
      submissions: Object.fromEntries(
        Object.entries(submissions).map(([name, run]) => [
          name,
          (submission) => {
            const result = run(submission);
            if (result.kind === "errors") return result;
            return { ...result, finish: () => noted(name, result.finish()) };
          },
        ]),
      ),
      shortcuts: {},
    },
  };
  return flows;
}

/** Events are JSON, all else is a form; answers go to our Slack, whatever the value says. */
function asSlackSends(input: Buffer, slackUrl: string): { body: string; type: string } {
  const text = input.toString("utf8");
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { body: text, type: JSON_TYPE };
  }
  const fields = new Map(Object.entries(value));
  if (fields.has("response_url")) fields.set("response_url", `${slackUrl}/response`);
  const sent = Object.fromEntries(fields);
  if (fields.has("event") || fields.has("challenge")) {
    return { body: JSON.stringify(sent), type: JSON_TYPE };
  }
  const isCommand = fields.has("command");
  const form = isCommand
    ? new URLSearchParams(
        [...fields].map(([name, each]): [string, string] => [
          name,
          typeof each === "string" ? each : JSON.stringify(each),
        ]),
      )
    : new URLSearchParams({ payload: JSON.stringify(sent) });
  return { body: form.toString(), type: FORM };
}
