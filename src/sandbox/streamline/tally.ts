/** What clients have asked of the simulated server, so that a test can say: only GETs. */
import type { HttpRequest } from "./answer.ts";

export interface RequestTally {
  /** HTTP requests by method. */
  readonly byMethod: ReadonlyMap<string, number>;
  /** HTTP requests by method and path, without the query: `GET /metrics`. */
  readonly byPath: ReadonlyMap<string, number>;
  /** Kafka requests by the server's name for them: `metadata`. */
  readonly kafka: ReadonlyMap<string, number>;
  /** Bytes of HTTP bodies sent. */
  readonly bytes: number;
  readonly total: number;
}

export interface RequestCounter extends RequestTally {
  readonly countHttp: (request: HttpRequest) => void;
  readonly countKafka: (apiKey: string) => void;
  readonly countBytes: (bytes: number) => void;
}

/** A counter at zero. */
export function createRequestCounter(): RequestCounter {
  const byMethod = new Map<string, number>();
  const byPath = new Map<string, number>();
  const kafka = new Map<string, number>();
  let bytes = 0;
  let total = 0;
  return {
    byMethod,
    byPath,
    kafka,
    get bytes() {
      return bytes;
    },
    get total() {
      return total;
    },
    countHttp({ method, url }) {
      total += 1;
      increment(byMethod, method);
      increment(byPath, `${method} ${url.split("?", 1)[0] ?? ""}`);
    },
    countKafka: (apiKey) => increment(kafka, apiKey),
    countBytes(count) {
      bytes += count;
    },
  };
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
