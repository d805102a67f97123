/**
 * What a tag says of an interface: `{% openapi src="a.yaml" path="/pets" method="get" %}`, and the answers of an
 * operation. Source: GitBook's blocks for OpenAPI, of which old ones are called swagger and api-method.
 */

import type { SiteTag } from "./site-tag.ts";
import { attribute } from "./tag-attributes.ts";

/** "`GET https://a.example/pets`: What it gives", or an answer's number; undefined for another tag. */
export function interfaceCallOf({
  name,
  words,
}: Pick<SiteTag, "name" | "words">): string | undefined {
  const status = attribute(words, "status") ?? attribute(words, "httpCode");
  if (status !== undefined && /response/i.test(name)) {
    return withWords(status, attribute(words, "description"));
  }
  const method = /^[a-z]{3,7}$/i.exec(attribute(words, "method") ?? "")?.[0];
  const path = attribute(words, "path") ?? attribute(words, "url");
  if (method === undefined || path === undefined) return undefined;
  const host = attribute(words, "baseUrl") ?? attribute(words, "host") ?? "";
  const title = attribute(words, "summary") ?? attribute(words, "title");
  return withWords(`${method.toUpperCase()} ${host}${path}`, title);
}

function withWords(code: string, words = ""): string {
  const own = `\`${code.replace(/`/g, "'")}\``;
  return words.trim() === "" ? own : `${own}: ${words.trim()}`;
}
