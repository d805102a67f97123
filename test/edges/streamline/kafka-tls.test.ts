/** The Kafka request to ports that speak TLS, rightly or wrongly configured. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createServer, type TlsOptions } from "node:tls";
import { failureText } from "../../../src/diagnosis/reply.ts";
import type { KafkaTls } from "../../../src/diagnosis/target.ts";
import { probeKafka } from "./kafka-probes.ts";
import { apiVersionsAnswer, kafkaServer, tcpServer } from "./servers.ts";

const FOLDER = "test/fixtures/tls";
const at = (name: string): string => join(FOLDER, name);
const CA = at("ca.pem");

async function startTlsKafka(t: TestContext, name = "broker", more: TlsOptions = {}) {
  const server = createServer(
    { cert: readFileSync(at(`${name}.pem`)), key: readFileSync(at(`${name}.key`)), ...more },
    (socket) => {
      socket.on("error", () => undefined);
      socket.on("data", (request: Buffer) => {
        socket.write(apiVersionsAnswer(request.readInt32BE(8)));
      });
    },
  );
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

function probe(port: number, tls?: KafkaTls) {
  const limits = { timeoutMs: 5_000, ...(tls === undefined ? {} : { tls }) };
  return probeKafka({ host: "127.0.0.1", port }, limits);
}

test("a port that speaks TLS answers when its authority is trusted", async (t) => {
  const { port, api } = await probe(await startTlsKafka(t), { ca: CA });
  assert.deepEqual([port.kind, api.kind], ["open", "answered"]);
});

test("an authority that nobody trusts is a failure in TLS, with the port open", async (t) => {
  const { port, api } = await probe(await startTlsKafka(t), {});
  assert.equal(port.kind, "open");
  assert.equal(api.kind, "tls");
  assert.match(api.detail, /UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED/);
});

test("a certificate of another name is refused, unless that name is expected", async (t) => {
  const port = await startTlsKafka(t, "elsewhere");
  const { api } = await probe(port, { ca: CA });
  assert.equal(api.kind, "tls");
  assert.equal(api.detail, "ERR_TLS_CERT_ALTNAME_INVALID");
  const named = await probe(port, { ca: CA, serverName: "elsewhere.test" });
  assert.equal(named.api.kind, "answered");
});

test("a server that asks for a client's certificate gets the bot's", async (t) => {
  const ca = readFileSync(CA);
  const asking = { requestCert: true, rejectUnauthorized: true, ca };
  const port = await startTlsKafka(t, "broker", asking);
  const without = await probe(port, { ca: CA });
  assert.notEqual(without.api.kind, "answered");
  const own = await probe(port, { ca: CA, cert: at("bot.pem"), key: at("bot.key") });
  assert.equal(own.api.kind, "answered");
});

test("a certificate file that is not there is named", async (t) => {
  const { api } = await probe(await startTlsKafka(t), { ca: "/nowhere/ca.pem" });
  assert.equal(api.kind, "tls");
  assert.equal(api.detail, "/nowhere/ca.pem cannot be read");
});

test("plain Kafka to a port that answers with a TLS alert is told what to configure", async (t) => {
  // RFC 8446, section 6: alert, version 1.2, two bytes: fatal, unexpected_message.
  const alert = Buffer.from("1503030002020a", "hex");
  const server = await tcpServer((socket) => socket.once("data", () => socket.end(alert)));
  t.after(() => server.stop());
  const { api } = await probe(server.port);
  assert.equal(api.kind, "other-protocol");
  assert.match(failureText(api), /speaks TLS: set kafkaTls/);
});

test("TLS to a plain port is a failure in TLS", async (t) => {
  const server = await kafkaServer();
  t.after(() => server.stop());
  const { api } = await probe(server.port, { ca: CA });
  assert.notEqual(api.kind, "answered");
});
