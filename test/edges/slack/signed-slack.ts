/** The bot's Slack half behind its own HTTP server, and a Slack that signs what it sends. */

import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { paragraph } from "../../../src/block-kit/blocks.ts";
import type { Message } from "../../../src/block-kit/message.ts";
import type { EventKeeping } from "../../../src/edges/slack/event-keeping.ts";
import { createSlackApp, type SlackApp } from "../../../src/edges/slack/slack-app.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import {
  createChannelPositions,
  createEventInbox,
} from "../../../src/edges/store/slack-event-store.ts";
import { guardInteractions } from "../../../src/features/commands/guard-interactions.ts";
import type {
  ChannelPositions,
  EventInbox,
} from "../../../src/features/missed-events/event-inbox.ts";
import type {
  ExternalPost,
  Person,
  Progress,
  Reaction,
  SlackFlows,
} from "../../../src/features/shared/interactions.ts";
import { type LocalSlack, startLocalSlack } from "../../../src/sandbox/slack/local-slack.ts";
import { captureLog } from "../captured-log.ts";
import { type Answer, send, startServer } from "../http/bot-server.ts";

export const SECRET = "the-signing-secret-of-this-test";

export interface Signed {
  /** Seconds since 1970; by default now. */
  readonly timestamp?: number;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Asked {
  readonly text: string;
  readonly user: string;
  readonly channel: string;
}

export interface SignedSlack {
  readonly app: SlackApp;
  readonly keeping: EventKeeping;
  readonly inbox: EventInbox;
  readonly positions: ChannelPositions;
  /** Where the bot takes Slack's requests. */
  readonly url: string;
  readonly slack: LocalSlack;
  readonly asked: Asked[];
  readonly shown: string[];
  readonly external: ExternalPost[];
  readonly logged: () => string;
  /** Sends a body as Slack does, signed. */
  readonly request: (body: string, type: string, signed?: Signed) => Promise<Answer>;
  readonly command: (text: string, responseUrl?: string) => Promise<Answer>;
  readonly event: (event: object, id?: string) => Promise<Answer>;
  readonly action: (action: object, responseUrl: string, place?: object) => Promise<Answer>;
  /** What a person does with a form, a menu or a shortcut. */
  readonly payload: (payload: object) => Promise<Answer>;
}

/** Of this person nobody ever learns what they may. */
export const UNDECIDED = "U0UNDECIDED";
const never = Promise.withResolvers<undefined>().promise;

export const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

/** Answers by default with what was asked; `answer` may take its time or fail. */
export async function startSignedSlack(
  t: TestContext,
  answer: (text: string) => Promise<Message> = async (text) => ({
    text: `answer to ${text}`,
    blocks: [paragraph(`answer to ${text}`)],
  }),
): Promise<SignedSlack> {
  const slack = await startLocalSlack({
    signingSecret: SECRET,
    botToken: "xoxb-signed",
    clock: () => new Date(),
  });
  t.after(() => slack.close());
  const asked: Asked[] = [];
  const shown: string[] = [];
  const external: ExternalPost[] = [];
  const ask = (text: string, person: Person): Promise<Message> => {
    asked.push({ text, ...person });
    return answer(text);
  };
  const command = async (text: string, person: Person): Promise<Reaction> => ({
    kind: "message",
    message: await ask(text, person),
  });
  const flows: SlackFlows = {
    command,
    question: ({ text, person }, progress) => {
      if (text.startsWith("slowly")) workSlowly(progress);
      return ask(text, person);
    },
    answersBot: async () => false,
    prompts: async () => ({ title: "now", prompts: [{ title: "How?", message: "health" }] }),
    external: async (post) => {
      external.push(post);
    },
    home: async (user) => ({
      callbackId: "home",
      title: "Home",
      blocks: [paragraph(`the home of ${user}`)],
    }),
    previews: async () => [],
    card: async () => undefined,
    interactions: guardInteractions(
      [
        {
          clicks: {
            run_command: { right: "read", run: ({ value, person }) => command(value, person) },
            show_section: {
              right: "read",
              run: async ({ value }) => {
                shown.push(value);
                return { kind: "message", message: { text: `section ${value}`, blocks: [] } };
              },
            },
          },
          submissions: {
            send_form: {
              right: "read",
              run: () => ({
                kind: "later",
                meanwhile: { callbackId: "send_form", title: "Form", blocks: [] },
                finish: async () => ({ callbackId: "send_form", title: "Form", blocks: [] }),
              }),
            },
          },
          options: {
            find_word: { right: "read", run: async () => [{ label: "a word", value: "word" }] },
          },
          shortcuts: { look_up: { right: "read", run: async () => ({ kind: "nothing" }) } },
        },
      ],
      { refusal: ({ user }) => (user === UNDECIDED ? never : Promise.resolve(undefined)) },
      { refusal: async () => undefined },
    ),
  };
  const { log, text: logged } = captureLog();
  const config = { mode: "http", signingSecret: SECRET, botToken: "xoxb-signed" } as const;
  const app = createSlackApp({ ...config, apiUrl: slack.apiUrl }, log);
  app.listen(flows);
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" });
  const inbox = createEventInbox(database);
  const positions = createChannelPositions(database);
  const openPosts = async () => [];
  const keeping = app.keep({ inbox, positions, watched: ["C0INCIDENTS"], openPosts });
  if (app.listener === undefined) throw new Error("HTTP mode has a listener");
  const server = await startServer(t, { slack: app.listener });
  t.after(async () => {
    await app.stop();
    await keeping.stop();
    await database.close();
  });

  const url = `${server.url}/slack/events`;
  const request: SignedSlack["request"] = (body, type, signed = {}) =>
    send(url, {
      headers: { "content-type": type, ...signatureOf(body, signed), ...signed.headers },
      body,
    });
  const sendPayload = (payload: object) =>
    request(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), FORM);
  return {
    app,
    keeping,
    inbox,
    positions,
    url,
    slack,
    asked,
    shown,
    external,
    logged: () => logged() + server.text(),
    request,
    command: (text, responseUrl = "http://127.0.0.1:1/none") =>
      request(
        new URLSearchParams({
          command: "/streamline",
          text,
          user_id: "U0ALICE",
          channel_id: "C0INCIDENTS",
          team_id: "T1",
          api_app_id: "A1",
          trigger_id: "1.2",
          response_url: responseUrl,
        }).toString(),
        FORM,
      ),
    event: (event, id = crypto.randomUUID()) =>
      request(
        JSON.stringify({
          type: "event_callback",
          team_id: "T1",
          api_app_id: "A1",
          event_id: id,
          event_time: 1,
          event,
        }),
        JSON_TYPE,
      ),
    action: (action, responseUrl, place = {}) => {
      const payload = {
        type: "block_actions",
        team: { id: "T1" },
        user: { id: "U0ALICE", team_id: "T1" },
        channel: { id: "C0INCIDENTS", name: "incidents" },
        api_app_id: "A1",
        trigger_id: "1.2",
        response_url: responseUrl,
        actions: [action],
        ...place,
      };
      return sendPayload(payload);
    },
    payload: sendPayload,
  };
}

function workSlowly(progress: Progress | undefined): void {
  progress?.status("is checking orders…");
  progress?.step({ id: "poll", title: "Poll orders", state: "in_progress" });
  progress?.step({ id: "poll", title: "Poll orders", state: "complete", output: "2 polls" });
}

/**
 * Slack signs what it repeats at another time; here each a second before the one before it. Counted
 * from the first, since a count taken off the clock gives the same second twice when the clock ticks
 * between two.
 */
const signedAt = new Map<string, number>();

function freshTime(body: string): number {
  const before = signedAt.get(body);
  const time = before === undefined ? Math.floor(Date.now() / 1000) : before - 1;
  signedAt.set(body, time);
  return time;
}

/** docs.slack.dev, "Verifying requests from Slack". */
export function signatureOf(
  body: string,
  { timestamp = freshTime(body), secret = SECRET }: Signed,
): Record<string, string> {
  const digest = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": String(timestamp), "x-slack-signature": `v0=${digest}` };
}

export interface ResponseUrl {
  readonly url: string;
  /** Bodies in the order in which they came. */
  readonly bodies: Record<string, unknown>[];
  /** Resolves once so many have come. */
  readonly received: (count: number) => Promise<void>;
}

/** Where answers to commands go; the first `refusals` of them are refused. */
export async function startResponseUrl(t: TestContext, refusals = 0): Promise<ResponseUrl> {
  const bodies: Record<string, unknown>[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  const take = async (incoming: IncomingMessage): Promise<boolean> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    bodies.push(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
    return bodies.length > refusals;
  };
  const server = createServer((incoming, response) => {
    void take(incoming).then((isTaken) => {
      response.writeHead(isTaken ? 200 : 400).end(isTaken ? "ok" : "invalid_blocks");
      for (const { count, resolve } of waiting) if (bodies.length >= count) resolve();
      waiting = waiting.filter(({ count }) => bodies.length < count);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    bodies,
    received: (count) =>
      bodies.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ count, resolve })),
  };
}
