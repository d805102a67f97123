/** The configuration file's JSON schema, for editors and for the reference: our own schema with words. */

import { z } from "zod";
import { KEY_TEXTS } from "./config-key-texts.ts";
import { fileSchema } from "./file-schema.ts";

/** As far as ours use it (JSON Schema, draft 7). */
export interface KeySchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, KeySchema>>;
  readonly required?: readonly string[];
  readonly items?: KeySchema;
  readonly anyOf?: readonly KeySchema[];
}

/** Throws when a key has no words in config-key-texts.ts. */
export function configJsonSchema(): KeySchema {
  const plain = z.toJSONSchema(fileSchema, { io: "input", target: "draft-7" }) as KeySchema;
  return {
    ...described(plain, ""),
    title: "Configuration of the Streamline incident bot",
  };
}

function described(schema: KeySchema, path: string): KeySchema {
  const { properties, items, anyOf } = schema;
  return {
    ...schema,
    ...wordsOf(path),
    ...(properties === undefined ? {} : { properties: describedKeys(properties, path) }),
    ...(items === undefined || path === "" ? {} : { items: ofEntry(items, path) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map((each) => ofForm(each, path)) }),
  };
}

function describedKeys(
  properties: Readonly<Record<string, KeySchema>>,
  path: string,
): Record<string, KeySchema> {
  const entries = Object.entries(properties).map(
    ([key, value]) => [key, described(value, path === "" ? key : `${path}.${key}`)] as const,
  );
  return Object.fromEntries(entries);
}

/** An entry of a list has no words of its own; its keys have. */
function ofEntry(items: KeySchema, path: string): KeySchema {
  const { properties } = items;
  if (properties === undefined) return items;
  return { ...items, properties: describedKeys(properties, `${path}[]`) };
}

/** One of several forms of a value: those that are objects have keys with words. */
function ofForm(form: KeySchema, path: string): KeySchema {
  const { properties } = form;
  return properties === undefined ? form : { ...form, properties: describedKeys(properties, path) };
}

function wordsOf(path: string): Pick<KeySchema, "description"> {
  if (path === "") return {};
  const text = KEY_TEXTS[path];
  if (text === undefined) {
    throw new Error(`${path} has no words: add them to src/config/config-key-texts.ts`);
  }
  const example = text.example === undefined ? "" : ` Example: ${text.example}`;
  return { description: `${text.about}${example}` };
}
