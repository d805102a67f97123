/**
 * Which protocol a port speaks that does not answer as it was asked: an address often leads to the port
 * beside, or says http:// where https:// is spoken. What comes then is a reset or nothing at all, which
 * looks like a server in trouble; so the port is asked in the other protocols, once in a while, and only
 * as long as it has never answered as it should.
 */

import { connect } from "node:tls";
import type {
  AskedProtocol,
  Failure,
  KafkaPoll,
  MetricsReply,
  Reply,
  SpokenProtocol,
} from "../../diagnosis/reply.ts";
import type { Target } from "../../diagnosis/target.ts";
import { createHttpGet } from "../http-client/http-get.ts";
import { type Address, httpAddress, kafkaAddress } from "./address.ts";
import { createKafkaProbe } from "./kafka-probe.ts";
import type { PortLimits } from "./port.ts";

/** A wrong address stays wrong: nobody waits for this, and a server is not asked so at each poll. */
const AGAIN_AFTER_MS = 5 * 60_000;

export interface PortProtocols {
  /** The reply, or the failure that says what is spoken at the HTTP address instead. */
  ofHttp<R extends Reply | MetricsReply>(target: Target, reply: R): Promise<R | Failure>;
  /** The same of the Kafka address. */
  ofKafka(target: Target, poll: KafkaPoll): Promise<KafkaPoll>;
}

interface Heard {
  readonly sinceMs: number;
  readonly spoken: Promise<SpokenProtocol | undefined>;
}

/** Remembers by address what was heard; `limitsOf` is for each connection that is made. */
export function createPortProtocols(limitsOf: (target: Target) => PortLimits): PortProtocols {
  const right = new Set<string>();
  const heard = new Map<string, Heard>();

  function spokenAt(key: string, ask: () => Promise<SpokenProtocol | undefined>) {
    const known = heard.get(key);
    if (known !== undefined && performance.now() - known.sinceMs < AGAIN_AFTER_MS) {
      return known.spoken;
    }
    const spoken = ask();
    heard.set(key, { sinceMs: performance.now(), spoken });
    return spoken;
  }

  return {
    async ofHttp(target, reply) {
      const key = target.http;
      if (isHttpAnswer(reply)) right.add(key);
      const asked = target.http.startsWith("https:") ? "https" : "http";
      if (right.has(key) || !mayBeOtherProtocol(asked, reply)) return reply;
      const spoken = await spokenAt(key, () =>
        protocolOf(asked, httpAddress(target), limitsOf(target)),
      );
      return spoken === undefined ? reply : otherProtocol(reply.ms, asked, spoken);
    },
    async ofKafka(target, poll) {
      const key = target.kafka;
      const { api } = poll;
      if (api.kind === "answered") right.add(key);
      const asked = target.kafkaTls === undefined ? "kafka" : "kafka-tls";
      if (right.has(key) || api.kind === "not-kafka" || !mayBeOtherProtocol(asked, api))
        return poll;
      const spoken = await spokenAt(key, () =>
        protocolOf(asked, kafkaAddress(target), limitsOf(target)),
      );
      return spoken === undefined ? poll : { ...poll, api: otherProtocol(api.ms, asked, spoken) };
    },
  };
}

/** 400 is what many a TLS port says to plain HTTP. */
const BAD_REQUEST = 400;

function isHttpAnswer(reply: Reply | MetricsReply): boolean {
  return reply.kind === "answered" && reply.status !== BAD_REQUEST;
}

/** Whether another protocol may be spoken there; a certificate that is not trusted proves TLS. */
export function mayBeOtherProtocol(
  asked: AskedProtocol,
  reply: Failure | { readonly kind: "answered"; readonly status?: number },
): boolean {
  if (reply.kind === "answered") return reply.status === BAD_REQUEST;
  if (reply.kind === "reset" || reply.kind === "not-http") return true;
  // Without a handshake a connection in TLS does not count as made.
  if (reply.kind === "timeout") return reply.connected || asked === "https";
  if (reply.kind !== "tls") return false;
  return /^(?:EPROTO|ERR_SSL_)/.test(reply.detail) && !reply.detail.includes("ALERT");
}

function otherProtocol(ms: number, asked: AskedProtocol, speaks: SpokenProtocol): Failure {
  return { kind: "other-protocol", ms, asked, speaks };
}

type Ask = (address: Address, limits: PortLimits) => Promise<SpokenProtocol | undefined>;

/** What to try where the right answer did not come, at once. */
const ASKS: Readonly<Record<AskedProtocol, readonly Ask[]>> = {
  http: [inTls, inKafka],
  https: [inHttp, inKafka],
  kafka: [inTls, inHttp],
  "kafka-tls": [inKafka, inHttp],
};

/**
 * What is spoken at an address other than what was asked, as soon as it is known; undefined where nothing
 * that is known is spoken there within the time limit.
 */
export function protocolOf(
  asked: AskedProtocol,
  address: Address,
  limits: PortLimits,
): Promise<SpokenProtocol | undefined> {
  const own: SpokenProtocol = asked === "http" || asked === "kafka" ? asked : "tls";
  const enough = new AbortController();
  const signals = [enough.signal, ...(limits.signal === undefined ? [] : [limits.signal])];
  const within = { ...limits, signal: AbortSignal.any(signals) };
  return new Promise((resolve) => {
    const end = (spoken: SpokenProtocol | undefined): void => {
      resolve(spoken);
      enough.abort();
    };
    const all = ASKS[asked].map(async (ask) => {
      const spoken = await ask(address, within);
      if (spoken !== undefined && spoken !== own) end(spoken);
    });
    void Promise.allSettled(all).then(() => end(undefined));
  });
}

/** A handshake, or an alert that only TLS sends (RFC 8446, section 6). */
function inTls(address: Address, limits: PortLimits): Promise<SpokenProtocol | undefined> {
  return new Promise((resolve) => {
    // Whom it belongs to is no question here: nothing is sent after the handshake.
    const socket = connect({ ...address, rejectUnauthorized: false });
    const end = (spoken: SpokenProtocol | undefined): void => {
      clearTimeout(timer);
      limits.signal?.removeEventListener("abort", give);
      socket.destroy();
      resolve(spoken);
    };
    const give = (): void => end(undefined);
    const timer = setTimeout(give, limits.timeoutMs);
    limits.signal?.addEventListener("abort", give);
    socket.once("secureConnect", () => end("tls"));
    socket.on("error", (error: NodeJS.ErrnoException) =>
      end(/ALERT|UNRECOGNIZED_NAME/.test(error.code ?? "") ? "tls" : undefined),
    );
    socket.once("close", give);
  });
}

async function inHttp(
  { host, port }: Address,
  { timeoutMs, signal }: PortLimits,
): Promise<SpokenProtocol | undefined> {
  const name = host.includes(":") ? `[${host}]` : host;
  const get = createHttpGet({ http: `http://${name}:${port}`, timeoutMs });
  signal?.addEventListener("abort", () => void get.close());
  try {
    const reply = await get.get("/health", {
      limitBytes: 64 * 1024,
      onHead: () => () => undefined,
    });
    const isHttp = reply.kind === "answered" && reply.status !== BAD_REQUEST;
    return isHttp || reply.kind === "too-large" ? "http" : undefined;
  } finally {
    await get.close();
  }
}

async function inKafka(address: Address, limits: PortLimits): Promise<SpokenProtocol | undefined> {
  const probe = createKafkaProbe(() => performance.now());
  try {
    const { api } = await probe.poll("", address, limits);
    if (api.kind === "answered") return "kafka";
    return api.kind === "other-protocol" ? api.speaks : undefined;
  } finally {
    probe.close();
  }
}
