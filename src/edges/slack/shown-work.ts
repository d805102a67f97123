/**
 * What a person sees while an answer is worked out: a status, steps as they are done, and the answer in
 * the same message.
 *
 *   status      assistant.threads.setStatus
 *   first step  chat.startStream  -> a message that grows
 *   next steps  chat.appendStream
 *   answer      chat.stopStream, with the answer's blocks
 *
 * All of it is a nicety that Slack may refuse: an app without the agent's tab or scope, a workspace
 * without it, a limit. Nothing here throws, and whoever asked gets the answer as a plain message then.
 */

import type { AnyChunk, TaskUpdateChunk } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { fit } from "../../block-kit/fit.ts";
import type { Message } from "../../block-kit/message.ts";
import { cut } from "../../block-kit/text.ts";
import type { Progress, ProgressStep } from "../../features/shared/interactions.ts";

export interface Work {
  readonly progress: Progress;
  /** Makes the message that grew the answer; false when the answer must be posted instead. */
  finish(message: Message): Promise<boolean>;
  /** Takes the status away. */
  end(): void;
}

interface Place {
  readonly channel: string;
  readonly threadTs: string;
}

/** An answer that is there waits no longer than this for what only shows the way to it. */
const LONGEST_WAIT_MS = 3_000;

const LONGEST_TITLE = 200;

/** Shows the first status at once; the work ends with an answer, or with nothing. */
export function startWork(client: WebClient, log: Logger, place: Place): Work {
  const stream = createStream(client, log, place);
  const { channel, threadTs } = place;
  // One after the other, so that the last one sending is the one that stays.
  let sending: Promise<unknown> = Promise.resolve();
  const status = (words: string): void => {
    const request = { channel_id: channel, thread_ts: threadTs, status: words };
    sending = sending
      .then(() => client.assistant.threads.setStatus(request))
      .catch((error: unknown) => log.debug({ err: error }, "no status could be shown"));
  };
  status("is reading…");
  return {
    progress: { status, step: (step) => stream.add(chunkOf(step)) },
    finish: (message) => stream.finish(message),
    end: () => status(""),
  };
}

function chunkOf({ id, title, state, output }: ProgressStep): TaskUpdateChunk {
  return {
    type: "task_update",
    id,
    title: cut(title, LONGEST_TITLE),
    status: state,
    ...(output === undefined ? {} : { output: cut(output, LONGEST_TITLE) }),
  };
}

interface Stream {
  add(chunk: AnyChunk): void;
  finish(message: Message): Promise<boolean>;
}

/** One call at a time; what comes meanwhile goes with the next one, at the latest with the answer. */
function createStream(client: WebClient, log: Logger, { channel, threadTs }: Place): Stream {
  let ts: string | undefined;
  let waiting: AnyChunk[] = [];
  let sending: Promise<void> | undefined;
  let isRefused = false;
  let isOver = false;
  const refused = (error: unknown): void => {
    isRefused = true;
    log.debug({ err: error }, "an answer could not be streamed");
  };
  const take = (): AnyChunk[] => {
    const chunks = waiting;
    waiting = [];
    return chunks;
  };
  const stop = async (message?: Message): Promise<void> => {
    if (ts === undefined) return;
    const chunks = message === undefined ? [] : take();
    await client.chat.stopStream({
      channel,
      ts,
      ...(chunks.length === 0 ? {} : { chunks }),
      ...(message === undefined ? {} : { blocks: [...fit(message).blocks] }),
    });
  };
  const send = async (): Promise<void> => {
    while (waiting.length > 0 && !isRefused && !isOver) {
      const chunks = take();
      if (ts === undefined) {
        const begin = { channel, thread_ts: threadTs, task_display_mode: "plan", chunks };
        ({ ts } = await client.chat.startStream(begin));
      } else {
        await client.chat.appendStream({ channel, ts, chunks });
      }
    }
    // It began too late to become the answer, which was posted meanwhile.
    if (isOver) await stop();
  };
  return {
    add(chunk) {
      if (isRefused || isOver) return;
      waiting.push(chunk);
      sending ??= send()
        .catch(refused)
        .finally(() => {
          sending = undefined;
        });
    },
    async finish(message) {
      const isIdle = await settled(sending);
      isOver = true;
      if (!isIdle || ts === undefined) return false;
      // What grew cannot show a message of words alone.
      const isShown = !isRefused && message.blocks.length > 0;
      if (isShown && (await succeeded(stop(message), refused))) return true;
      await succeeded(stop(), refused);
      return false;
    },
  };
}

async function succeeded(call: Promise<void>, failed: (error: unknown) => void): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    failed(error);
    return false;
  }
}

/** Whether it settled in time. */
async function settled(sending: Promise<void> | undefined): Promise<boolean> {
  if (sending === undefined) return true;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), LONGEST_WAIT_MS);
  void sending.finally(() => resolve(true));
  const isSettled = await promise;
  clearTimeout(timer);
  return isSettled;
}
