/** Requests as Slack signs them. */

import { createHmac } from "node:crypto";

export const SIGNING_SECRET = "chaos-signing-secret";
/** Where people ask, beside the channel of the storm. */
export const QUIET_CHANNEL = "CQUIET";
/** Where other apps post their alerts. */
export const WATCHED_CHANNEL = "CWATCHED";

export type SlackRequest =
  | { readonly form: URLSearchParams }
  /** An event. */
  | { readonly json: object };

/** Sends it to a bot; the milliseconds until its acknowledgement. Throws without one. */
export async function sendSigned(url: string, request: SlackRequest): Promise<number> {
  const isForm = "form" in request;
  const body = isForm ? request.form.toString() : JSON.stringify(request.json);
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac("sha256", SIGNING_SECRET)
    .update(`v0:${timestamp}:${body}`)
    .digest("hex");
  const beganAt = performance.now();
  const answer = await fetch(`${url}/slack/events`, {
    method: "POST",
    headers: {
      "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${digest}`,
    },
    body,
  });
  await answer.text();
  if (!answer.ok) throw new Error(`answered with HTTP ${answer.status}`);
  return performance.now() - beganAt;
}
