// takes: 15 s
/** A recording of a live server says, played again, what was said of the server itself. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { evidenceOf } from "../../../src/diagnosis/checks/evidence-of-history.ts";
import { playRecording } from "../../../src/edges/recording/play-recording.ts";
import { readRecordWords, record } from "../../../src/edges/recording/record.ts";

const SECRET = "password=hunter2";

const BODIES: Readonly<Record<string, object | string>> = {
  "/health": { status: "healthy", checks: [{ name: "storage", status: "ok" }], token: SECRET },
  "/health/ready": { status: "ready", components: { storage: "ready" } },
  "/info": { version: "0.2.0", data_dir: `/data/${SECRET}`, topics: 1, uptime_seconds: 900 },
  "/metrics":
    'streamline_topics_total 1\nstreamline_records_total{topic="orders",partition="0"} 42\n',
  "/api/v1/consumer-groups": [
    { group_id: "billing", state: "Stable", member_count: 1, host: SECRET },
  ],
  "/api/v1/consumer-groups/billing/lag": {
    partitions: [{ topic: "orders", partition: 0, current_offset: 40, log_end_offset: 42, lag: 2 }],
  },
  "/api/v1/logs": {
    entries: [
      { id: 1, level: "WARN", message: `Client said ${SECRET}` },
      { id: 2, level: "ERROR", message: "Failed to append batch", fields: { error: SECRET } },
    ],
    latest_id: 2,
  },
};

/** Further series of /metrics. */
let more = "";

/** Called with each path that is asked for. */
let onRequest: (path: string) => void = () => undefined;

const server = createServer((request, response) => {
  onRequest(request.url ?? "");
  const body = BODIES[request.url?.split("?")[0] ?? ""];
  response.statusCode = body === undefined ? 404 : 200;
  response.end(typeof body === "string" ? body + more : JSON.stringify(body ?? { error: SECRET }));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
after(() => server.close());

function recorded(...words: readonly string[]): Promise<string> {
  return recordedUntil(new AbortController().signal, ...words);
}

async function recordedUntil(signal: AbortSignal, ...words: readonly string[]): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), "record-")), "out.jsonl.gz");
  const target = `http://127.0.0.1:${port}`;
  const settings = readRecordWords([
    "--target",
    target,
    "--out",
    file,
    "--kafka",
    "127.0.0.1:1",
    ...words,
  ]);
  assert.ok(typeof settings === "object");
  await record(settings, signal);
  return file;
}

test("what is recorded plays again into the same samples", async () => {
  // Until a third poll begins, so that two are whole however long each took.
  const third = new AbortController();
  let begun = 0;
  onRequest = (path) => {
    if (path === "/metrics" && ++begun === 3) third.abort();
  };
  const file = await recordedUntil(third.signal, "--every", "1s", "--for", "10m");
  const seen: unknown[] = [];
  const { polls, problems } = await playRecording(file, {
    phases: 1,
    before: (timeMs, [history]) => {
      if (timeMs !== Number.POSITIVE_INFINITY || history === undefined) return;
      const evidence = evidenceOf(history);
      const { lastMs = 0 } = evidence;
      for (const name of ["group_lag", "streamline_records_total", "server_uptime_seconds"]) {
        seen.push(evidence.at(`last_over_time(${name}[1m])`, lastMs).map(({ value }) => value));
      }
    },
  });
  assert.ok(polls === 2 || polls === 3, `${polls} polls`);
  assert.deepEqual(problems, { broken: 0, isCut: false });
  assert.deepEqual(seen, [[2], [42], [900]]);
});

test("only what the bot reads is kept: no secret of a log, a path or a field leaves", async () => {
  const text = gunzipSync(readFileSync(await recorded("--for", "1ms"))).toString("utf8");
  assert.doesNotMatch(text, /hunter2/);
  assert.match(text, /Failed to append batch/);
});

test("the file ends before it grows beyond its size, and only its owner reads it", async () => {
  const file = await recorded("--every", "1s", "--for", "1h", "--most", "0.0001");
  assert.ok(statSync(file).size < 4_096);
  assert.equal(statSync(file).mode & 0o077, 0);
});

test("of what would be too large for the file nothing is written, however large one poll is", async () => {
  const noise = Array.from({ length: 20_000 }, (_, index) => `other_${(index * 7_919) % 104_729}`);
  more = `${noise.join(" 1\n")} 1\n`;
  const most = 20_000;
  const file = await recorded("--every", "1s", "--for", "1h", "--most", String(most / 1024 ** 2));
  more = "";
  assert.ok(statSync(file).size <= most);
});

test("a /metrics of many megabytes plays again as it was read", async () => {
  const series = Array.from(
    { length: 45_000 },
    (_, index) => `{of="${index}${"x".repeat(200)}"} 1`,
  );
  more = `other_total${series.join("\nother_total")}\n`;
  const file = await recorded("--for", "1ms");
  more = "";
  let total = 0;
  await playRecording(file, {
    phases: 1,
    before: (timeMs, [history]) => {
      if (timeMs !== Number.POSITIVE_INFINITY || history === undefined) return;
      const evidence = evidenceOf(history);
      total = evidence.at("sum(streamline_records_total)", evidence.lastMs ?? 0)[0]?.value ?? 0;
    },
  });
  assert.equal(total, 42);
});

test("a recording that is there already is never written over", async () => {
  const file = await recorded("--for", "1ms");
  const before = readFileSync(file);
  const words = ["--target", `http://127.0.0.1:${port}`, "--out", file];
  assert.match(JSON.stringify(readRecordWords(words)), /is there already/);
  const settings = readRecordWords([...words.slice(0, 3), `${file}.new`]);
  assert.ok(typeof settings === "object");
  await assert.rejects(record({ ...settings, file }, new AbortController().signal), /EEXIST/);
  assert.deepEqual(readFileSync(file), before);
});

test("an option that there is not is told, too", () => {
  assert.match(JSON.stringify(readRecordWords(["--tagret", "http://x:9094"])), /--tagret/);
});

const wrong: [words: string[], says: RegExp][] = [
  [["--out", "x"], /--target is missing/],
  [["--target", "ftp://x", "--out", "x"], /--target ftp:\/\/x begins with ftp/],
  [["--target", "http://x:9094"], /--out is missing/],
  [["--target", "http://x:9094", "--out", "x", "--every", "soon"], /--every is "soon"/],
  [["--target", "http://x:9094", "--out", "x", "--most=none"], /--most is "none"/],
];

for (const [words, says] of wrong) {
  test(`${words.join(" ")} is told what is wrong with it`, () => {
    const read = readRecordWords(words);
    assert.ok(typeof read === "string");
    assert.match(read, says);
  });
}
