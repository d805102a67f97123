/** People who ask the bot while something is wrong: commands, and mentions that Slack repeats. */

import { setTimeout as sleep } from "node:timers/promises";
import { slackPost } from "../support/posts.ts";
import type { FakeSlack } from "./processes.ts";
import { QUIET_CHANNEL, sendSigned, WATCHED_CHANNEL } from "./signed-request.ts";

/** Something that a person asked, which must be answered once. */
export interface Asked {
  readonly kind: "command" | "mention" | "post";
  /** Of a command the id in its answer's address; of a mention its timestamp. */
  readonly id: string;
  /** Until Slack got an acknowledgement that it takes; undefined: never. */
  readonly ackMs: number | undefined;
  /** Asked so long ago, while the bot could not be reached, that its answer must say so. */
  readonly isOld?: boolean;
}

export interface People {
  readonly asked: readonly Asked[];
  /** Types a command every so often until the signal, at the replicas in turn. */
  type(everyMs: number, signal: AbortSignal): Promise<void>;
  /**
   * Mentions the bot. Slack loses acknowledgements, so that it sends this to each of the addresses, or,
   * over Socket Mode, to one connection after the other.
   */
  mention(words: string, agoMs?: number): Promise<void>;
  /** Writes a mention so long ago that never reaches the bot. */
  writeMention(words: string, agoMs: number): Promise<void>;
  /** Another app posts an alert into the watched channel, which never reaches the bot. */
  writePost(subject: string): Promise<void>;
}

/** docs.slack.dev, "Slash commands" and "Events API": an acknowledgement counts within this time. */
const ACK_MS = 3_000;

export interface PeopleOptions {
  readonly urls: readonly string[];
  readonly slack: FakeSlack;
  readonly mode: "http" | "socket";
}

export function createPeople({ urls, slack, mode }: PeopleOptions): People {
  const asked: Asked[] = [];
  let count = 0;
  const urlOf = (turn: number): string => urls[turn % urls.length] ?? "";
  const typeOnce = async (): Promise<void> => {
    const id = `typed-${count}`;
    const url = urlOf(count);
    count += 1;
    const form = new URLSearchParams({
      command: "/streamline",
      text: `search leader ${count}`,
      user_id: "U1",
      channel_id: QUIET_CHANNEL,
      trigger_id: "1.1",
      response_url: new URL(`/respond/${id}`, slack.api).href,
    });
    const took = await sendSigned(url, { form }).catch(() => undefined);
    asked.push({ kind: "command", id, ackMs: isInTime(took) ? took : undefined });
  };
  return {
    asked,
    async type(everyMs, signal) {
      const typed: Promise<void>[] = [];
      while (!signal.aborted) {
        typed.push(typeOnce());
        await sleep(everyMs, undefined, { signal }).catch(() => undefined);
      }
      await Promise.all(typed);
    },
    async mention(words, agoMs = 0) {
      const ts = tsOf(Date.now() - agoMs);
      const event = {
        type: "app_mention",
        user: "U1",
        channel: QUIET_CHANNEL,
        text: `<@UBOT> ${words}`,
        ts,
      };
      const json = { type: "event_callback", team_id: "T1", event_id: `Ev${ts}`, event };
      const acks =
        mode === "socket" ? [await slack.send(json)] : await Promise.all(urls.map(sendTo(json)));
      const ackMs = acks.find(isInTime);
      asked.push({ kind: "mention", id: ts, ackMs, isOld: agoMs >= OLD_MS });
    },
    async writeMention(words, agoMs) {
      const ts = tsOf(Date.now() - agoMs);
      const text = `<@UBOT> ${words}`;
      await slack.set({ written: { channel: QUIET_CHANNEL, ts, user: "U1", text } });
      asked.push({ kind: "mention", id: ts, ackMs: 0, isOld: agoMs >= OLD_MS });
    },
    async writePost(subject) {
      const ts = tsOf(Date.now());
      const { attachments } = slackPost(subject);
      const post = { channel: WATCHED_CHANNEL, ts, text: "", botId: "BALERTS", attachments };
      await slack.set({ written: post });
      asked.push({ kind: "post", id: ts, ackMs: 0 });
    },
  };
}

/** Sooner than this nobody wonders where the answer was. */
const OLD_MS = 60_000;

function tsOf(ms: number): string {
  return (ms / 1_000 + Math.random() / 1_000).toFixed(6);
}

function sendTo(json: object): (url: string) => Promise<number | undefined> {
  return (url) => sendSigned(url, { json }).catch(() => undefined);
}

function isInTime(ms: number | undefined): ms is number {
  return ms !== undefined && ms <= ACK_MS;
}
