/** Why an Alertmanager did not do what it was asked, in a sentence, and whether it may have done it. */

import { type Failure, failureText } from "../../diagnosis/reply.ts";
import { parseJson } from "../../exposition/parse-json.ts";
import type { AlertmanagerResult } from "../../features/silences/ports.ts";

/** Characters of what Alertmanager says about a request that it refuses. */
const REFUSAL = 300;

export interface MemberRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: string;
}

export type MemberResponse =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly chunks: readonly Uint8Array[];
    }
  | { readonly kind: "failed"; readonly failure: Failure };

export const CHECK_ADDRESS =
  "Check the address under sources[].members, or targets[].alertmanager, in the bot's configuration.";

/** The failure as a sentence for a person; `mayBeDone` where the request may have had its effect. */
export function failedRequest(
  address: string,
  asked: MemberRequest,
  answer: MemberResponse,
): Extract<AlertmanagerResult<never>, { kind: "failed" }> {
  if (answer.kind === "answered") {
    const problem = `Alertmanager at ${address} ${statusText(answer, asked)}`;
    const refused = refusedMatcher(answer);
    return {
      kind: "failed",
      problem,
      isTooLarge: false,
      mayBeDone: answer.status >= 500,
      ...(refused === undefined ? {} : { refusedMatcher: refused }),
    };
  }
  const { failure } = answer;
  const isTooLarge = failure.kind === "too-large";
  const advice = isTooLarge ? "" : ` ${adviceOf(failure)}`;
  return {
    kind: "failed",
    problem: `Alertmanager at ${address} ${failureText(failure)}.${advice}`,
    isTooLarge,
    mayBeDone: asked.method !== "GET" && !NEVER_SENT.has(failure.kind),
  };
}

/** Failures before the request was on its way. */
const NEVER_SENT = new Set(["refused", "unresolved", "unreachable", "tls"]);

function adviceOf({ kind }: Failure): string {
  if (kind === "timeout" || kind === "reset" || kind === "failed") {
    return "Try again in a moment. If it continues, check whether it is overloaded.";
  }
  const isDown = kind === "refused" || kind === "unreachable";
  return isDown ? `Check that it runs. ${CHECK_ADDRESS}` : CHECK_ADDRESS;
}

function statusText(
  { status, chunks }: Extract<MemberResponse, { kind: "answered" }>,
  asked: MemberRequest,
): string {
  const words = spoken(chunks);
  const reason = words === "" ? "" : `: ${words}`;
  if (status === 401 || status === 403) {
    return `needs other credentials (status ${status}). Set ALERTMANAGER_TOKEN, or ALERTMANAGER_USER and ALERTMANAGER_PASSWORD, in the bot's environment.`;
  }
  if (status >= 300 && status < 400) {
    return `leads elsewhere (status ${status}), and redirects are not followed. ${CHECK_ADDRESS}`;
  }
  if (status === 404) {
    return `does not know ${asked.method} ${requestPath(asked)} (status 404). ${CHECK_ADDRESS}`;
  }
  return status >= 500
    ? `failed (status ${status})${reason}`
    : `refused it (status ${status})${reason}`;
}

/** "silence invalid: invalid label matcher 1: invalid label name \"service.name\"" (silence.go). */
function refusedMatcher({ status, chunks }: Extract<MemberResponse, { kind: "answered" }>) {
  const place = /invalid label matcher (\d+): invalid label name/.exec(spoken(chunks))?.[1];
  return status === 400 && place !== undefined ? Number(place) : undefined;
}

/** The path as it is named in sentences: without a query, and cut. */
export function requestPath({ path }: MemberRequest): string {
  return `/api/v2${path.replace(/\?.*$/s, "")}`.slice(0, 100);
}

/** Bytes of an error that are read: its words, and no page of megabytes. */
const LONGEST_ERROR = 64 * 1024;

/** Errors come as a JSON text, or in an object with a message. */
function spoken(chunks: readonly Uint8Array[]): string {
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString("utf8", 0, LONGEST_ERROR);
  const json = parseJson(text);
  if (typeof json === "string") return json.slice(0, REFUSAL);
  const message: unknown =
    typeof json === "object" && json !== null ? Reflect.get(json, "message") : undefined;
  if (typeof message === "string") return message.slice(0, REFUSAL);
  // A page for browsers explains nothing here.
  return /^\s*</.test(text) ? "" : text.trim().slice(0, REFUSAL);
}
