/** A body as it comes over a network. */

import { createExpositionParser, type Exposition } from "../../src/exposition/parse-exposition.ts";
import type { Sample } from "../../src/exposition/sample.ts";

/** Read again and again, in chunks of other sizes. */
export function inChunks(body: string): Pick<Exposition, "samples" | "broken">[] {
  const bytes = new TextEncoder().encode(body);
  return [1, 2, 7, 30, 1000].map((size) => {
    const samples: Sample[] = [];
    const parser = createExpositionParser((sample) => samples.push(sample));
    for (let at = 0; at < bytes.length; at += size) parser.write(bytes.subarray(at, at + size));
    return { samples, broken: parser.end().broken };
  });
}
