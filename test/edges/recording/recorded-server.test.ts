/** A recorded server answers what it answered then, to questions it was asked in other steps. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { RECORDED_TARGET } from "../../../src/edges/recording/play-recording.ts";
import { readRecording } from "../../../src/edges/recording/read-recording.ts";
import { createPollReader, type RecordedPoll } from "../../../src/edges/recording/recorded-poll.ts";
import { createRecordedServer } from "../../../src/edges/recording/recorded-server.ts";

const KAFKA = { connect: "ok", connectMs: 1, apiVersions: "ok", apiMs: 2 };
const PORT = { connect: "ok", ms: 1 };

function pollsOf(...lines: readonly object[]): RecordedPoll[] {
  const read = createPollReader();
  return lines.flatMap((line, n) => {
    const poll = read(
      JSON.stringify({ t: 1_000 + n * 5_000, kafka: KAFKA, httpPort: PORT, ...line }),
    );
    return poll === undefined ? [] : [poll];
  });
}

function logLine(after: number, ...entries: readonly [id: number, level: string][]): object {
  const body = JSON.stringify({
    entries: entries.map(([id, level]) => ({ id, level, message: `m${id}` })),
  });
  return { http: { [`/api/v1/logs?level=INFO&after=${after}`]: { status: 200, ms: 1, body } } };
}

async function bodyAt(polls: readonly RecordedPoll[], path: string): Promise<string> {
  const server = createRecordedServer();
  for (const poll of polls) server.show(poll);
  const reply = await server.client.get(RECORDED_TARGET, path);
  return reply.kind === "answered" ? reply.body : reply.kind;
}

test("a body that did not change is that of the last line that had one", async () => {
  const polls = pollsOf(
    { http: { "/info": { status: 200, ms: 1, body: "first" } } },
    { http: { "/info": { status: 200, ms: 1, same: true } } },
  );
  assert.equal(await bodyAt(polls, "/info"), "first");
});

test("a path that was not asked in this poll is answered as it last was, a failed one fails", async () => {
  const polls = pollsOf(
    {
      http: { "/health": { status: 200, ms: 1, body: "ok" }, "/info": { status: 200, body: "up" } },
    },
    { http: { "/info": { error: "timeout", ms: 2_000 } } },
  );
  assert.equal(await bodyAt(polls, "/health"), "ok");
  assert.equal(await bodyAt(polls, "/info"), "timeout");
});

test("the log answers from a ring that begins again with a new process", async () => {
  const first = [logLine(0, [1, "INFO"], [2, "WARN"]), logLine(2, [3, "ERROR"])];
  const idsAt = async (lines: readonly object[], path: string): Promise<number[]> => {
    const { entries } = JSON.parse(await bodyAt(pollsOf(...lines), path));
    return entries.map(({ id }: { id: number }) => id);
  };
  const warnings = "/api/v1/logs?level=WARN&limit=10&after=";
  assert.deepEqual(await idsAt(first, `${warnings}0`), [2, 3]);
  assert.deepEqual(await idsAt(first, `${warnings}2`), [3]);
  assert.deepEqual(await idsAt([...first, logLine(0, [1, "WARN"])], `${warnings}0`), [1]);
});

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const outcomes: [kafka: object, port: string, api: string][] = [
  [{ connect: "refused", connectMs: 1, apiVersions: null }, "refused", "refused"],
  [{ ...KAFKA, apiVersions: "timeout" }, "open", "timeout"],
  [{ ...KAFKA, apiVersions: "closed" }, "open", "reset"],
  [{ ...KAFKA, apiVersions: "garbage" }, "open", "not-kafka"],
  [{ connect: "ENETDOWN", connectMs: 1, apiVersions: null }, "failed", "failed"],
];

for (const [kafka, port, api] of outcomes) {
  test(`a Kafka port that was ${JSON.stringify(kafka)} is ${port}, its request ${api}`, () => {
    const [poll] = pollsOf({ kafka, http: {} });
    assert.deepEqual([poll?.kafka.port.kind, poll?.kafka.api.kind], [port, api]);
  });
}

test("a file that was cut in the middle gives the polls before the cut, and says so", async () => {
  const whole = gunzipSync(readFileSync("test/fixtures/recordings/control-idle-empty.jsonl.gz"));
  const packed = gzipSync(whole);
  const file = join(mkdtempSync(join(tmpdir(), "recording-")), "cut.jsonl.gz");
  writeFileSync(file, packed.subarray(0, Math.floor(packed.length / 2)));
  const problems = { broken: 0, isCut: false };
  const polls = await allOf(readRecording(file, problems));
  assert.ok(polls.length > 0 && polls.length < whole.toString("utf8").split("\n").length);
  assert.equal(problems.isCut, true);
});

test("lines that are not polls are counted and cost no other line", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "recording-")), "odd.jsonl");
  const good = JSON.stringify({ t: 1, kafka: KAFKA, httpPort: PORT, http: {} });
  writeFileSync(file, ["{", good, '{"t":"never"}', good, ""].join("\n"));
  const problems = { broken: 0, isCut: false };
  const polls = await allOf(readRecording(file, problems));
  assert.deepEqual([polls.length, problems.broken], [2, 2]);
});
