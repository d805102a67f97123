/** Files that whoever runs the bot writes, or that the bot itself wrote: never an exception, always a reason. */

import assert from "node:assert/strict";
import { parseConfig } from "../../../src/config/parse-config.ts";
import { historyOf } from "../../../src/diagnosis/checks/evidence-of-history.ts";
import { readReplay, writeReplay } from "../../../src/diagnosis/replay/replay.ts";
import { readRules } from "../../../src/diagnosis/rules/read-rules.ts";
import { RECORDED_TARGET } from "../../../src/edges/recording/play-recording.ts";
import { createPollReader } from "../../../src/edges/recording/recorded-poll.ts";
import { createRecordedServer } from "../../../src/edges/recording/recorded-server.ts";
import { SAMPLER_DEFAULTS } from "../../../src/edges/streamline/sampler.ts";
import { createSnapshotPoll } from "../../../src/edges/streamline/snapshot-poll.ts";
import { createHistory } from "../../../src/history/history.ts";
import { seedsOf } from "../corpus.ts";
import type { Fuzzer } from "../fuzzer.ts";

/** The operator's own files, read once, before anything is served. */
const AT_START_MS = 10_000;
const LONGEST_YAML = 16_384;

export const rulesFuzzer: Fuzzer = {
  name: "rules",
  seeds: seedsOf("rules"),
  words: [
    ..."groups: name: rules: alert: record: expr: for: labels: severity: 5m 0 1d2h".split(" "),
    ..."&a *a <<: | > --- ... ? : ' \" \\ {{ }} up rate(x[5m])".split(" "),
    "\n  ",
    "\n- ",
    "\n---\n",
    "\t",
  ],
  longest: LONGEST_YAML,
  mayTakeMs: AT_START_MS,
  open: async () => ({
    feed(input) {
      const { rules, problems } = readRules("own.rules.yml", input.toString("utf8"));
      for (const problem of problems) assert.match(problem, /^own\.rules\.yml(?: line \d+)?: ./);
      for (const { forMs } of rules) assert.ok(forMs >= 0);
    },
  }),
};

export const configFuzzer: Fuzzer = {
  name: "configuration",
  seeds: seedsOf("config"),
  words: [
    ..."targets: routes: permissions: sources: name: http: kafka: channel: matchers:".split(" "),
    ...'http://u:p@h:1 file:///x 99999999s 1PiB C0INCIDENTS severity=~"(" &a *a <<:'.split(" "),
    "\n  ",
    "\n- ",
    "[]",
    "{}",
    "null",
  ],
  longest: LONGEST_YAML,
  mayTakeMs: AT_START_MS,
  open: async () => ({
    feed(input) {
      const yaml = input.toString("utf8");
      const read = parseConfig({ env: { SLACK_BOT_TOKEN: "xoxb-of-the-fuzzer" }, yaml });
      if (!read.ok) for (const { message } of read.problems) assert.notEqual(message, "");
    },
  }),
};

const REPLAY_START_MS = 1_700_000_000_000;

export const replayFuzzer: Fuzzer = {
  name: "replays",
  seeds: [replayText()],
  words: [
    "streamline-replay 1",
    "\t",
    "=9",
    "~9",
    "+1",
    "-1",
    "#NaN",
    "#1e308",
    "#-0",
    "=99999999999",
  ],
  open: async () => ({
    feed(input) {
      const read = readReplay(input.toString("utf8"));
      if (read.kind === "unreadable") assert.notEqual(read.reason, "");
      else historyOf(read.replay.snapshots).stats();
    },
  }),
};

function replayText(): Buffer {
  const history = createHistory();
  for (let poll = 0; poll < 8; poll += 1) {
    history.append(REPLAY_START_MS + poll * 15_000, [
      { name: "up", labels: {}, value: 1 },
      { name: "records_total", labels: { topic: "orders" }, value: poll * 10 },
      { name: "latency", labels: { q: "0.5" }, value: poll / 3 },
      ...(poll % 3 === 0 ? [{ name: "odd", labels: { a: '"' }, value: Number.NaN }] : []),
    ]);
  }
  const target = { name: "orders", http: "http://10.0.0.5:9094", kafka: "10.0.0.5:9092" };
  const question = { target, nowMs: REPLAY_START_MS + 105_000, notes: ["a note"] };
  return Buffer.from(writeReplay({ question, checks: "0".repeat(16), history, reach: undefined }));
}

export const recordingFuzzer: Fuzzer = {
  name: "recordings",
  seeds: [recordedLine(true), recordedLine(false)],
  words: [
    ..."t kafka connect connectMs apiVersions httpPort http status ms type body same error".split(
      " ",
    ),
    ..."ok refused timeout closed garbage /metrics /health /api/v1/logs?after=1 streamline-".split(
      " ",
    ),
    "up 1\n",
    '{"entries":[{"id":1,"level":"INFO","message":"x"}]}',
  ],
  isJson: true,
  open: async () => ({
    async feed(input) {
      const recorded = createPollReader()(input.toString("utf8"));
      if (recorded === undefined) return;
      const server = createRecordedServer();
      server.show(recorded);
      const poll = createSnapshotPoll({
        poll: server.client,
        target: RECORDED_TARGET,
        clock: { now: () => recorded.timeMs, sleep: () => Promise.resolve() },
        settings: SAMPLER_DEFAULTS,
      });
      const { timeMs, samples } = await poll();
      createHistory().append(timeMs, samples);
    },
  }),
};

function recordedLine(isUp: boolean): Buffer {
  const answered = (body: string) => ({ status: 200, ms: 2, type: "application/json", body });
  const logs = { entries: [{ id: 3, level: "INFO", message: "Kafka protocol listener started" }] };
  const line = {
    t: REPLAY_START_MS,
    kafka: { connect: isUp ? "ok" : "refused", connectMs: 1, apiVersions: "ok", apiMs: 2 },
    httpPort: { connect: "ok", ms: 1 },
    http: {
      "/health": answered('{"status":"healthy","checks":[{"name":"storage","status":"ok"}]}'),
      "/info": answered('{"version":"0.2.0","data_dir":"/srv","topics":1,"uptime_seconds":9.5}'),
      "/metrics": { status: 200, ms: 3, type: "text/plain", body: "# TYPE up gauge\nup 1\nx 2\n" },
      "/api/v1/logs?level=INFO": answered(JSON.stringify({ ...logs, latest_id: 3 })),
      "/api/v1/consumer-groups": { error: "timeout", ms: 2_000 },
    },
  };
  return Buffer.from(JSON.stringify(line));
}
