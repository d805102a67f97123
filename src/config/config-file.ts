/**
 * The YAML file -> its values, or every problem in it with its path.
 *
 * The defaults of the file's keys stand in its schema, and nowhere else.
 */

import { type Document, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { z } from "zod";
import { DEFAULT_SOURCE } from "../alerts/alert.ts";
import type { ConfigProblem } from "./config.ts";
import { routeSchema, sourceSchema, tenantHeaders } from "./config-alerts.ts";
import {
  baseUrl,
  channelId,
  hostPort,
  labelName,
  listenAddress,
  millis,
  size,
} from "./config-values.ts";

const labels = z.record(labelName, z.string());
const userId = z.string().regex(/^[UW][A-Z0-9]{2,}$/, "is not a user id such as U0123ABCD");

const groupId = z.string().regex(/^S[A-Z0-9]{2,}$/, "is not a user group id such as S0123ABCD");

/** People by id, and user groups whose members count, too. */
const people = z
  .strictObject({ users: z.array(userId).default([]), groups: z.array(groupId).default([]) })
  .prefault({});

const file = z.string().min(1, "must not be empty");

/** `true` trusts the system's authorities; a client's certificate is nothing without its key. */
const kafkaTls = z.union([
  z.boolean().transform((on) => (on ? {} : undefined)),
  z
    .strictObject({
      ca: file.optional(),
      serverName: z.string().min(1, "must not be empty").optional(),
      cert: file.optional(),
      key: file.optional(),
    })
    .refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
      message: "needs cert and key together, or neither",
    }),
]);

const targetSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9._-]{1,60}$/,
      "must be 1 to 60 letters, digits, dots, dashes or underscores",
    ),
  http: baseUrl,
  kafka: hostPort,
  kafkaTls: kafkaTls.optional(),
  prometheus: baseUrl.optional(),
  prometheusHeaders: tenantHeaders.optional(),
  alertmanager: baseUrl.optional(),
  channels: z.array(channelId).default([]),
  labels: labels.default({}),
  timeout: millis(100, 60_000).prefault("2s"),
  maxBody: size(1024, 1024 ** 3).prefault("64MiB"),
});

const DAY_MS = 86_400_000;

/** How long rows of the store are kept: an hour for trying, ten years where somebody must. */
function kept(usual: string) {
  return millis(3_600_000, 3_650 * DAY_MS).prefault(usual);
}

const fileSchema = z.strictObject({
  listen: listenAddress.prefault("0.0.0.0:8080"),
  slack: z.strictObject({ mode: z.enum(["socket", "http"]).default("socket") }).prefault({}),
  webhook: z.strictObject({ maxBody: size(1024, 64 * 1024 ** 2).prefault("8MiB") }).prefault({}),
  store: z.string().min(1, "must not be empty").default("var/bot.db"),
  targets: z.array(targetSchema).min(1, "needs at least one target"),
  routes: z
    .array(routeSchema)
    .min(1, "needs at least one route; one without match takes every alert"),
  sources: z.array(sourceSchema).default([]),
  /** Where the bot says what keeps it from working; the last route's by default. */
  operators: channelId.optional(),
  watch: z.array(channelId).default([]),
  knowledge: z.array(z.string().min(1, "must not be empty")).default([]),
  rules: z.array(z.string().min(1, "must not be empty")).default([]),
  sampling: z.strictObject({ interval: millis(1_000, 20_000).prefault("15s") }).prefault({}),
  permissions: z
    .strictObject({
      ask: z
        .strictObject({
          users: z.array(userId).default([]),
          channels: z.array(channelId).default([]),
        })
        .prefault({}),
      acknowledge: people,
      silence: people,
      outsiders: people,
    })
    .prefault({}),
  delivery: z.strictObject({ digestAbove: z.int().min(1).max(100).default(10) }).prefault({}),
  acknowledgement: z
    .strictObject({
      holds: millis(60_000, 7 * 86_400_000).prefault("4h"),
      remindAfter: millis(60_000, 7 * 86_400_000).prefault("30m"),
    })
    .prefault({}),
  retention: z
    .strictObject({
      incidents: kept("400d"),
      notifications: kept("30d"),
      audit: kept("90d"),
      notes: kept("365d"),
      questions: kept("90d"),
      undelivered: kept("7d"),
    })
    .prefault({}),
});

export type FileConfig = z.output<typeof fileSchema>;

export interface ParsedFile {
  readonly value?: FileConfig;
  /** Known even when the rest of the file is wrong; undefined when nobody can tell. */
  readonly slackMode?: "socket" | "http";
  readonly problems: readonly ConfigProblem[];
}

const PLACE = "(file)";

/** Checks the file's text, undefined when there is none; never throws. */
export function parseConfigFile(yaml: string | undefined): ParsedFile {
  if (yaml === undefined) {
    return { problems: [{ path: PLACE, message: "there is no configuration file" }] };
  }
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const broken = yamlProblems(document, lines);
  return broken.length > 0 ? { problems: broken } : parseValues(document);
}

function yamlProblems(document: Document.Parsed, lines: LineCounter): ConfigProblem[] {
  const problemAt = (offset: number, message: string): ConfigProblem => ({
    path: `${PLACE} line ${lines.linePos(offset).line}`,
    message,
  });
  const problems = [...document.errors, ...document.warnings].map((problem) =>
    problemAt(problem.pos[0], problem.message.split(/ at line \d|\n/)[0] ?? problem.message),
  );
  visit(document, {
    Pair(_, { key }) {
      // As an object's key it would be passed over instead of refused.
      if (isScalar(key) && key.value === "__proto__") {
        problems.push(problemAt(key.range?.[0] ?? 0, "__proto__ is not a known key"));
      }
    },
  });
  return problems;
}

function parseValues(document: Document.Parsed): ParsedFile {
  let raw: unknown;
  try {
    raw = document.toJS() ?? {};
  } catch (error) {
    // Aliases that refer to aliases, which would unfold without end.
    const message = error instanceof Error ? error.message : String(error);
    return { problems: [{ path: PLACE, message }] };
  }
  const mode = fileSchema.shape.slack.safeParse(field(raw, "slack"));
  const slackMode = mode.success ? { slackMode: mode.data.mode } : {};
  const parsed = fileSchema.safeParse(raw, { error: messageOf });
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap(problemsOfIssue);
    return { ...slackMode, problems: [...problems, ...crossProblems(raw)] };
  }
  return { ...slackMode, value: parsed.data, problems: crossProblems(raw) };
}

const EXPECTATIONS: ReadonlyMap<string, string> = new Map([
  ["string", "must be text; put a number in quotes"],
  ["array", "must be a list"],
  ["object", "must hold keys with values"],
  ["record", "must hold keys with values"],
]);

/** Our own words where zod's would speak of types. */
function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== "invalid_type") return undefined;
  return issue.input === undefined ? "is missing" : EXPECTATIONS.get(issue.expected);
}

function problemsOfIssue(issue: z.core.$ZodIssue): ConfigProblem[] {
  const path = pathText(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      message: "is not a known key",
    }));
  }
  if (issue.code === "invalid_key") return [{ path, message: "is not the name of a label" }];
  if (issue.code === "invalid_value") {
    return [{ path, message: `must be one of ${issue.values.map(String).join(", ")}` }];
  }
  return [{ path, message: issue.message }];
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("");
  return text.replace(/^\./, "") || PLACE;
}

/**
 * What only several entries together can get wrong. It looks at the file as it was written, so
 * that a mistake elsewhere does not hide these until the next attempt.
 */
function crossProblems(raw: unknown): ConfigProblem[] {
  return [
    ...repeatedNames("targets", list(raw, "targets")),
    ...repeatedNames("sources", list(raw, "sources")),
    ...unknownNames(raw),
    ...routeProblems(list(raw, "routes")),
  ];
}

/** Targets that a source names, and sources that a route names, must be there. */
function unknownNames(raw: unknown): ConfigProblem[] {
  const nameOf = (each: unknown) => field(each, "name");
  const known = {
    targets: new Set(list(raw, "targets").map(nameOf)),
    sources: new Set([...list(raw, "sources").map(nameOf), DEFAULT_SOURCE]),
  };
  const unknownIn = (key: "sources" | "routes", what: "targets" | "sources"): ConfigProblem[] =>
    list(raw, key).flatMap((each, index) =>
      list(each, what).flatMap((name, place) =>
        known[what].has(name)
          ? []
          : [{ path: `${key}[${index}].${what}[${place}]`, message: `is none of the ${what}` }],
      ),
    );
  return [...unknownIn("sources", "targets"), ...unknownIn("routes", "sources")];
}

function repeatedNames(key: "targets" | "sources", entries: readonly unknown[]): ConfigProblem[] {
  const names = entries.map((target) => {
    const name = field(target, "name");
    return typeof name === "string" ? name.toLowerCase() : "";
  });
  return names.flatMap((name, index) =>
    name === "" || names.indexOf(name) === index
      ? []
      : [
          {
            path: `${key}[${index}].name`,
            message: `repeats the name of ${key}[${names.indexOf(name)}]`,
          },
        ],
  );
}

function routeProblems(routes: readonly unknown[]): ConfigProblem[] {
  const matches = routes.map(conditionsOf);
  const problems = matches.flatMap((match, index): ConfigProblem[] => {
    const earlier = matches.slice(0, index).findIndex((each) => isWithin(each, match));
    return earlier === -1
      ? []
      : [
          {
            path: `routes[${index}]`,
            message: `is never reached: routes[${earlier}] already takes all of its alerts`,
          },
        ];
  });
  if (matches.length === 0 || matches.some((match) => match.length === 0)) return problems;
  const message = "needs a last route without match, so that no alert is lost";
  return [...problems, { path: "routes", message }];
}

/** All that a route asks for; what is written the same asks for the same. */
function conditionsOf(route: unknown): Match {
  const sources = field(route, "sources");
  return [
    ...Object.entries(field(route, "match") ?? {}).map(
      ([name, value]) => [name, JSON.stringify(value)] as const,
    ),
    ...list(route, "matchers").map((text) => ["", JSON.stringify(text)] as const),
    ...(sources === undefined ? [] : [[" sources", JSON.stringify(sources)] as const]),
  ];
}

type Match = readonly (readonly [name: string, value: unknown])[];

function isWithin(part: Match, whole: Match): boolean {
  return part.every(([name, value]) => whole.some(([n, v]) => n === name && v === value));
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}
