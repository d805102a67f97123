// takes: 60 s
/** Every command's `--json`, held against the JSON schema that is shipped. */

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, type TestContext, test } from "node:test";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { answersJsonSchema, JSON_COMMANDS } from "../../../src/edges/answers/answer-json.ts";
import { describedCommands } from "../../../src/edges/cli/terminal-help.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { applyAct } from "../../../src/features/incidents/apply-act.ts";
import { applyNotification } from "../../../src/incidents/apply-notification.ts";
import { startSimulatedStreamline } from "../../../src/sandbox/streamline/server.ts";
import { firing, notification, opening } from "../../incidents/notifications.ts";
import { answerOf, streamlineBot } from "../cli/terminal-program.ts";

/** Closed: a field that the schema leaves out is a mistake, too. */
const isValid: ValidateFunction = new Ajv2020({ strict: false, allErrors: true }).compile(
  answersJsonSchema({ isClosed: true }),
);
const isValidByFile: ValidateFunction = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync("docs/streamline-bot-answers.schema.json", "utf8")),
);

const seen = new Set<string>();

interface Line {
  readonly command: string;
  readonly outcome: string;
  readonly exitCode: number;
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly noAnswer?: { readonly reason: string; readonly nearest?: readonly string[] };
}

async function lineOf(...args: string[]): Promise<Line> {
  return checked(args, await answerOf([...args, "--json"]));
}

/** The same from a process of its own, which need not wait for others. */
async function ownLineOf(...args: string[]): Promise<Line> {
  return checked(args, await streamlineBot([...args, "--json"]));
}

function checked(
  args: readonly string[],
  { stdout, stderr, code }: Awaited<ReturnType<typeof answerOf>>,
): Line {
  assert.match(stdout, /^\{.*\}\n$/, `${args.join(" ")}: one line\n${stdout}\n${stderr}`);
  const line: Line = JSON.parse(stdout);
  assert.ok(isValid(line), `${args.join(" ")}: ${JSON.stringify(isValid.errors)}\n${stdout}`);
  assert.ok(isValidByFile(line), args.join(" "));
  assert.equal(line.exitCode, code);
  assert.ok(line.noAnswer === undefined || code !== 0, "nothing to show is not clean");
  if (line.answer !== undefined) seen.add(line.command);
  return line;
}

const folder = mkdtempSync(join(tmpdir(), "bot-answers-"));
const config = join(folder, "bot.yaml");
const inFile = ["--config", config];

before(async () => {
  const store = join(folder, "bot.db");
  const calendar = join(folder, "duty.ics");
  const shift = ["BEGIN:VEVENT", "UID:1", "DTSTART:20200101T000000Z", "DTEND:20990101T000000Z"];
  const lines = ["BEGIN:VCALENDAR", ...shift, "SUMMARY:Alice Ng", "END:VEVENT", "END:VCALENDAR"];
  writeFileSync(calendar, lines.join("\r\n"));
  const duty = `{ name: first-line, calendar: '${calendar}', people: { Alice Ng: U0ALICE } }`;
  writeFileSync(
    config,
    `store: ${store}\ntargets: [{ name: shop, http: 'http://127.0.0.1:9', kafka: '127.0.0.1:9' }]\n` +
      `routes: [{ channel: C0123456789 }]\nschedules: [${duty}]\n`,
  );
  const database = await openDatabase({ engine: "sqlite", path: store });
  const incidents = createIncidentStore(database);
  const nowMs = Date.now();
  const fired = notification([firing("1", { labels: { alertname: "DiskFull" }, startsAt: nowMs })]);
  await incidents.apply(fired, nowMs, (latest) =>
    applyNotification(latest, fired, opening({ nowMs })),
  );
  const [open] = await incidents.openIncidents(1);
  assert.ok(open);
  const acting = {
    incidents,
    clock: { now: () => nowMs },
    wakeDelivery: () => {},
    times: { holdsMs: 3_600_000, remindAfterMs: 1_800_000 },
  };
  await applyAct(acting, open.id, { kind: "acknowledge", by: "U0ALICE" });
  await database.close();
});

async function server(t: TestContext, fault?: string): Promise<string[]> {
  const streamline = await startSimulatedStreamline();
  t.after(() => streamline.close());
  if (fault !== undefined) await streamline.faults.set(fault);
  return ["--target", streamline.http, "--kafka", streamline.kafka];
}

test("what asks a server answers by the schema, whether it is well or not", async (t) => {
  const [well, broken] = await Promise.all([server(t), server(t, "wal-backpressure")]);
  // Most of their time they wait between two polls.
  const [slow, listed, charted, group, topic] = await Promise.all([
    ownLineOf("why-slow", ...broken),
    ownLineOf("lag", ...well),
    ownLineOf("chart", "streamline_partitions_total", ...well),
    ownLineOf("lag", "no-such", ...well),
    ownLineOf("topics", "no-such", ...well),
    ownLineOf("topics", ...well),
  ]);
  const [cause] = (slow.answer?.["causes"] ?? []) as { check: string }[];
  assert.equal(cause?.check, "wal-backpressure");
  assert.ok(charted.answer);
  assert.equal(group.noAnswer?.reason, "no-such-group");
  assert.equal(topic.noAnswer?.reason, "no-such-topic");
  const [first] = (listed.answer?.["groups"] ?? []) as { group: string }[];
  assert.ok(first);
  assert.ok((await lineOf("lag", first.group, ...well)).answer?.["group"]);
  assert.ok((await lineOf("metrics", "*", ...well)).answer);
  assert.equal((await lineOf("metrics", "no_such", ...well)).noAnswer?.reason, "no-series");
  assert.equal((await lineOf("metrics", "{a=~'('}", ...well)).noAnswer?.reason, "not-understood");
  assert.equal((await lineOf("ask", "is it healthy", ...well)).command, "health");
});

test("what asks a server that is down answers by the schema, too", async () => {
  const gone = ["--target", "http://127.0.0.1:9", "--kafka", "127.0.0.1:9"];
  assert.ok((await lineOf("health", ...gone)).answer);
  assert.ok((await lineOf("why-slow", ...gone)).answer);
  for (const words of [["lag"], ["topics"], ["metrics", "*"], ["chart", "up"]]) {
    const { noAnswer } = await lineOf(...words, ...gone);
    assert.ok(noAnswer?.reason === "unavailable" || noAnswer?.reason === "no-series", words[0]);
  }
});

test("a replay answers as why-slow does", async (t) => {
  const flags = await server(t, "wal-backpressure");
  const { answer } = await lineOf("why-slow", ...flags);
  const again = await lineOf("replay", String(answer?.["replayId"]));
  assert.equal(again.command, "why-slow");
  assert.deepEqual(again.answer?.["causes"], answer?.["causes"]);
  assert.equal((await lineOf("replay", "0123456789ab")).noAnswer?.reason, "no-replay");
});

test("what reads incidents answers by the schema, and names people that the configuration knows", async () => {
  const { answer } = await lineOf("alerts", ...inFile);
  const [incident] = (answer?.["incidents"] ?? []) as { acknowledged?: { by: unknown } }[];
  assert.deepEqual(incident?.acknowledged?.by, { id: "U0ALICE", name: "Alice Ng" });
  for (const words of [
    ["history", "DiskFull"],
    ["handoff"],
    ["timeline", "DiskFull"],
    ["oncall"],
  ]) {
    assert.ok((await lineOf(...words, ...inFile)).answer, words.join(" "));
  }
  assert.equal((await lineOf("history", "DiskFool", ...inFile)).noAnswer?.reason, "no-such-alert");
  const unknown = await lineOf("timeline", "DiskFool", ...inFile);
  assert.deepEqual(unknown.noAnswer, {
    reason: "no-such-incident",
    says: [],
    nearest: ["DiskFull"],
  });
  assert.equal((await lineOf("timeline", ...inFile)).noAnswer?.reason, "which-incident");
  const asked = await lineOf("alerts", "--state", "broken", ...inFile);
  assert.deepEqual([asked.outcome, asked.command], ["asked-back", "alerts"]);
});

test("a terminal calls people by name, and says of an id that has none that it is one", async () => {
  const { stdout } = await answerOf(["alerts", ...inFile]);
  assert.match(stdout, /acknowledged by Alice Ng until/);
  assert.doesNotMatch(stdout, /U0ALICE|<@/);
});

test("what reads the runbooks answers by the schema", async () => {
  for (const question of ["consumer lag", "bake a cherry cake", "WAL backpressure"]) {
    await lineOf("search", question);
    await lineOf("search", "--explain", question);
  }
  assert.ok((await lineOf("runbook", "StreamlineDown")).answer?.["sections"]);
  assert.equal((await lineOf("runbook", "Cake")).noAnswer?.reason, "no-runbook");
});

test("what is about the bot answers by the schema", async (t) => {
  const answering = createServer((_, answer) => answer.end("{}")).listen(0, "127.0.0.1");
  t.after(() => answering.close());
  await lineOf("doctor", "--offline", ...inFile);
  await lineOf("config", "check", ...inFile);
  await lineOf("config", "check", "--config", "/nowhere.yaml");
  await lineOf("backup", join(folder, "copy.db"), ...inFile);
  await lineOf("healthcheck");
  await lineOf("help");
  await lineOf("version");
  await lineOf("drift");
  const [, http = ""] = await server(t);
  await lineOf("record", "--target", http, "--out", join(folder, "a.jsonl.gz"), "--for", "1s");
});

interface Counted {
  readonly moments: number;
  readonly judged: Readonly<Record<string, number>>;
  readonly failing: readonly { readonly judged: string }[];
}

function addsUp({ moments, judged, failing }: Counted): boolean {
  const { missed = 0, wrong = 0, stale = 0, "false-alarm": alarms = 0 } = judged;
  const worth = Object.values(judged).reduce((sum, each) => sum + each, 0);
  return worth === moments && failing.length === missed + wrong + stale + alarms;
}

test("eval answers by the schema: sums, each recording, and each moment that is not well", async () => {
  const own = oneRecording();
  const played = await lineOf("eval", "--recordings", own);
  const found = played.answer?.["recordings"] as Omit<Counted, "moments" | "judged"> & {
    readonly total: Counted;
    readonly perRecording: readonly (Counted & { readonly recording: string })[];
  };
  assert.ok(addsUp({ ...found.total, failing: found.failing }));
  assert.deepEqual(new Set(found.failing.map(({ judged }) => judged)), new Set(["wrong"]));
  assert.deepEqual(
    found.perRecording.map(({ recording, moments }) => [recording, moments]),
    [["mislabelled", found.total.moments]],
  );
  const { answer } = await lineOf("eval", "--recordings", own, "--variant", "no-log");
  const [variant, more] = (answer?.["variants"] ?? []) as readonly Counted[];
  assert.ok(variant && addsUp(variant) && more === undefined);
  const replayed = await lineOf("eval", join(own, "mislabelled.jsonl.gz"));
  const said = replayed.answer?.["replayed"] as {
    readonly changes: readonly { readonly first: string | null }[];
  };
  assert.ok(said.changes.some(({ first }) => first === "http-hangs"));
});

test("eval of simulated cases answers by the schema; what cannot be read or found has its own exit code", async () => {
  const { answer, exitCode } = await lineOf("eval", "seen/http-hanging/mild");
  const played = answer?.["simulated"] as { readonly total: Readonly<Record<string, number>> };
  assert.equal(played.total["cases"], 1);
  assert.equal(exitCode, answer?.["isAboveFloor"] === true ? 0 : 1);
  const empty = join(folder, "empty.jsonl");
  writeFileSync(empty, "nothing of ours\n");
  assert.equal((await lineOf("eval", empty)).exitCode, 3);
  assert.equal((await lineOf("eval", "no-such-case")).outcome, "asked-back");
});

/** One whose labels ask for a cause that nothing names: its moments fail. */
function oneRecording(): string {
  const own = mkdtempSync(join(tmpdir(), "bot-eval-"));
  const labels = JSON.parse(readFileSync("test/fixtures/recordings/labels.json", "utf8"));
  const scenario = labels.scenarios["http-hang"];
  for (const each of scenario.expect) {
    each.firstAnyOf = ["no-such-check"];
    each.alsoFine = [];
  }
  copyFileSync("test/fixtures/recordings/http-hang.jsonl.gz", join(own, "mislabelled.jsonl.gz"));
  scenario.file = "mislabelled.jsonl.gz";
  writeFileSync(
    join(own, "labels.json"),
    JSON.stringify({ format: 1, scenarios: { mislabelled: scenario } }),
  );
  return own;
}

test("what is wrong is a line of JSON, too, for every command: which, the exit code, and why", async () => {
  for (const { name } of describedCommands()) {
    // As typed by somebody who guesses; no command has such an option.
    const { command, outcome, exitCode } = await lineOf(name, "--colour");
    assert.deepEqual([command, outcome, exitCode], [name, "asked-back", 2]);
  }
  assert.equal((await lineOf("silence")).outcome, "asked-back");
  assert.equal((await lineOf("whyslow")).outcome, "asked-back");
  const folderAsStore = join(folder, "wrong.yaml");
  writeFileSync(
    folderAsStore,
    `store: ${folder}\ntargets: []\nroutes: [{ channel: C0123456789 }]\n`,
  );
  const { outcome, exitCode } = await lineOf("backup", "/tmp/x", "--config", folderAsStore);
  assert.deepEqual([outcome, exitCode], ["failed", 1]);
});

test("no command with a schema was left out", () => {
  assert.deepEqual([...seen].toSorted(), JSON_COMMANDS.toSorted());
});

test("every command has a schema, or is known to answer in another form", () => {
  // They stay, they print something for other programs, or they answer as another command.
  const others = "serve sandbox mcp schema man completion ask replay".split(" ");
  const names = describedCommands().map(({ name }) => name);
  assert.deepEqual(names.toSorted(), [...JSON_COMMANDS, ...others].toSorted());
});
