/**
 * The YAML of a rule file, read as Prometheus reads it (gopkg.in/yaml.v3, model/rulefmt): the first
 * document counts, a scalar that stands where a text belongs is that text, and a quoted text may go on
 * at any indentation.
 */

import { type Document, parseAllDocuments, visit } from "yaml";

/** Throws an Error that says what is wrong, and where. An empty file is undefined. */
export function readRuleYaml(text: string): unknown {
  const document = firstDocument(text);
  if (document === undefined || document.errors.length === 0) return contentOf(document);
  const again = firstDocument(indentQuotedLines(text));
  if (again !== undefined && again.errors.length === 0) return contentOf(again);
  const [error] = document.errors;
  throw new Error(error?.message.split("\n")[0]?.replace(/:$/, "") ?? "it is not YAML");
}

/** Aliases beyond these are somebody's bomb. */
const MOST_ALIASES = 1_000;

function contentOf(document: Document.Parsed | undefined): unknown {
  return document?.toJS({ maxAliasCount: MOST_ALIASES });
}

/** With the failsafe schema every scalar is a text: `severity: 1` is "1", and `for: 0` is "0". */
function firstDocument(text: string): Document.Parsed | undefined {
  const documents = parseAllDocuments(text, {
    schema: "failsafe",
    merge: true,
    logLevel: "silent",
  });
  const document = Array.isArray(documents) ? documents[0] : undefined;
  if (document !== undefined) readNulls(document);
  return document;
}

/** What a plain scalar is written as where nothing is meant; `"null"` in quotes is a text. */
const NULLS: ReadonlySet<unknown> = new Set(["null", "Null", "NULL", "~"]);

function readNulls(document: Document.Parsed): void {
  visit(document, {
    Scalar(key, node) {
      if (key !== "key" && node.type === "PLAIN" && NULLS.has(node.value)) node.value = null;
    },
  });
}

/** Opens a quoted value of a key or list item that its line does not close. */
const OPENING = /^(\s*)(?:- +)?(?:[\w.-]+: +)?(["'])(?:[^"'\\]|\\.|(?!\2)["'])*$/;

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
