/**
 * What Liquid keeps for an include that shows code: `{% capture step %}`, the code, `{% endcapture %}` and
 * `{% include code-block.html curl=step %}` -> a tag of code in its place. As many lines as before.
 */

const INCLUDE = /^\s*\{%-?\s*include(?:_\w+)?\s+(?=\S*code)[\w./-]+\s((?:(?!%\}).)*)%\}\s*$/;
const GIVEN = /([\w-]+)\s*=\s*([A-Za-z_][\w-]*)(?=\s|$)/g;
const CAPTURE = /^\s*\{%-?\s*capture\s+([\w-]+)\s*-?%\}\s*$/;
const ENDS = /^\s*\{%-?\s*endcapture\s*-?%\}\s*$/;
const RAW = /\{%-?\s*(?:end)?raw\s*-?%\}/g;

/** `{% capture file %}a/b.html{% endcapture %}{% include {{ file }} %}`: the name of what is included, computed. */
const FILE =
  /\{%-?\s*capture\s+([\w-]+)\s*-?%\}((?:(?!\{%).)*)\{%-?\s*endcapture\s*-?%\}\s*(\{%-?\s*include(?:_\w+)?\s+)\{\{\s*\1\s*\}\}/;

/** Takes lines in which each tag stands on one. */
export function capturedCode(written: readonly string[]): readonly string[] {
  const lines = written.map((line) =>
    line.includes("endcapture") ? line.replace(FILE, "$3$2") : line,
  );
  const captured = new Set(lines.flatMap((line) => CAPTURE.exec(line)?.[1] ?? []));
  if (captured.size === 0) return lines;
  const languages = new Map<string, string>();
  for (const line of lines) {
    for (const [, language = "", name = ""] of givenIn(line)) {
      if (captured.has(name)) languages.set(name, language);
    }
  }
  const lastEnd = lines.findLastIndex((line) => ENDS.test(line));
  let isCode = false;
  return lines.map((line, at) => {
    if (isCode && ENDS.test(line)) {
      isCode = false;
      return "{% endhighlight %}";
    }
    if (isCode) return line.replace(RAW, "");
    const language = languages.get(CAPTURE.exec(line)?.[1] ?? "");
    if (language !== undefined && at < lastEnd) {
      isCode = true;
      return `{% highlight ${language} %}`;
    }
    // The code stands above already.
    return givenIn(line).some(([, , name = ""]) => languages.has(name)) ? "" : line;
  });
}

/** What an include of code is given, each with its name and the variable. */
function givenIn(line: string): RegExpExecArray[] {
  return [...(INCLUDE.exec(line)?.[1] ?? "").matchAll(GIVEN)];
}
