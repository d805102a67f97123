/** The reference, the JSON schema and the code say the same. */

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv, type AnySchema } from "ajv";
import { parse } from "yaml";
import { KEY_TEXTS } from "../../src/config/config-key-texts.ts";
import { configReference } from "../../src/config/config-reference.ts";
import { configJsonSchema, type KeySchema } from "../../src/config/config-schema.ts";
import { ENVIRONMENT_VARIABLES } from "../../src/config/environment-variables.ts";
import { referenceFiles } from "../../src/edges/cli/reference-files.ts";

for (const [path, text] of Object.entries(referenceFiles())) {
  test(`${path} is as its sources say (npm run reference)`, () => {
    assert.equal(readFileSync(path, "utf8"), text);
  });
}

test("every key of the schema stands in the reference, and no other key has words", () => {
  const keys = keysOf(configJsonSchema(), "");
  assert.deepEqual(Object.keys(KEY_TEXTS).toSorted(), keys.toSorted());
  const reference = configReference();
  const missing = keys.filter(
    (key) => !new RegExp(`(?:\`|### )${escaped(key)}(?:\`|\n)`).test(reference),
  );
  assert.deepEqual(missing, []);
});

test("every variable that the code reads stands in the reference", () => {
  const known = new Set(ENVIRONMENT_VARIABLES.map(({ name }) => name));
  const read = globSync("src/**/*.{ts,js}").flatMap((file) => {
    const code = readFileSync(file, "utf8");
    const direct = [...code.matchAll(/\benv\["([A-Z][A-Z0-9_]+)"\]/g)];
    const checked = [
      ...code.matchAll(
        /\(variables, "([A-Z][A-Z0-9_]+)"|(?:optional|required)\(\s*"([A-Z][A-Z0-9_]+)"/g,
      ),
    ];
    return [...direct, ...checked].map(([, first, second]) => first ?? second ?? "");
  });
  assert.ok(read.includes("SLACK_BOT_TOKEN") && read.includes("SANDBOX_PORT"), "the code was read");
  assert.deepEqual(
    [...new Set(read)].filter((name) => !known.has(name)),
    [],
  );
});

test("the JSON schema takes the example and refuses what the bot refuses", () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const isValid = ajv.compile(configJsonSchema() as AnySchema);
  const example = () => parse(readFileSync("streamline-bot.example.yaml", "utf8"));
  assert.ok(isValid(example()), ajv.errorsText(isValid.errors));
  const wrong: readonly ((file: Record<string, never>) => unknown)[] = [
    (file) => ({ ...file, nonsense: 1 }),
    (file) => ({ ...file, targets: [] }),
    (file) => ({ ...file, routes: [{ channel: "incidents" }] }),
    (file) => ({ ...file, slack: { mode: "webhooks" } }),
    (file) => ({ ...file, sampling: { interval: "often" } }),
    (file) => ({ ...file, targets: [{ name: "a", http: "http://a:1" }] }),
  ];
  for (const [index, change] of wrong.entries()) {
    assert.equal(isValid(change(example())), false, `mistake ${index} is taken`);
  }
});

test("what is right in YAML types is right for the schema: durations are texts", () => {
  const ajv = new Ajv({ strict: false });
  const isValid = ajv.compile(configJsonSchema() as AnySchema);
  const file = (interval: unknown) => ({
    targets: [{ name: "a", http: "http://a:9094", kafka: "a:9092" }],
    routes: [{ channel: "C0123456789" }],
    sampling: { interval },
  });
  assert.equal(isValid(file("10s")), true);
  assert.equal(isValid(file(10)), false);
});

function keysOf(schema: KeySchema, path: string): string[] {
  const forms = [schema, ...(schema.anyOf ?? [])];
  const own = forms.flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([key, value]) => {
      const below = path === "" ? key : `${path}.${key}`;
      return [below, ...keysOf(value, below)];
    }),
  );
  return [...own, ...(schema.items === undefined ? [] : keysOf(schema.items, `${path}[]`))];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
