/**
 * Slack's requests over the bot's own HTTP server, for Bolt.
 *
 * Bolt's own receiver takes times that lie ahead, takes a copied request again, ends the process for a
 * body of `null`, and leaves a request open that no listener acknowledges. Here every request has an
 * answer, whatever it holds and whatever the listeners do.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { AckFn, App, Receiver } from "@slack/bolt";
import type { Logger } from "pino";
import type { SlackAnswer, SlackListener } from "../http/slack-requests.ts";
import { seldom } from "../http/stranger-log.ts";
import { isCertificateCheck, readSlackRequest } from "./read-request.ts";
import { createVerifySignature, type SignedBody } from "./verify-signature.ts";

export interface HttpReceiverOptions {
  readonly signingSecret: () => string;
  readonly now: () => number;
  readonly log: Logger;
}

export interface HttpReceiver extends Receiver, SlackListener {}

/** Slack shows an error to the person after three seconds; what comes later nobody sees. */
const LONGEST_MS = 3_500;

const DONE: SlackAnswer = { status: 200 };

/** A receiver for Bolt; `signingSecret` is asked at each request, so that a changed one counts. */
export function createHttpReceiver({ signingSecret, now, log }: HttpReceiverOptions): HttpReceiver {
  const refusalOf = createVerifySignature(signingSecret, now);
  const stranger = seldom(now, (fields, message) => log.warn(fields, message));
  let app: App | undefined;

  async function handle(request: SignedBody): Promise<SlackAnswer> {
    const refusal = refusalOf(request);
    const contentType = request.headers["content-type"];
    if (refusal !== undefined) {
      if (isCertificateCheck(contentType, request.body)) return DONE;
      stranger({ reason: refusal }, "a request that should be Slack's was refused");
      return { status: 401 };
    }
    const read = readSlackRequest(contentType, request.body);
    switch (read.kind) {
      case "challenge":
        return jsonAnswer({ challenge: read.challenge });
      case "malformed":
        log.warn({ reason: read.reason }, "a request of Slack's could not be read");
        return jsonAnswer({ error: read.reason }, 400);
      case "event":
        return acknowledged(read.body, request);
    }
  }

  /** The answer that the listeners give, or the one that Slack gets without theirs. */
  async function acknowledged(
    body: Readonly<Record<string, unknown>>,
    { headers }: SignedBody,
  ): Promise<SlackAnswer> {
    const answer = Promise.withResolvers<SlackAnswer>();
    const ack: AckFn<unknown> = async (said) => answer.resolve(answerOf(said));
    const retryNum = Number(headers["x-slack-retry-num"]);
    const retryReason = headers["x-slack-retry-reason"];
    const work: Promise<void> | undefined = app?.processEvent({
      body: { ...body },
      ack,
      ...(Number.isInteger(retryNum) ? { retryNum } : {}),
      ...(typeof retryReason === "string" ? { retryReason } : {}),
    });
    void (work ?? Promise.resolve()).then(
      // Nobody listens to it: Slack need not send it again.
      () => answer.resolve(DONE),
      (error: unknown) => answer.resolve(failed(error)),
    );
    const tooLate = new AbortController();
    const late = sleep(LONGEST_MS, { status: 503 } as const, { signal: tooLate.signal });
    late.catch(() => undefined);
    const given = await Promise.race([answer.promise, late]);
    tooLate.abort();
    return given;
  }

  /** What listeners throw is logged elsewhere: a TypeError is Bolt's own, over a part of another kind. */
  function failed(error: unknown): SlackAnswer {
    if (error instanceof TypeError) {
      log.warn({ reason: error.message }, "a request of Slack's could not be read");
      return jsonAnswer({ error: "a part of it is of another kind than Slack's" }, 400);
    }
    log.error({ err: error }, "a request of Slack's failed");
    return { status: 500 };
  }

  return {
    handle,
    init(bolt) {
      app = bolt;
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
}

function answerOf(said: unknown): SlackAnswer {
  if (said === undefined || said === "") return DONE;
  if (typeof said === "string") return { status: 200, contentType: "text/plain", body: said };
  return jsonAnswer(said);
}

function jsonAnswer(value: unknown, status = 200): SlackAnswer {
  return { status, contentType: "application/json", body: JSON.stringify(value) };
}
