import assert from "node:assert/strict";
import { test } from "node:test";
import { LIMITS } from "../../../src/block-kit/limits.ts";
import type { Message } from "../../../src/block-kit/message.ts";
import type { Check } from "../../../src/diagnosis/checks/check.ts";
import { diagnose } from "../../../src/diagnosis/checks/diagnose.ts";
import type { Sample } from "../../../src/exposition/sample.ts";
import {
  type DiagnosisAnswer,
  renderDiagnosis,
} from "../../../src/features/why-slow/render-diagnosis.ts";
import { checkMessage } from "../../../src/sandbox/slack/check-payload.ts";
import { checkOf, evidenceWith, load, pageWith, sample } from "../../diagnosis/checks.ts";

const TARGET = { name: "orders-prod", http: "http://10.0.0.5:9094", kafka: "10.0.0.5:9092" };

const LAG = `  - id: lag
    title: a slow consumer
    expr: lag > 100
    needs:
      - series: lag
    finding: "Group {{ $labels.group }} is {{ $value | humanize }} records behind"
    threshold: 100
    chart: lag
    explains: [late]
    section: "#mitigation"`;
const LATE = `  - id: late
    title: late records
    expr: late_seconds > 5
    needs:
      - series: late_seconds
    finding: "Records come {{ $value | humanizeDuration }} late"
    threshold: 5
    unit: seconds
    severity: critical`;
const CALM = `  - id: calm
    title: connection churn
    expr: churn > 5
    needs:
      - series: churn
    finding: "{{ $value }}"`;

const { checks: CHECKS } = load(LAG, LATE, CALM);

interface Options extends Partial<Omit<DiagnosisAnswer, "diagnosis">> {
  readonly polls?: number;
  readonly checks?: readonly Check[];
  readonly scope?: { readonly topic?: string };
  readonly windowMs?: number;
  /** How long after the last poll the question comes. */
  readonly laterMs?: number;
}

function render(at: (poll: number) => readonly Sample[], options: Options = {}): Message {
  const { polls = 40, checks = CHECKS, scope, windowMs, laterMs = 0, ...answer } = options;
  const { evidence, nowMs } = evidenceWith(polls, at);
  const diagnosis = diagnose({
    checks,
    evidence,
    nowMs: nowMs + laterMs,
    ...(scope === undefined ? {} : { scope }),
    ...(windowMs === undefined ? {} : { windowMs }),
  });
  const message = renderDiagnosis({ target: TARGET, notes: [], ...answer, diagnosis });
  assert.equal(checkMessage({ blocks: message.blocks }), undefined, "Slack would refuse it");
  assert.ok(message.text.length <= LIMITS.messageText);
  return message;
}

function shown(message: Message): string {
  return JSON.stringify(message.blocks);
}

const busy = (poll: number): Sample[] => [
  sample("lag", poll > 19 ? 12_000 + poll : 1, { group: "billing", topic: "orders" }),
  sample("late_seconds", poll > 19 ? 61 : 0),
  sample("churn", 1),
];

test("the verdict comes first, in one sentence, with its beginning", () => {
  const message = render(busy);
  const first =
    "🟠 Group billing is 12k records behind (since <!date^1768471500^{time}|10:05 UTC>).";
  assert.match(JSON.stringify(message.blocks[0]), /12k records behind \(since .*"type":"date"/);
  const [verdict, proof, others] = message.text.split("\n");
  assert.equal(verdict, `*${first}*`);
  assert.match(proof ?? "", /^• `lag` of group=billing, topic=orders: 12,039; wrong above 100/);
  assert.equal(others, "Symptoms of it: late records.");
});

test("each finding has its series, value, threshold and since when, and a symptom its cause", () => {
  const { text } = render(busy);
  assert.match(
    text,
    /1\. 🟠 A slow consumer\n {4}• `lag` of group=billing, topic=orders: 12,039; wrong above 100; for 4 min 45 s/,
  );
  assert.match(text, /2\. 🔴 Late records: Records come 1 min 1 s late/);
  assert.match(text, /`late_seconds`: 1 min 1 s; wrong above 5 s/);
  assert.match(text, /because of: a slow consumer/);
});

test("the chart is a block for the eye and a line for the plain form", () => {
  const message = render(busy);
  const chart = message.blocks.find((block) => String(block.type) === "data_visualization");
  assert.ok(chart);
  assert.match(JSON.stringify(chart), /"name":"billing\/orders"/);
  assert.match(message.text, /a slow consumer, last 9 min: 1 to 12,040, now 12,040/);
});

const fills = { GROUP: ["group"] };

test("the excerpt has its commands filled in with the finding's labels and the target", () => {
  const page = pageWith(LAG, "runbooks/Page0.md");
  const [section] = page.sections.filter(({ anchor }) => anchor === "mitigation");
  assert.ok(section);
  const markdown = `~~~bash\ncurl "\${STREAMLINE_HTTP:-x}/lag/\${GROUP:?name it}"\n~~~`;
  const message = render(busy, {
    excerpt: { section: { ...section, markdown, fills }, others: [section] },
  });
  assert.match(message.text, /curl "http:\/\/10\.0\.0\.5:9094\/lag\/billing"/);
  assert.match(shown(message), /What to do first/);
  assert.match(shown(message), /"value":"runbooks\/Page0\.md#mitigation"/);
});

test("a label that a shell could act on is not filled in, and that is reported", () => {
  const [section] = pageWith(LAG).sections;
  assert.ok(section);
  const markdown = `~~~bash\necho \${GROUP:?name it}\n~~~`;
  const message = render(() => [sample("lag", 900, { group: "$(reboot)" })], {
    excerpt: { section: { ...section, markdown, fills }, others: [] },
  });
  assert.match(message.text, /echo \$\{GROUP:\?name it\}/);
  assert.match(message.text, /Not filled in: GROUP/);
});

test("nothing wrong is reported plainly, with what was ruled out in a fold", () => {
  const message = render(() => [sample("lag", 1), sample("late_seconds", 0), sample("churn", 1)]);
  assert.match(message.text, /🟢 Nothing is wrong with orders-prod that I can see: all 3 checks/);
  assert.match(message.text, /Ruled out \(3\): a slow consumer, late records, connection churn/);
  const fold = message.blocks.find(({ type }) => type === "container");
  assert.match(JSON.stringify(fold), /"default_collapsed":true/);
  assert.match(JSON.stringify(fold), /Ruled out \(3\)/);
});

test("what could not be checked is reported with its reason, and makes the verdict modest", () => {
  const some = render(() => [sample("lag", 1), sample("churn", 1)], {
    checks: [...CHECKS, { ...CHECKS[2], id: "more" } as Check],
  });
  assert.match(some.text, /that I can see, but 1 check could not be run; 3 are fine/);
  assert.match(some.text, /Not checked, because late_seconds is missing \(1\): late records/);
  const most = render(() => [sample("churn", 1)]);
  assert.match(
    most.text,
    /⚪ I cannot tell whether anything is wrong with orders-prod: 1 check found nothing, 2 checks could not be run, because lag, late_seconds are missing/,
  );
});

test("a metric that this server never records is reported as such", () => {
  const yaml = LAG.replace("lag >", "streamline_isr_size >").replace(
    "s: lag",
    "s: streamline_isr_size",
  );
  const check = checkOf(yaml.replace("[late]", "[]"));
  const message = render(() => [sample("x", 1)], { checks: [check] });
  assert.match(message.text, /this server never records streamline_isr_size/);
});

test("too little history is one reason for all, with what is needed", () => {
  const check = checkOf(
    LAG.replace("- series: lag", "- series: lag\n        history: 30m").replace("[late]", "[]"),
  );
  const message = render(() => [sample("lag", 1)], { checks: [check], notes: ["Two polls only."] });
  assert.match(
    message.text,
    /there are not enough samples yet \(20 min 15 s more are needed at most\)/,
  );
  assert.match(message.text, /\nTwo polls only\.\n/);
});

test("what is over is reported with how long ago and how long it lasted", () => {
  const at = (poll: number): Sample[] => [
    sample("lag", poll > 9 && poll < 31 ? 900 : 1),
    sample("late_seconds", 0),
    sample("churn", 1),
  ];
  const message = render(at, { polls: 61, windowMs: 3_600_000 });
  assert.match(
    message.text,
    /^\*🟢 Nothing is wrong with orders-prod now\. Recovered 7 min 15 s ago/,
  );
  assert.match(message.text, /lasted 5 min 15 s\. It was: Group \(none\)/);
});

test("an old poll is reported with its age, never as now", () => {
  const { text } = render(() => [sample("lag", 900)], { laterMs: 40_000 });
  assert.match(text, /^\*🟠 .*, as of 40 s ago\./);
});

test("the scope is named in the verdict, the replay's id and the polls at the end", () => {
  const calm = () => [sample("lag", 1), sample("late_seconds", 0), sample("churn", 1)];
  const { text } = render(calm, { scope: { topic: "orders" }, replayId: "abc123" });
  assert.match(text, /orders-prod \(topic orders\)/);
  assert.match(
    text,
    /40 polls over 9 min 45 s {2}· {2}again: `\/streamline why-slow replay:abc123`$/,
  );
});

test("strangers' labels neither mention nor format, and the worst case fits into one message", () => {
  const evil = `<!channel> *x* \`y\` ${"long ".repeat(200)}`;
  const many = load(
    ...Array.from({ length: 60 }, (_, n) =>
      LAG.replace("id: lag", `id: lag-${n}`)
        .replace("[late]", "[]")
        .replace("title: a slow", `title: check number ${n} of a slow`)
        .replaceAll("lag >", n < 30 ? "lag >" : `gone_${n} >`)
        .replace("series: lag", n < 30 ? "series: lag" : `series: gone_${n}`),
    ),
  ).checks;
  const at = (poll: number): Sample[] =>
    Array.from({ length: 9 }, (_, n) =>
      sample("lag", 1e6 + poll, { group: `${evil}${n}`, topic: evil }),
    );
  const [section] = pageWith(LAG).sections;
  assert.ok(section);
  const message = render(at, {
    checks: many,
    excerpt: { section: { ...section, markdown: "word ".repeat(5_000) }, others: [section] },
    windowMs: 3_600_000,
  });
  assert.doesNotMatch(message.text, /<!channel>/);
  assert.match(message.text, /&lt;!channel&gt;/);
  assert.match(shown(message), /\d\d more findings: check number/);
  assert.match(shown(message), /Not checked \(30\)/);
});

test("the same answer gives the same bytes", () => {
  assert.equal(JSON.stringify(render(busy)), JSON.stringify(render(busy)));
});
