/** Plays a folder of recordings as they would be elsewhere: what is not well, line by line, and a sum each. */

import { momentsOfFolder, textLine } from "./evaluate-recordings.ts";
import { isNotWell, JUDGEMENTS } from "./judge-moment.ts";
import type { MomentLine } from "./play-labelled.ts";
import { countOf } from "./recordings-table.ts";
import { VARIANTS, variantOf } from "./variants.ts";

/** Of one variant by its name, or of `all`. Throws for a name that is none. */
export async function evaluateVariants(
  folder: string,
  { variant }: { readonly variant: string },
): Promise<void> {
  const played: PlayedVariant[] = [];
  for (const name of variantNames(variant)) {
    const { moments } = await momentsOfFolder(folder, name);
    for (const each of moments.filter(({ judged }) => isNotWell(judged))) {
      print(`${name}: ${textLine(each)}`);
    }
    played.push({ name, moments });
  }
  print(`\n${variantsTable(played)}\n`);
}

export interface PlayedVariant {
  readonly name: string;
  readonly moments: readonly MomentLine[];
}

/** What `--variant` asks for: `all`, or names with commas between them. Throws for a name that is none. */
export function variantNames(asked: string): readonly string[] {
  const names = asked === "all" ? Object.keys(VARIANTS) : asked.split(",");
  for (const name of names) variantOf(name);
  return names;
}

/** The table as Markdown, a line for each variant. */
export function variantsTable(played: readonly PlayedVariant[]): string {
  const rows = played.map(({ name, moments }) => {
    const counts = JUDGEMENTS.map((judged) => countOf(moments, judged) || "");
    return `| ${[name, moments.length, ...counts].join(" | ")} |`;
  });
  return [
    `| variant | moments | ${JUDGEMENTS.join(" | ")} |`,
    `|---|---:|${JUDGEMENTS.map(() => "---:|").join("")}`,
    ...rows,
  ].join("\n");
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
