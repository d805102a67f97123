/**
 * Answers ApiVersions and Metadata as the server does; enough for a Kafka client to connect, learn
 * the versions and fetch metadata (src/protocol/kafka/core_api.rs, src/protocol/handlers/core.rs).
 */
import { createHash } from "node:crypto";
import {
  createWireReader,
  createWireWriter,
  type WireReader,
  type WireWriter,
} from "./kafka-wire.ts";
import type { ApiKey } from "./requests.ts";
import type { Topic } from "./state.ts";

const METADATA = 3;
const API_VERSIONS = 18;
/** A newer request is answered in version 3 (src/protocol/handlers/core.rs:25). */
const API_VERSIONS_MAX = 3;
const UNKNOWN_TOPIC_OR_PARTITION = 3;
/** "Not asked for", in the fields of authorized operations. */
const NO_OPERATIONS = -2_147_483_648;

/** Key and highest version of each request; all begin at 0 (src/protocol/kafka/constants.rs). */
const SUPPORTED = parseVersions(`
  0:9 1:15 2:7 3:12 7:3 18:3 19:7 20:6 37:3 32:4 33:2 44:1 8:8 9:8 10:4 11:9 12:4 13:5
  14:5 15:5 16:4 42:2 17:2 36:2 29:3 30:3 31:3 22:5 24:4 25:3 26:3 28:3 27:1 60:1 23:4
  21:2 35:4 34:2 46:0 45:0 43:2 47:0 61:0 65:0 66:0 57:1 64:0 68:0 69:1 38:3 39:2 40:2
  41:3 48:1 49:1 50:0 51:0 55:1
`);

/** What the answers say about the server. */
export interface Broker {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly topics: readonly Topic[];
}

/** `unsupported` covers unreadable frames and requests that the simulation does not answer. */
export type KafkaAnswer =
  | { readonly kind: "answer"; readonly apiKey: ApiKey; readonly frame: Buffer }
  | { readonly kind: "unsupported"; readonly reason: string };

/** Answers one frame (without its length). */
export function answerKafka(frame: Buffer, broker: Broker): KafkaAnswer {
  try {
    const reader = createWireReader(frame);
    const [key, version, correlationId] = [reader.int16(), reader.int16(), reader.int32()];
    reader.nullableString();
    if (key === API_VERSIONS) return apiVersions(version, correlationId);
    if (key === METADATA && version >= 0 && version <= 12) {
      return metadata(reader, broker, { version, correlationId });
    }
    return { kind: "unsupported", reason: `Unknown API key: ${key}` };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: "unsupported", reason: `Failed to decode request: ${error.message}` };
  }
}

/** Its response header is never flexible: the client does not know the versions yet. */
function apiVersions(asked: number, correlationId: number): KafkaAnswer {
  const version = Math.max(0, Math.min(asked, API_VERSIONS_MAX));
  const flexible = version >= 3;
  const writer = createWireWriter().int32(correlationId).int16(0);
  writer.array(SUPPORTED, flexible, ({ key, max }) => {
    writer.int16(key).int16(0).int16(max).noTags(flexible);
  });
  if (version >= 1) writer.int32(0);
  return { kind: "answer", apiKey: "api_versions", frame: writer.noTags(flexible).frame() };
}

interface KafkaCall {
  readonly version: number;
  readonly correlationId: number;
}

function metadata(
  reader: WireReader,
  broker: Broker,
  { version, correlationId }: KafkaCall,
): KafkaAnswer {
  const flexible = version >= 9;
  if (flexible) reader.taggedFields();
  const names = readTopicNames(reader, version);
  const writer = createWireWriter().int32(correlationId).noTags(flexible);
  if (version >= 3) writer.int32(0);
  writeBroker(writer, broker, version);
  if (version >= 2) writer.string("streamline", flexible);
  if (version >= 1) writer.int32(broker.nodeId);
  const wanted = names ?? broker.topics.map(({ shape }) => shape.name);
  writer.array(wanted, flexible, (name) => writeTopic(writer, broker, { name, version }));
  if (version >= 8 && version <= 10) writer.int32(NO_OPERATIONS);
  return { kind: "answer", apiKey: "metadata", frame: writer.noTags(flexible).frame() };
}

/** The topics asked for; undefined means all, which is also what this server makes of none. */
function readTopicNames(reader: WireReader, version: number): string[] | undefined {
  const flexible = version >= 9;
  const length = reader.arrayLength(flexible);
  if (length <= 0) return undefined;
  const names: string[] = [];
  for (let index = 0; index < length; index += 1) {
    if (version >= 10) reader.skip(16);
    names.push(reader.string(flexible) ?? "");
    if (flexible) reader.taggedFields();
  }
  return names;
}

function writeBroker(writer: WireWriter, { nodeId, host, port }: Broker, version: number): void {
  const flexible = version >= 9;
  writer.array([nodeId], flexible, (id) => {
    writer.int32(id).string(host, flexible).int32(port);
    if (version >= 1) writer.string(null, flexible);
    writer.noTags(flexible);
  });
}

function writeTopic(
  writer: WireWriter,
  { nodeId, topics }: Broker,
  { name, version }: { name: string; version: number },
): void {
  const flexible = version >= 9;
  const topic = topics.find(({ shape }) => shape.name === name);
  writer.int16(topic === undefined ? UNKNOWN_TOPIC_OR_PARTITION : 0).string(name, flexible);
  if (version >= 10) writer.bytes(topicId(name));
  if (version >= 1) writer.int8(0);
  writer.array(topic?.partitions ?? [], flexible, ({ id }) => {
    writer.int16(0).int32(id).int32(nodeId);
    if (version >= 7) writer.int32(0);
    for (let list = 0; list < 2; list += 1) {
      writer.array([nodeId], flexible, (node) => void writer.int32(node));
    }
    if (version >= 5) writer.array([], flexible, () => {});
    writer.noTags(flexible);
  });
  if (version >= 8) writer.int32(NO_OPERATIONS);
  writer.noTags(flexible);
}

function parseVersions(table: string): { key: number; max: number }[] {
  return table
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [key, max] = entry.split(":");
      return { key: Number(key), max: Number(max) };
    });
}

/** A topic's id is a hash of its name, marked as a version 4 UUID, and the same every time. */
function topicId(name: string): Buffer {
  const id = createHash("sha256").update(name).digest().subarray(0, 16);
  id.writeUInt8((id.readUInt8(6) & 0x0f) | 0x40, 6);
  id.writeUInt8((id.readUInt8(8) & 0x3f) | 0x80, 8);
  return id;
}
