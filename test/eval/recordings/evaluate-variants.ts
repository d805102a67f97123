/** Plays a folder of recordings as they would be elsewhere: what is not well, line by line, and a sum each. */

import { textLine } from "./evaluate-recordings.ts";
import { JUDGEMENTS } from "./judge-moment.ts";
import { readLabels } from "./labels.ts";
import { playFolder } from "./play-folder.ts";
import { countOf } from "./recordings-table.ts";
import { VARIANTS, variantOf } from "./variants.ts";

const NOT_WELL = new Set(["missed", "wrong", "stale", "false-alarm"]);

/** Of one variant by its name, or of `all`. Throws for a name that is none. */
export async function evaluateVariants(
  folder: string,
  { variant }: { readonly variant: string },
): Promise<void> {
  const names = variant === "all" ? Object.keys(VARIANTS) : variant.split(",");
  const { recordings } = readLabels(folder);
  const rows: string[] = [];
  for (const name of names) {
    variantOf(name);
    const moments = (await playFolder(recordings, name)).flatMap(({ lines }) => lines);
    for (const each of moments.filter(({ judged }) => NOT_WELL.has(judged))) {
      print(`${name}: ${textLine(each)}`);
    }
    const counts = JUDGEMENTS.map((judged) => countOf(moments, judged) || "");
    rows.push(`| ${[name, moments.length, ...counts].join(" | ")} |`);
  }
  print(`\n| variant | moments | ${JUDGEMENTS.join(" | ")} |`);
  print(`|---|---:|${JUDGEMENTS.map(() => "---:|").join("")}`);
  print(`${rows.join("\n")}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
