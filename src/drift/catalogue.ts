/**
 * The catalogue of a server version: every metric, endpoint, option, variable and command it has,
 * and the names that are not real although somebody wrote them down. A file in
 * knowledge/catalogue/ says what each key means.
 */

import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { readBySchema } from "../knowledge/schema-words.ts";
import { type CatalogueFile, catalogueFile } from "./catalogue-file.ts";

interface CatalogueEntry {
  /** The line of the catalogue file. */
  readonly line: number;
}

export interface MetricEntry extends CatalogueEntry {
  readonly type: "counter" | "gauge" | "summary";
  readonly labels: readonly string[];
  readonly status: "recorded" | "never-recorded";
  readonly always: boolean;
  readonly twin: boolean;
}

export interface EndpointEntry extends CatalogueEntry {
  /** GET, POST and so on, or ANY. */
  readonly method: string;
  /** `:name` stands for one part of the path, `*` at the end for anything. */
  readonly path: string;
  readonly feature: string;
  readonly use: "guides" | "other";
}

export interface OptionEntry extends CatalogueEntry {
  readonly short?: string | undefined;
  readonly env?: string | undefined;
  /** `[section] key` */
  readonly file?: string | undefined;
  readonly default: string;
  readonly effect: "works" | "inert";
}

interface CommandEntry extends CatalogueEntry {
  readonly flags: readonly string[];
  readonly use: "guides" | "other";
}

/** Names that do not exist, each with what is true instead; a `*` at the end stands for anything. */
interface NotReal {
  readonly metrics: ReadonlyMap<string, string>;
  readonly endpoints: ReadonlyMap<string, string>;
  readonly options: ReadonlyMap<string, string>;
  readonly commands: ReadonlyMap<string, string>;
}

export interface Catalogue {
  readonly file: string;
  /** What the server's /info reports. */
  readonly version: string;
  readonly releases: readonly string[];
  readonly labelValues: ReadonlyMap<string, readonly string[]>;
  readonly metrics: ReadonlyMap<string, MetricEntry>;
  readonly endpoints: readonly EndpointEntry[];
  readonly options: ReadonlyMap<string, OptionEntry>;
  /** Flags of streamline-cli that stand before its command only, and those that stand anywhere. */
  readonly cliFlagsBefore: ReadonlySet<string>;
  readonly cliFlags: ReadonlySet<string>;
  readonly commands: ReadonlyMap<string, CommandEntry>;
  readonly notReal: NotReal;
  /** Every flag of the server; every flag of any command of streamline-cli. */
  readonly serverFlags: ReadonlySet<string>;
  readonly toolFlags: ReadonlySet<string>;
  /** Every variable that a program of the server reads, and our own placeholders. */
  readonly variables: ReadonlySet<string>;
  readonly fileKeys: ReadonlySet<string>;
}

/** Reads a catalogue file; throws with the file's name and the path of the first fault. */
export function parseCatalogue(text: string, file: string): Catalogue {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) throw new Error(`${file}: ${broken.message}`);
  const parsed = readBySchema(catalogueFile, document.toJS());
  if ("problem" in parsed) {
    const { path, words } = parsed.problem;
    throw new Error(`${file}: ${path.map(String).join(".")} ${words}`);
  }
  const value = parsed.data;
  const line = (...path: PropertyKey[]): number => lineOf(document, lines, path);
  const withLines = <T>(key: string, entries: Record<string, T>): Map<string, T & CatalogueEntry> =>
    new Map(
      Object.entries(entries).map(([name, entry]) => [name, { ...entry, line: line(key, name) }]),
    );
  return {
    file,
    version: value.version,
    releases: value.releases,
    labelValues: new Map(Object.entries(value["label-values"])),
    metrics: withLines("metrics", value.metrics),
    endpoints: value.endpoints.map((each, n) => ({ ...each, line: line("endpoints", n) })),
    options: withLines("options", value.options),
    cliFlagsBefore: new Set(value["cli-flags-before"]),
    cliFlags: new Set(value["cli-flags"]),
    commands: withLines("commands", value.commands),
    notReal: {
      metrics: new Map(Object.entries(value["not-real"].metrics)),
      endpoints: new Map(Object.entries(value["not-real"].endpoints)),
      options: new Map(Object.entries(value["not-real"].options)),
      commands: new Map(Object.entries(value["not-real"].commands)),
    },
    ...derivedSets(value),
  };
}

/** What every program made with the server's argument parser (clap) takes. */
const COMMON_FLAGS = ["--help", "-h", "--version", "-V"];

function derivedSets(value: CatalogueFile) {
  const options = Object.values(value.options);
  return {
    serverFlags: new Set([
      ...Object.keys(value.options),
      ...options.flatMap(({ short }) => short ?? []),
      ...COMMON_FLAGS,
    ]),
    toolFlags: new Set([
      ...Object.values(value.commands).flatMap(({ flags }) => flags),
      ...value["cli-flags"],
      ...value["cli-flags-before"],
    ]),
    variables: new Set([
      ...options.flatMap(({ env }) => env ?? []),
      ...Object.keys(value.environment),
      ...value.placeholders,
    ]),
    fileKeys: new Set([
      ...options.flatMap(({ file }) => file ?? []),
      ...value["file-keys-without-option"],
    ]),
  };
}

/** What `*` at the end of a listed name stands for. */
export function lookUp(names: ReadonlyMap<string, string>, name: string): string | undefined {
  const exact = names.get(name);
  if (exact !== undefined) return exact;
  const family = [...names].find(
    ([listed]) => listed.endsWith("*") && name.startsWith(listed.slice(0, -1)),
  );
  return family?.[1];
}

function lineOf(
  document: Document.Parsed,
  lines: LineCounter,
  path: readonly PropertyKey[],
): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && key.value === step)
      : undefined;
    node = pair?.value ?? (isSeq(node) ? node.items[Number(step)] : undefined);
    const start = pair?.key ?? node;
    offset = isScalar(start) || isMap(start) ? (start.range?.[0] ?? offset) : offset;
  }
  return lines.linePos(offset).line;
}
