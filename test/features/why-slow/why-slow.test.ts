import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { Message } from "../../../src/block-kit/message.ts";
import type { RangeAnswer } from "../../../src/diagnosis/prometheus-answers.ts";
import { judgeAgain, judgeQuestion } from "../../../src/diagnosis/replay/judge-question.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import type { Sample } from "../../../src/exposition/sample.ts";
import type { WhySlowOptions } from "../../../src/features/why-slow/ask-of-target.ts";
import { renderWhySlow } from "../../../src/features/why-slow/render-why-slow.ts";
import { type WhySlow, whySlow } from "../../../src/features/why-slow/why-slow.ts";
import { createHistory, type History } from "../../../src/history/history.ts";
import { buildLibrary, type Library } from "../../../src/knowledge/library.ts";
import { historyWith, pageWith, START_MS, STEP_MS, sample } from "../../diagnosis/checks.ts";

const TARGET: Target = {
  name: "orders-prod",
  http: "http://10.0.0.5:9094",
  kafka: "10.0.0.5:9092",
  labels: {},
  timeoutMs: 5_000,
  maxBodyBytes: 1_000_000,
};

const LAG = `  - id: lag
    expr: lag > 100
    needs:
      - series: lag
    finding: "{{ $labels.group }} is {{ $value }} behind"
    threshold: 100
    chart: lag
    section: "#mitigation"
  - id: growth
    expr: delta(lag[5m]) > 1000000
    needs:
      - series: lag
        history: 5m
    finding: "x"`;

/** The flow, its answers as messages. */
interface Flow {
  diagnose(target: Target, options?: WhySlowOptions): Promise<Message>;
  replay(id: string): Promise<Message>;
  standing: WhySlow["standing"];
}

interface Bench {
  readonly flow: Flow;
  readonly saved: Map<string, string>;
  readonly warnings: string[];
  readonly polls: () => number;
  readonly setLibrary: (library: Library) => void;
}

function bench(
  history: History,
  options: {
    poll?: () => readonly Sample[];
    full?: boolean;
    laterMs?: number;
    prometheus?: RangeAnswer;
  } = {},
): Bench {
  let nowMs = START_MS + 240 * STEP_MS + (options.laterMs ?? 0);
  let polls = 0;
  let library = buildLibrary([pageWith(LAG)], []);
  const saved = new Map<string, string>();
  const warnings: string[] = [];
  const log = {
    debug() {},
    info() {},
    error() {},
    warn: (_: object, text: string) => void warnings.push(text),
  };
  const flow = whySlow({
    prometheus: { range: async () => options.prometheus ?? { kind: "lines", lines: [] } },
    knowledge: { library: () => library },
    memory: {
      history: () => history,
      poll() {
        polls += 1;
        history.append(nowMs, options.poll?.() ?? []);
        return Promise.resolve();
      },
    },
    diagnosing: {
      judge: async (_, asked) => judgeQuestion(history, asked),
      judgeAgain: async (asked) => judgeAgain(asked),
    },
    replays: {
      save(text) {
        if (options.full === true) return Promise.reject(new Error("no space"));
        const id = `id${text.length}`;
        saved.set(id, text);
        return Promise.resolve(id);
      },
      load: (id) => Promise.resolve(saved.get(id)),
    },
    clock: {
      now: () => nowMs,
      sleep(ms) {
        nowMs += ms;
        return Promise.resolve();
      },
    },
    log,
  });
  return {
    flow: {
      diagnose: async (target, asked) => renderWhySlow(await flow.conclude(target, asked)),
      replay: async (id) => renderWhySlow(await flow.replay(id)),
      standing: (target) => flow.standing(target),
    },
    saved,
    warnings,
    polls: () => polls,
    setLibrary: (next) => {
      library = next;
    },
  };
}

const busy = (): History =>
  historyWith(241, (poll) => [sample("lag", poll > 200 ? 900 : 1, { group: "billing" })]);

test("with a history the answer comes from it, without another poll", async () => {
  const { flow, polls } = bench(busy());
  const { text } = await flow.diagnose(TARGET);
  assert.match(text, /🟠 billing is 900 behind \(since <!date\^\d+\^\{time\}\|10:50 UTC>\)/);
  assert.match(text, /\*What to do first\*, from .*Mitigation/);
  assert.equal(polls(), 0);
});

test("a poll older than one interval is made again before anything is reported as now", async () => {
  const { flow, polls } = bench(busy(), { laterMs: 40_000, poll: () => [sample("lag", 1)] });
  const { text } = await flow.diagnose(TARGET);
  assert.equal(polls(), 1);
  assert.match(text, /🟢 Nothing is wrong with \S+ now\. Recovered/);
});

test("more than the hour that is kept is answered from the hour, which is reported", async () => {
  const { flow } = bench(busy());
  const { text } = await flow.diagnose(TARGET, { windowMs: 6 * 3_600_000 });
  assert.match(text, /last hour of my own samples.*targets\[\]\.prometheus/);
});

for (const [what, prometheus, words] of [
  ["down", { kind: "unavailable", says: "refuses connections" }, /refuses connections/],
  ["without the target", { kind: "lines", lines: [] }, /has no series of it/],
  ["of another mind", { kind: "refused", status: 422, problem: "no" }, /answers 422: no/],
] as const) {
  test(`with a Prometheus that is ${what} the kept hour answers, and why is reported`, async () => {
    const { flow } = bench(busy(), { prometheus });
    const target = { ...TARGET, prometheus: "http://prom:9090" };
    const { text } = await flow.diagnose(target, { windowMs: 6 * 3_600_000 });
    assert.match(text, /last hour of my own samples/);
    assert.match(text, words);
  });
}

test("with no history it polls twice, seconds apart, and says so", async () => {
  const { flow, polls } = bench(createHistory(), {
    poll: () => [sample("lag", 900, { group: "a" })],
  });
  const { text } = await flow.diagnose(TARGET);
  assert.equal(polls(), 2);
  assert.match(text, /a is 900 behind/);
  assert.match(text, /from two polls a few seconds apart/);
  assert.match(text, /not enough samples yet/);
  assert.match(text, /2 polls over 5 s/);
});

test("a history that ended long ago is not taken for the present", async () => {
  const old = historyWith(20, () => [sample("lag", 900)]);
  const { flow, polls } = bench(old, { poll: () => [sample("lag", 1)] });
  const { text } = await flow.diagnose(TARGET);
  assert.equal(polls(), 2);
  assert.doesNotMatch(text, /900 behind/);
});

test("a replay gives the same bytes, also when the history has gone on", async () => {
  const history = busy();
  const { flow, saved } = bench(history);
  const message = await flow.diagnose(TARGET, { group: "billing", windowMs: 600_000 });
  const [id = ""] = saved.keys();
  assert.match(message.text, new RegExp(`why-slow replay:${id}`));
  history.append(START_MS + 300 * STEP_MS, [sample("lag", 5)]);
  assert.deepEqual(await flow.replay(id), message);
});

test("a replay by other checks than of old says so", async () => {
  const { flow, saved, setLibrary } = bench(busy());
  await flow.diagnose(TARGET);
  setLibrary(buildLibrary([pageWith(LAG.replace("> 100", "> 50"))], []));
  const { text } = await flow.replay([...saved.keys()][0] ?? "");
  assert.match(text, /The checks have changed since/);
});

test("an id that nobody knows and a file that is not a replay are answered with the reason", async () => {
  const { flow, saved } = bench(busy());
  assert.match(
    (await flow.replay("123abc")).text,
    /cannot repeat the answer `123abc`: there is no replay/,
  );
  assert.match(
    (await flow.replay("/nowhere/a.gz")).text,
    /`\/nowhere\/a.gz`: there is no such file/,
  );
  saved.set("bad", "<html>");
  assert.match((await flow.replay("bad")).text, /does not begin with/);
});

test("when the replay cannot be saved, the answer goes out without an id, and the log tells", async () => {
  const { flow, warnings } = bench(busy(), { full: true });
  const { text } = await flow.diagnose(TARGET);
  assert.match(text, /billing is 900 behind/);
  assert.doesNotMatch(text, /replay:/);
  assert.deepEqual(warnings, ["a replay could not be saved"]);
});

test("a broken check is logged when the flow is made and when the pages change, not each time", async () => {
  const { flow, warnings, setLibrary } = bench(busy());
  assert.deepEqual(warnings, []);
  setLibrary(buildLibrary([pageWith(LAG.replace("lag > 100", "lag >"))], []));
  await flow.diagnose(TARGET);
  await flow.diagnose(TARGET);
  assert.deepEqual(warnings, ["a check cannot be used"]);
});

test("an answer about one group does not tell of another", async () => {
  const { flow } = bench(busy());
  const { text } = await flow.diagnose(TARGET, { group: "mailer" });
  assert.match(text, /Nothing is wrong with orders-prod \(group mailer\)/);
});

test("of a target with many series, what stands is weighed elsewhere, and told once it is there", async () => {
  const many = historyWith(4, (poll) =>
    Array.from({ length: 2_500 }, (_, at) => sample("a", poll, { n: `${at}` })),
  );
  const { flow } = bench(many);
  assert.equal(flow.standing(TARGET), undefined);
  await turn();
  assert.notEqual(flow.standing(TARGET), undefined);
});
