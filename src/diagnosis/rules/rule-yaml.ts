/**
 * The YAML of a rule file, read as Prometheus reads it (gopkg.in/yaml.v3, model/rulefmt): the first
 * document counts, a scalar that stands where a text belongs is that text, and a quoted text may go on
 * at any indentation.
 */

import { type Document, parseAllDocuments, type ScalarTag, visit } from "yaml";

/**
 * The contents of the documents that count: the first, and of objects of Kubernetes, which are given to it
 * in one file, all. Throws an Error that says what is wrong, and where. An empty file is "".
 */
export function readRuleYaml(written: string): readonly unknown[] {
  const text = written.replace(/\r\n?/g, "\n");
  const documents = documentsOf(text);
  const wrong = firstError(documents);
  if (wrong === undefined) return contentsOf(documents);
  const again = documentsOf(indentQuotedLines(text));
  if (firstError(again) === undefined) return contentsOf(again);
  throw new Error(wrong.message.split("\n")[0]?.replace(/:$/, "") ?? "it is not YAML");
}

/** Aliases beyond these are somebody's bomb. */
const MOST_ALIASES = 1_000;

function contentsOf([first, ...others]: readonly Document.Parsed[]): unknown[] {
  const content = contentOf(first);
  return isOfKubernetes(content) ? [content, ...others.map(contentOf)] : [content];
}

function contentOf(document: Document.Parsed | undefined): unknown {
  return document?.toJS({ maxAliasCount: MOST_ALIASES }) ?? "";
}

function isOfKubernetes(content: unknown): boolean {
  return typeof content === "object" && content !== null && "kind" in content;
}

function firstError([first]: readonly Document.Parsed[]): Error | undefined {
  return first?.errors[0];
}

/** `!!binary` is a text in base64. */
const BINARY: ScalarTag = {
  tag: "tag:yaml.org,2002:binary",
  resolve: (base64) => Buffer.from(base64, "base64").toString(),
};

/** With the failsafe schema every scalar is a text: `severity: 1` is "1", and `for: 0` is "0". */
function documentsOf(text: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, {
    schema: "failsafe",
    merge: true,
    logLevel: "silent",
    customTags: [BINARY],
  });
  if (!Array.isArray(documents)) return [];
  for (const document of documents) readNulls(document);
  return documents;
}

/** What a plain scalar is written as where nothing is meant; `"null"` in quotes is a text. */
const NULLS: ReadonlySet<unknown> = new Set(["", "null", "Null", "NULL", "~"]);

function readNulls(document: Document.Parsed): void {
  visit(document, {
    Scalar(key, node) {
      if (key !== "key" && node.type === "PLAIN" && NULLS.has(node.value)) node.value = null;
    },
  });
}

/** Opens a quoted value of a key or list item, or of a map or list on one line, that its line does not close. */
const OPENING =
  /^(\s*)(?:- +)?(?:[\w.-]+: +)?(?:[{[](?:[^"']*[ ,:{[])?)?(["'])(?:[^"'\\]|\\.|\2\2|(?!\2)["'])*$/;

/** Lines that continue a quoted text get an indentation that every YAML parser takes. */
function indentQuotedLines(text: string): string {
  let open: { readonly quote: string; readonly indent: string } | undefined;
  return text
    .split("\n")
    .map((line) => {
      if (open === undefined) {
        const match = OPENING.exec(line);
        if (match !== null) open = { quote: match[2] ?? "", indent: `${match[1] ?? ""}    ` };
        return line;
      }
      const { quote, indent } = open;
      if (closes(line, quote)) open = undefined;
      return `${indent}${line.trimStart()}`;
    })
    .join("\n");
}

function closes(line: string, quote: string): boolean {
  const unescaped = quote === '"' ? line.replace(/\\./g, "") : line.replaceAll("''", "");
  return unescaped.includes(quote);
}
