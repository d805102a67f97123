/** The body of /metrics on its way in: samples as they come, without the text being kept. */

import type { Failure, MetricsAnswered, MetricsReply } from "../../diagnosis/reply.ts";
import {
  createExpositionParser,
  type ExpositionParser,
  expositionFormat,
} from "../../exposition/parse-exposition.ts";
import type { Sample } from "../../exposition/sample.ts";
import type { Head } from "../http-client/answer.ts";

/** Three times what a target with 10,000 partitions has; what is beyond counts as broken lines. */
const MAX_SERIES = 300_000;

type MetricsHead = Omit<MetricsAnswered, "samples" | "brokenLines" | "duplicates">;

export interface MetricsBody {
  readonly onHead: (head: Head) => (chunk: Uint8Array) => void;
  /** What the answer comes to when its body has ended; a failure stays one. */
  reply(result: MetricsHead | Failure): MetricsReply;
}

/** Only an answer of status 200 is read as metrics; an error page would be broken lines. */
export function createMetricsBody(): MetricsBody {
  const samples: Sample[] = [];
  let parser: ExpositionParser | undefined;
  let isProtobuf = false;
  return {
    onHead(head) {
      if (head.status !== 200) return () => undefined;
      const format = expositionFormat(head.headers["content-type"]);
      if (format === "protobuf") {
        isProtobuf = true;
        return () => undefined;
      }
      const begun = createExpositionParser((sample) => samples.push(sample), {
        format,
        maxSeries: MAX_SERIES,
      });
      parser = begun;
      return (chunk) => begun.write(chunk);
    },
    reply(result) {
      if (result.kind !== "answered") return result;
      if (isProtobuf) return { kind: "protobuf", ms: result.ms };
      const summary = parser?.end();
      return {
        ...result,
        samples,
        brokenLines: summary?.brokenTotal ?? 0,
        duplicates: summary?.duplicates ?? 0,
      };
    },
  };
}
