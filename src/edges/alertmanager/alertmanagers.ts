/**
 * Alertmanager's API v2: what fires, and the silences. Several targets may share one Alertmanager.
 *
 * Whatever an Alertmanager does becomes a sentence that names its address; credentials never stand in
 * them.
 */

import { matcherText, type Silence } from "../../alerts/silence.ts";
import { addressOfMember } from "../../alerts/source.ts";
import type { Credentials } from "../../config/config.ts";
import type { AlertmanagerResult, Alertmanagers } from "../../features/silences/ports.ts";
import { type BoundedClient, createBoundedClient } from "../http-client/bounded-request.ts";
import type { AnswerReader } from "../http-client/long-json.ts";
import {
  CHECK_ADDRESS,
  failedRequest,
  type MemberRequest,
  type MemberResponse,
  requestPath,
} from "./asking-failures.ts";
import { createMemberApi, type MemberApi } from "./member-api.ts";
import { createMemberClocks } from "./member-clocks.ts";
import { mapAnswer, silenceBody, WIRE } from "./wire.ts";

/** What a request to one address carries. */
export interface Access {
  /** Without it requests carry no credentials. */
  readonly auth?: Credentials;
  /** Of a tenant: `X-Scope-OrgID` and the like. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AlertmanagersOptions {
  readonly access?: (address: string) => Access;
  readonly timeoutMs?: number;
  readonly limitBytes?: number;
  readonly now?: () => number;
}

/** People wait for it, and an Alertmanager that takes longer is in trouble itself. */
const TIMEOUT_MS = 5_000;
/** Some 15,000 alerts. */
const LIMIT_BYTES = 16 * 1024 ** 2;

/**
 * One client for all addresses. A request fails with a sentence, never with an exception; `close` ends
 * what is under way.
 */
export function createAlertmanagers(
  options: AlertmanagersOptions = {},
): Alertmanagers & { readonly members: MemberApi; close(): Promise<void> } {
  const { timeoutMs = TIMEOUT_MS, limitBytes = LIMIT_BYTES, access = noAccess } = options;
  const clients = new Map<string, BoundedClient>();
  const clocks = createMemberClocks(options.now ?? Date.now);

  const send = async (address: string, asked: MemberRequest): Promise<MemberResponse> => {
    const client = clients.get(address) ?? createBoundedClient({ timeoutMs });
    clients.set(address, client);
    const chunks: Uint8Array[] = [];
    const { method, path, body } = asked;
    const { auth, headers: own } = access(address);
    const headers = { ...own, ...authorizationOf(auth) };
    const result = await client.request(new URL(`${addressOfMember(address)}/api/v2${path}`), {
      method,
      ...(body === undefined ? {} : { body }),
      headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
      limitBytes,
      onHead: () => (chunk) => void chunks.push(chunk),
    });
    if (result.kind !== "answered") return { kind: "failed", failure: result };
    clocks.learn(address, result.headers["date"]);
    return { kind: "answered", status: result.status, chunks };
  };
  const ask = async <T>(
    address: string,
    asked: MemberRequest,
    read: AnswerReader<T>,
  ): Promise<AlertmanagerResult<T>> =>
    replyOf(address, asked, { answer: await send(address, asked), read });

  const byOurClock = (address: string, { startsAt, endsAt, ...rest }: Silence): Silence => ({
    ...rest,
    startsAt: clocks.toOurs(address, startsAt),
    endsAt: clocks.toOurs(address, endsAt),
  });
  const silence: Alertmanagers["silence"] = async (address, id) => {
    const asked: MemberRequest = { method: "GET", path: `/silence/${encodeURIComponent(id)}` };
    const answer = await send(address, asked);
    // 400 and 422 are for what is no id at all, so that there is no such silence either.
    const isNone = answer.kind === "answered" && [400, 404, 422].includes(answer.status);
    if (isNone) return { kind: "answered", value: undefined };
    const reply = await replyOf(address, asked, { answer, read: WIRE.silence });
    return mapAnswer(reply, (value) => byOurClock(address, value));
  };
  const silences: Alertmanagers["silences"] = async (address) => {
    const reply = await ask(address, { method: "GET", path: "/silences" }, WIRE.silences);
    return mapAnswer(reply, (value) => value.map((each) => byOurClock(address, each)));
  };
  return {
    alerts(address, matchers) {
      const filters = new URLSearchParams(
        matchers.map((each): [string, string] => ["filter", matcherText(each)]),
      );
      const query = matchers.length === 0 ? "" : `?${filters.toString()}`;
      return ask(address, { method: "GET", path: `/alerts${query}` }, WIRE.alerts);
    },
    silences,
    members: createMemberApi({
      ask: (address, path, read) => ask(address, { method: "GET", path }, read),
      silences,
      clocks,
    }),
    silence,
    make(address, { startsAt, endsAt, ...made }) {
      const body = silenceBody({
        ...made,
        startsAt: clocks.toTheirs(address, startsAt),
        endsAt: clocks.toTheirs(address, endsAt),
      });
      return ask(address, { method: "POST", path: "/silences", body }, WIRE.made);
    },
    async end(address, id) {
      const asked: MemberRequest = { method: "DELETE", path: `/silence/${encodeURIComponent(id)}` };
      const answer = await send(address, asked);
      if (answer.kind === "answered" && answer.status === 200) return ENDED;
      // Alertmanager answers 500 for one that has ended, and a lost answer may have been a good one.
      const now = await silence(address, id);
      const isOver =
        now.kind === "answered" && (now.value === undefined || now.value.state === "expired");
      return isOver ? ENDED : failedRequest(address, asked, answer);
    },
    async close() {
      await Promise.all([...clients.values()].map((each) => each.close()));
    },
  };
}

function noAccess(): Access {
  return {};
}

const ENDED = { kind: "answered", value: "ended" } as const;

/** The header that proves who asks, if anything does. */
export function authorizationOf(auth: Credentials | undefined): Readonly<Record<string, string>> {
  if (auth === undefined) return {};
  if (auth.kind === "bearer") return { authorization: `Bearer ${auth.token}` };
  const pair = Buffer.from(`${auth.user}:${auth.password}`, "utf8").toString("base64");
  return { authorization: `Basic ${pair}` };
}

interface AnswerReading<T> {
  readonly answer: MemberResponse;
  readonly read: AnswerReader<T>;
}

async function replyOf<T>(
  address: string,
  asked: MemberRequest,
  { answer, read }: AnswerReading<T>,
): Promise<AlertmanagerResult<T>> {
  if (answer.kind !== "answered" || answer.status !== 200)
    return failedRequest(address, asked, answer);
  const value = await read(answer.chunks);
  if (value !== undefined) return { kind: "answered", value };
  return {
    kind: "failed",
    problem: `What answers at ${address} is not an Alertmanager with API v2: ${asked.method} ${requestPath(asked)} gave something else. ${CHECK_ADDRESS}`,
    isTooLarge: false,
    mayBeDone: asked.method !== "GET",
  };
}
