/**
 * Templates of deployment tools, which write rule files and are none: a chart's for Helm, a role's for
 * Ansible. What Prometheus itself renders (`{{ $labels.topic }}`, `{{ range query "…" }}`) is no sign of one.
 */
import type { Oddity } from "./yaml-signs.ts";

const KINDS: readonly { readonly sign: RegExp; readonly words: string }[] = [
  {
    // A chart's values and functions, or braces quoted for the second rendering; any other quoted text is one of Go.
    sign: /\{\{-?[^{}\n]*?(?:(?<!\w)\.(?:Values|Release|Chart|Capabilities)\b|\b(?:include|tpl) |\b(?:toYaml|n?indent)\b)|\{\{-? *(?:`[^`]*(?:\{\{|$)|"\{\{)/,
    words: "a template of Helm that is not rendered: give the output of `helm template`",
  },
  {
    sign: /\{%-?\s*(?:raw|if|for|set|endraw|endif|endfor)\b/,
    words: "a template of Jinja that is not rendered: give the file that Ansible writes",
  },
];

/** The first line that only a deployment tool can read, and what to do with the file. */
export function unrenderedTemplate(text: string): Oddity | undefined {
  for (const [at, line] of text.split("\n").entries()) {
    const kind = line.includes("{") ? KINDS.find(({ sign }) => sign.test(line)) : undefined;
    if (kind !== undefined) return { line: at + 1, words: kind.words };
  }
  return undefined;
}
