import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { test } from "node:test";
import { Admin } from "@platformatic/kafka";
import { createWireReader, createWireWriter } from "../../../src/sandbox/streamline/kafka-wire.ts";
import { startForTest } from "./simulated.ts";

test("a Kafka client connects, learns the versions and fetches metadata", async (t) => {
  const { server } = await startForTest(t);
  const admin = new Admin({ clientId: "test", bootstrapBrokers: [server.kafka], retries: 0 });
  t.after(() => admin.close());
  const metadata = await admin.metadata({ topics: ["orders", "emails"] });
  const [host, port] = server.kafka.split(":");
  assert.deepEqual(
    [...metadata.brokers.values()].map((broker) => [broker.host, broker.port]),
    [[host, Number(port)]],
  );
  assert.equal(metadata.topics.get("orders")?.partitions.length, 6);
  assert.equal(metadata.topics.get("emails")?.partitions[0]?.leader, 1);
  assert.equal(server.requests.kafka.get("metadata"), 1);
  assert.equal(server.requests.kafka.get("api_versions"), 1);
});

test("a Kafka client is told when a topic does not exist", async (t) => {
  const { server } = await startForTest(t);
  const admin = new Admin({ clientId: "test", bootstrapBrokers: [server.kafka], retries: 0 });
  t.after(() => admin.close());
  await assert.rejects(admin.metadata({ topics: ["no-such-topic"] }));
});

test("ApiVersions is answered in every version, in version 3 when a newer one is asked", async (t) => {
  const { server } = await startForTest(t);
  const socket = await open(server.kafka);
  t.after(() => socket.destroy());
  for (const version of [0, 1, 2, 3, 4, 9]) {
    const request = createWireWriter()
      .int16(18)
      .int16(version)
      .int32(70 + version);
    request.string("probe", false).noTags(version >= 3);
    if (version >= 3) request.string("lib", true).string("1", true).noTags(true);
    const reader = createWireReader(await exchange(socket, request.frame()));
    assert.equal(reader.int32(), 70 + version);
    assert.equal(reader.int16(), 0);
    const flexible = version >= 3;
    const keys = new Map<number, number>();
    for (let left = reader.arrayLength(flexible); left > 0; left -= 1) {
      const key = reader.int16();
      assert.equal(reader.int16(), 0);
      keys.set(key, reader.int16());
      if (flexible) reader.taggedFields();
    }
    assert.equal(keys.get(3), 12);
    assert.equal(keys.get(18), 3);
    if (version >= 1) assert.equal(reader.int32(), 0);
    if (flexible) reader.taggedFields();
    assertAtEnd(reader);
  }
});

test("Metadata is answered in every version that the server announces", async (t) => {
  const { server } = await startForTest(t);
  const socket = await open(server.kafka);
  t.after(() => socket.destroy());
  for (let version = 0; version <= 12; version += 1) {
    const answer = await exchange(socket, metadataRequest(version, ["emails"]));
    const topics = readMetadata(answer, version);
    assert.deepEqual(topics, [{ error: 0, name: "emails", partitions: 1 }], `version ${version}`);
  }
});

test("Metadata without topics names all of them", async (t) => {
  const { server } = await startForTest(t);
  const socket = await open(server.kafka);
  t.after(() => socket.destroy());
  const topics = readMetadata(await exchange(socket, metadataRequest(12, null)), 12);
  assert.deepEqual(
    topics.map(({ name }) => name),
    ["orders", "payments", "clicks", "inventory", "emails", "audit"],
  );
});

test("two requests in one packet and one request in many are answered in order", async (t) => {
  const { server } = await startForTest(t);
  const socket = await open(server.kafka);
  t.after(() => socket.destroy());
  const one = metadataRequest(1, ["emails"]);
  const first = exchange(socket, Buffer.concat([one, one.subarray(0, 7)]));
  assert.equal(readMetadata(await first, 1).length, 1);
  assert.equal(readMetadata(await exchange(socket, one.subarray(7)), 1).length, 1);
});

test("a request over 1 MiB gets neither an answer nor an end, and the log says why", async (t) => {
  const { server, json, sum } = await startForTest(t);
  const received = await sum("streamline_bytes_received_total");
  const socket = await open(server.kafka);
  t.after(() => socket.destroy());
  const external: string[] = [];
  for (const event of ["data", "end", "close"]) socket.on(event, () => external.push(event));
  const header = Buffer.alloc(4);
  header.writeUInt32BE(1_048_577);
  socket.write(Buffer.concat([header, metadataRequest(1, ["emails"])]));
  const logged = () => json("/api/v1/logs?limit=50").then((lines) => JSON.stringify(lines));
  let logs = await logged();
  while (!logs.includes("Message too large")) logs = await logged();
  // Another client, who comes later, is answered; what the first one gets would be there by then.
  const behind = await open(server.kafka);
  t.after(() => behind.destroy());
  await exchange(behind, metadataRequest(1, ["emails"]));
  assert.deepEqual(external, []);
  assert.match(
    logs,
    /"message":"Message too large","fields":\{"peer":"Some\(127\.0\.0\.1:\d+\)","size":"1048577","max":"1048576"/,
  );
  assert.ok((await sum("streamline_bytes_received_total")) >= received + 1_048_581);
});

test("a frame that is not a request ends the connection and is logged", async (t) => {
  const { server, json } = await startForTest(t);
  const bodies = [
    Buffer.alloc(0),
    Buffer.from([0]),
    Buffer.alloc(12, 0xff),
    metadataRequest(9, ["x"]).subarray(4, 20),
  ];
  for (const body of bodies) {
    const socket = await open(server.kafka);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    socket.write(Buffer.concat([length, body]));
    await once(socket, "close");
  }
  assert.match(JSON.stringify(await json("/api/v1/logs?level=WARN")), /Request processing failed/);
});

test("real clients count in the connection metrics, also when they have left: none is freed", async (t) => {
  const { server, sum, wait } = await startForTest(t);
  const before = await sum("streamline_connections_active");
  const sockets = await Promise.all([open(server.kafka), open(server.kafka)]);
  wait(2);
  assert.equal(await sum("streamline_connections_active"), before + 2);
  for (const socket of sockets) {
    socket.destroy();
    await once(socket, "close");
  }
  // The server hears of the end a moment after the client.
  while (server.model.state.realConnections > 0) await new Promise(setImmediate);
  wait(2);
  assert.equal(await sum("streamline_connections_active"), before + 2);
});

async function open(address: string): Promise<Socket> {
  const [host = "", port = ""] = address.split(":");
  const socket = connect(Number(port), host);
  await once(socket, "connect");
  return socket;
}

/** Sends bytes and returns the next whole frame, without its length. */
async function exchange(socket: Socket, bytes: Buffer): Promise<Buffer> {
  socket.write(bytes);
  let received = Buffer.alloc(0);
  while (received.length < 4 || received.length < 4 + received.readUInt32BE(0)) {
    const [chunk] = await once(socket, "data");
    received = Buffer.concat([received, chunk]);
  }
  return received.subarray(4);
}

function metadataRequest(version: number, topics: readonly string[] | null): Buffer {
  const flexible = version >= 9;
  const writer = createWireWriter().int16(3).int16(version).int32(5).string("probe", false);
  writer.noTags(flexible);
  if (topics === null) writer.bytes(flexible ? Buffer.of(0) : Buffer.from([255, 255, 255, 255]));
  else {
    writer.array(topics, flexible, (name) => {
      if (version >= 10) writer.bytes(Buffer.alloc(16));
      writer.string(name, flexible).noTags(flexible);
    });
  }
  if (version >= 4) writer.int8(0);
  if (version >= 8 && version <= 10) writer.int8(0);
  if (version >= 8) writer.int8(0);
  return writer.noTags(flexible).frame();
}

/** Reads a whole Metadata answer, so that a field too many or too few fails. */
function readMetadata(frame: Buffer, version: number) {
  const flexible = version >= 9;
  const reader = createWireReader(frame);
  const list = <Item>(read: () => Item): Item[] =>
    Array.from({ length: reader.arrayLength(flexible) }, () => {
      const item = read();
      return item;
    });
  const tags = () => flexible && reader.taggedFields();
  assert.equal(reader.int32(), 5);
  tags();
  if (version >= 3) reader.int32();
  list(() => {
    reader.int32();
    reader.string(flexible);
    reader.int32();
    if (version >= 1) reader.string(flexible);
    tags();
  });
  if (version >= 2) assert.equal(reader.string(flexible), "streamline");
  if (version >= 1) reader.int32();
  const topics = list(() => {
    const error = reader.int16();
    const name = reader.string(flexible);
    if (version >= 10) reader.skip(16);
    if (version >= 1) reader.boolean();
    const partitions = list(() => {
      reader.int16();
      reader.skip(version >= 7 ? 12 : 8);
      const nodes = [list(() => reader.int32()), list(() => reader.int32())];
      assert.deepEqual(nodes, [[1], [1]]);
      if (version >= 5) list(() => reader.int32());
      tags();
    }).length;
    if (version >= 8) reader.int32();
    tags();
    return { error, name, partitions };
  });
  if (version >= 8 && version <= 10) reader.int32();
  tags();
  assertAtEnd(reader);
  return topics;
}

function assertAtEnd(reader: { skip(bytes: number): void }): void {
  assert.throws(() => reader.skip(1), RangeError, "nothing is left of the frame");
}
