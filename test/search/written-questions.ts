/** The written questions of test/fixtures/search, and others derived from the knowledge itself. */

import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { baseName } from "../../src/knowledge/base-name.ts";
import type { SearchSection } from "../../src/search/section.ts";
import { createRandom } from "./invented-sections.ts";

export type Asked = {
  question: string;
  /** Ids of sections, or files, any of whose sections will do. None: nothing answers it. */
  answers: readonly string[];
};

export type Half = "tuning" | "test";

const FIXTURES = fileURLToPath(new URL("../fixtures/search/", import.meta.url));
const ALERTS = fileURLToPath(new URL("../../alerts/", import.meta.url));

export function readQuestions(half: Half): Asked[] {
  return questionsIn(`questions.${half}.txt`);
}

/**
 * What operators of such servers ask, what nothing covers among it: `operator` as we would ask, `public`
 * and `users` after what people write in public, `fresh` as that, and never tuned for, `tired` in a hurry, `oncall` with lines of
 * clients' logs, `strangers` after public threads of clients and servers, `night` woken by a pager.
 */
export const OPERATOR_SETS = [
  "operator.tuning",
  "operator.test",
  "public.tuning",
  "public.test",
  "fresh.test",
  "users.tuning",
  "users.test",
  "tired.tuning",
  "tired.test",
  "oncall.tuning",
  "oncall.test",
  "strangers.tuning",
  "strangers.test",
  "night.tuning",
  "night.test",
] as const;
export type OperatorSet = (typeof OPERATOR_SETS)[number];

export function readOperatorQuestions(set: OperatorSet): Asked[] {
  return questionsIn(`${set}.txt`);
}

/** A question on a line, and its answers on the next, indented; `-` for none. */
function questionsIn(file: string): Asked[] {
  const asked: Asked[] = [];
  let question = "";
  for (const line of linesOf(file)) {
    if (!/^\s/.test(line)) question = line;
    else if (line.trim() === "-") asked.push({ question, answers: [] });
    else asked.push({ question, answers: line.split(",").map((id) => id.trim()) });
  }
  return asked;
}

export function readUnanswerable(half: Half): Asked[] {
  return linesOf(`no-answer.${half}.txt`).map((question) => ({ question, answers: [] }));
}

function linesOf(file: string): string[] {
  const lines = readFileSync(FIXTURES + file, "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "" && !line.startsWith("#"));
}

/** The names of the runbooks' alerts, each with its page. */
export function alertNames(sections: readonly SearchSection[]): Asked[] {
  const files = new Set(sections.map(({ file }) => file));
  return [...files]
    .filter((file) => file.startsWith("runbooks/"))
    .map((file) => ({ question: baseName(file), answers: [file] }));
}

const rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string().optional(),
          annotations: z.record(z.string(), z.string()).default({}),
        }),
      ),
    }),
  ),
});

/** The summaries and descriptions of the alert rules, filled in, without the alert's name. */
export function annotations(sections: readonly SearchSection[]): Asked[] {
  const files = new Set(sections.map(({ file }) => file));
  return globSync("*.rules.yml", { cwd: ALERTS }).flatMap((name) => {
    const { groups } = rules.parse(parse(readFileSync(ALERTS + name, "utf8")));
    return groups.flatMap((group) =>
      group.rules.flatMap(({ alert = "", annotations: texts }) => {
        const file = `runbooks/${alert}.md`;
        if (!files.has(file)) return [];
        return [texts["summary"], texts["description"]].flatMap((text) =>
          text === undefined ? [] : [{ question: fillIn(text, alert), answers: [file] }],
        );
      }),
    );
  });
}

const LABELS: Readonly<Record<string, string>> = {
  instance: "10.0.3.17:9094",
  job: "streamline",
  group: "billing",
  topic: "orders",
  partition: "3",
  replica: "2",
};

function fillIn(text: string, alert: string): string {
  return text
    .replace(/\{\{\s*\$labels\.(\w+)\s*\}\}/g, (_, label: string) => LABELS[label] ?? "x1")
    .replace(/\{\{[^}]*\}\}/g, "3.7")
    .replaceAll(alert, "")
    .trim();
}

/** The same with typing errors: one in each question, two in a name of 14 letters or more. */
export function mistype(asked: readonly Asked[], seed: number): Asked[] {
  const random = createRandom(seed);
  return asked.map(({ question, answers }) => {
    const words = question.split(" ");
    const long = words.filter((word) => word.length >= 5 && /^[a-z]+$/i.test(word));
    const word = long[Math.floor(random() * long.length)] ?? "";
    if (word === "") return { question, answers };
    const once = withError(word, random);
    const wrong = words.length === 1 && word.length >= 14 ? withError(once, random) : once;
    return { question: question.replace(word, wrong), answers };
  });
}

function withError(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const letter = String.fromCharCode(97 + Math.floor(random() * 26));
  const [before, here, after] = [word.slice(0, at), word[at] ?? "", word.slice(at + 1)];
  const kinds = [
    before + after,
    before + letter + here + after,
    before + letter + after,
    before + after.slice(0, 1) + here + after.slice(1),
  ];
  return kinds[Math.floor(random() * kinds.length)] ?? word;
}

/** `HighProduceLatency` as a person would say it. */
export function splitName({ question, answers }: Asked): Asked {
  return { question: question.replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ").toLowerCase(), answers };
}
