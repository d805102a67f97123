/** The body of /metrics on its way in: samples as they come, without the text being kept. */

import type { MetricsAnswered } from "../../diagnosis/reply.ts";
import {
  createExpositionParser,
  type ExpositionParser,
  expositionFormat,
} from "../../exposition/parse-exposition.ts";
import type { Sample } from "../../exposition/sample.ts";
import type { Head } from "./bounded-request.ts";

/** Three times what a target with 10,000 partitions has; what is beyond counts as broken lines. */
const MAX_SERIES = 300_000;

export interface MetricsBody {
  readonly onHead: (head: Head) => (chunk: Uint8Array) => void;
  end(): Pick<MetricsAnswered, "samples" | "brokenLines" | "duplicates">;
}

/** Only an answer of status 200 is read as metrics; an error page would be broken lines. */
export function createMetricsBody(): MetricsBody {
  const samples: Sample[] = [];
  let parser: ExpositionParser | undefined;
  return {
    onHead(head) {
      if (head.status !== 200) return () => undefined;
      const format = expositionFormat(head.headers["content-type"]);
      const begun = createExpositionParser((sample) => samples.push(sample), {
        format,
        maxSeries: MAX_SERIES,
      });
      parser = begun;
      return (chunk) => begun.write(chunk);
    },
    end() {
      const summary = parser?.end();
      return {
        samples,
        brokenLines: summary?.brokenTotal ?? 0,
        duplicates: summary?.duplicates ?? 0,
      };
    },
  };
}
