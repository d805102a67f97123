/** The schema with its words, and the environment -> docs/configuration.md. */

import { KEY_TEXTS } from "./config-key-texts.ts";
import { configJsonSchema, type KeySchema } from "./config-schema.ts";
import { ENVIRONMENT_VARIABLES } from "./environment-variables.ts";

/** The page's whole text. */
export function configReference(): string {
  const schema = configJsonSchema();
  const sections = Object.entries(schema.properties ?? {}).map(([key, value]) =>
    sectionOf(key, value, schema.required?.includes(key) === true),
  );
  return [
    "# Configuration reference",
    "",
    "<!-- Written by `npm run reference` from the schema in src/config; do not edit. -->",
    "",
    ...INTRODUCTION,
    "",
    "## Environment",
    "",
    "| variable | for | when it is not set |",
    "|---|---|---|",
    ...ENVIRONMENT_VARIABLES.map(
      ({ name, about, without, isSecret }) =>
        `| \`${cell(name)}\`${isSecret === true ? " *" : ""} | ${cell(about)} | ${cell(without)} |`,
    ),
    "",
    "\\* A secret. Each can come from a file instead, whose path is in the variable with `_FILE` at its end, such as `WEBHOOK_TOKEN_FILE=/run/secrets/webhook`. A file that everybody may write is refused, one that everybody may read is warned of. SIGHUP makes the bot read them again; only `DATABASE_URL` needs a restart. (A variable of a running process cannot change, so what is to be replaced comes from a file.)",
    "",
    "## The file",
    "",
    ...sections.flatMap((lines) => [...lines, ""]),
  ].join("\n");
}

const INTRODUCTION = [
  "The file is `streamline-bot.yaml`, or what `--config` or `STREAMLINE_BOT_CONFIG` names; [streamline-bot.example.yaml](../streamline-bot.example.yaml) shows one with comments. Secrets are never in it: they come from the environment.",
  "",
  "`streamline-bot config check` names every mistake at once, with its place. `streamline-bot config schema` prints the JSON schema; an editor with the YAML language server checks while you type when the file begins with",
  "",
  "```yaml",
  "# yaml-language-server: $schema=docs/streamline-bot.schema.json",
  "```",
];

function sectionOf(key: string, schema: KeySchema, isRequired: boolean): string[] {
  const rows = rowsOf(key, schema, isRequired);
  return [
    `### ${key}`,
    "",
    KEY_TEXTS[key]?.about ?? "",
    "",
    "| key | value | default | for | example |",
    "|---|---|---|---|---|",
    ...(rows.length === 1 ? rows : rows.slice(1)),
  ];
}

function rowsOf(path: string, schema: KeySchema, isRequired: boolean): string[] {
  const { about = "", example } = KEY_TEXTS[path] ?? {};
  const shown = example === undefined ? "" : `\`${cell(example)}\``;
  const fallback = isRequired ? "**required**" : defaultOf(schema);
  const own = `| \`${path}\` | ${cell(kindOfValue(schema))} | ${fallback} | ${cell(about)} | ${shown} |`;
  return [own, ...formsOf(schema).flatMap(([form, inList]) => keysOf(form, `${path}${inList}`))];
}

/** The objects whose keys stand below a key. */
function formsOf(schema: KeySchema): (readonly [form: KeySchema, inList: string])[] {
  const { items, anyOf = [] } = schema;
  return [
    [schema, ""],
    ...(items === undefined ? [] : [[items, "[]"] as const]),
    ...anyOf.map((each) => [each, ""] as const),
  ];
}

function keysOf({ properties = {}, required = [] }: KeySchema, path: string): string[] {
  return Object.entries(properties).flatMap(([key, value]) =>
    rowsOf(`${path}.${key}`, value, required.includes(key)),
  );
}

function kindOfValue(schema: KeySchema): string {
  if (schema.title !== undefined) return schema.title;
  if (schema.enum !== undefined) return schema.enum.map(String).join(" or ");
  if (schema.anyOf !== undefined) return schema.anyOf.map(kindOfValue).join(", or ");
  const { minimum, maximum } = schema;
  const range = minimum === undefined ? "" : ` from ${minimum} to ${maximum}`;
  const plain = new Map([
    ["string", "text"],
    ["integer", `whole number${range}`],
    ["boolean", "true or false"],
    ["array", schema.items?.properties === undefined ? "list" : "list of entries"],
  ]);
  const keys = schema.properties === undefined ? "names with values" : "keys below";
  return plain.get(String(schema.type)) ?? keys;
}

function defaultOf({ default: value, properties }: KeySchema): string {
  if (value === undefined) return "none";
  if (properties !== undefined) return "";
  return `\`${cell(typeof value === "string" ? value : JSON.stringify(value))}\``;
}

/** A bar would end the cell, and a line the row. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
