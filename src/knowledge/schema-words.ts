/**
 * What a schema finds wrong with a value that a person wrote, in plain words: which part, what it must
 * be, and which key was probably meant.
 */

import type { z } from "zod";
import { nearestNames } from "../spelling/nearest-names.ts";

export interface SchemaProblem {
  /** Keys and indexes that lead to the part. */
  readonly path: readonly PropertyKey[];
  /** What is wrong with it: goes on behind the path. */
  readonly words: string;
}

/** The value as the schema makes it, or the first problem of it. */
export function readBySchema<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { readonly data: z.output<Schema> } | { readonly problem: SchemaProblem } {
  // With its input an issue tells a part that is missing from one of another type.
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return { data: parsed.data };
  const [issue] = parsed.error.issues;
  const none = { path: [], words: "cannot be used" };
  return { problem: issue === undefined ? none : problemOf(issue, schema, []) };
}

function problemOf(
  issue: z.core.$ZodIssue,
  schema: z.core.$ZodType,
  before: readonly PropertyKey[],
): SchemaProblem {
  const path = [...before, ...issue.path];
  switch (issue.code) {
    case "unrecognized_keys": {
      const [key = ""] = issue.keys;
      return { path: [...path, key], words: unknownKey(key, keysAt(schema, path)) };
    }
    case "invalid_type":
      return { path, words: typeWords(issue) };
    case "invalid_value":
      return { path, words: `must be one of ${issue.values.map(String).join(", ")}` };
    case "too_small":
      return { path, words: tooSmall(issue) };
    case "invalid_union":
      return unionProblem(issue.errors, schema, path);
    // Words of the schema itself, or rare enough for those of its library.
    case "custom":
    case "invalid_format":
    case "invalid_element":
    case "invalid_key":
    case "not_multiple_of":
    case "too_big":
      return { path, words: issue.message };
  }
}

function unknownKey(key: string, known: readonly string[]): string {
  const [near] = nearestNames(key, known);
  if (near !== undefined) return `is not a known key: did you mean ${near}?`;
  return known.length === 0
    ? "is not a known key"
    : `is not a known key; there are ${known.join(", ")}`;
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ["string", "text; put a number in quotes"],
  ["number", "a number"],
  ["int", "a whole number"],
  ["boolean", "true or false"],
  ["array", "a list"],
  ["object", "keys with values"],
  ["record", "keys with values"],
]);

function typeWords({ input, expected }: z.core.$ZodIssueInvalidType): string {
  if (input === undefined) return "is missing";
  return `must be ${TYPES.get(expected) ?? expected}`;
}

function tooSmall({ origin, minimum, message }: z.core.$ZodIssueTooSmall): string {
  if (origin === "number" || origin === "int") return `must be at least ${minimum}`;
  if (minimum === 1) return "must not be empty";
  if (origin === "string") return `must have at least ${minimum} characters`;
  return origin === "array" ? `must have at least ${minimum} entries` : message;
}

/** Of the forms that a value may have, the one that it came closest to says what is wrong. */
function unionProblem(
  forms: readonly (readonly z.core.$ZodIssue[])[],
  schema: z.core.$ZodType,
  path: readonly PropertyKey[],
): SchemaProblem {
  const firsts = forms.flatMap(([first]) => first ?? []);
  const closest = firsts.find(
    ({ code, path: below }) => below.length > 0 || code !== "invalid_type",
  );
  if (closest !== undefined) return problemOf(closest, schema, path);
  const types = firsts.flatMap((each) => (each.code === "invalid_type" ? each.expected : []));
  const words = [...new Set(types)].map((type) => (TYPES.get(type) ?? type).split(";")[0]);
  return { path, words: words.length === 0 ? "cannot be used" : `must be ${words.join(" or ")}` };
}

/** The keys that a schema knows at a place. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const [step, ...rest] = path;
  return formsOf(schema).flatMap((form) => {
    const { def } = form._zod;
    if (isObject(def)) {
      if (step === undefined) return Object.keys(def.shape);
      const below = def.shape[String(step)];
      return below === undefined ? [] : keysAt(below, rest);
    }
    return isArray(def) && typeof step === "number" ? keysAt(def.element, rest) : [];
  });
}

/** What a schema is without what may be left out, converted or chosen. */
function formsOf(schema: z.core.$ZodType): z.core.$ZodType[] {
  const { def } = schema._zod;
  if (isUnion(def)) return def.options.flatMap(formsOf);
  if (isPipe(def)) return formsOf(def.in);
  return isWrapper(def) ? formsOf(def.innerType) : [schema];
}

function isObject(def: z.core.$ZodTypeDef): def is z.core.$ZodObjectDef {
  return def.type === "object";
}

function isArray(def: z.core.$ZodTypeDef): def is z.core.$ZodArrayDef {
  return def.type === "array";
}

function isUnion(def: z.core.$ZodTypeDef): def is z.core.$ZodUnionDef {
  return def.type === "union";
}

function isPipe(def: z.core.$ZodTypeDef): def is z.core.$ZodPipeDef {
  return def.type === "pipe";
}

function isWrapper(def: z.core.$ZodTypeDef): def is z.core.$ZodOptionalDef {
  return "innerType" in def;
}
