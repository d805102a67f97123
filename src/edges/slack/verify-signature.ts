/**
 * Is a request Slack's own, and does it come for the first time?
 *
 * Slack signs the time and the raw body (docs.slack.dev, "Verifying requests from Slack"). A request
 * that somebody copied keeps its signature for as long as its time is near enough, so each signature
 * counts once. Slack signs what it repeats anew, so nothing of Slack's is refused by this.
 */

import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Clocks of both sides may differ, and a request may be under way, for as long as this. */
const WINDOW_S = 5 * 60;

/** Signatures of the last minutes; a workspace that sends more than this is no workspace. */
const REMEMBERED = 50_000;

export interface SignedBody {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Says why a request is not taken; undefined for Slack's own. */
export type VerifySignature = (request: SignedBody) => string | undefined;

/**
 * Gives the reason why a request is refused, and nothing for Slack's own. `secret` is asked at each
 * request; `now` is in milliseconds.
 */
export function createVerifySignature(secret: () => string, now: () => number): VerifySignature {
  /** By the second after which a signature is too old anyway, oldest first. */
  const seen = new Map<string, number>();

  function isReplay(signature: string, time: number, nowS: number): boolean {
    for (const [known, expires] of seen) {
      if (expires >= nowS && seen.size < REMEMBERED) break;
      seen.delete(known);
    }
    if (seen.has(signature)) return true;
    seen.set(signature, Math.max(time, nowS) + WINDOW_S);
    return false;
  }

  return ({ headers, body }) => {
    const stamp = headers["x-slack-request-timestamp"];
    const signature = headers["x-slack-signature"];
    if (typeof stamp !== "string" || !/^\d{1,12}$/.test(stamp)) return "it has no time";
    if (typeof signature !== "string" || !/^v0=[0-9a-f]{64}$/.test(signature)) {
      return "it has no signature of version v0";
    }
    const nowS = Math.floor(now() / 1_000);
    const time = Number(stamp);
    if (Math.abs(nowS - time) > WINDOW_S) {
      return `its time differs from ours by ${Math.abs(nowS - time)} s, more than ${WINDOW_S}`;
    }
    const hmac = createHmac("sha256", secret()).update(`v0:${stamp}:`).update(body);
    const own = Buffer.from(`v0=${hmac.digest("hex")}`);
    if (!timingSafeEqual(own, Buffer.from(signature))) return "its signature is not Slack's";
    return isReplay(signature, time, nowS) ? "it is a copy of an earlier request" : undefined;
  };
}
