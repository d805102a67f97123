/** A reply of the JSON API -> its value, or why it has none, as the end of a sentence about the address. */

import type { z } from "zod";
import { parseJson } from "../../exposition/parse-json.ts";
import { failureText, type Reply } from "../reply.ts";

export type ApiAnswer<T> =
  | { readonly kind: "value"; readonly value: T }
  /** `says` ends the sentence "http://… …". */
  | { readonly kind: "unavailable"; readonly says: string };

/** The body by its shape, or why there is none, as the end of a sentence. */
export function readApi<T>(reply: Reply, shape: z.ZodType<T>): ApiAnswer<T> {
  if (reply.kind !== "answered") return unavailable(failureText(reply));
  if (reply.status === 404) return unavailable("answers 404: this build does not have it");
  if (reply.status !== 200) return unavailable(`answers ${reply.status}`);
  const json = parseJson(reply.body);
  if (json === undefined) return unavailable("answers 200 with something that is not JSON");
  const parsed = shape.safeParse(json);
  return parsed.success
    ? { kind: "value", value: parsed.data }
    : unavailable("answers 200 with JSON of another shape than Streamline's");
}

function unavailable(says: string): { kind: "unavailable"; says: string } {
  return { kind: "unavailable", says };
}

/**
 * Whether a name can stand in a path. `.` and `..` cannot, not even encoded (URL standard, "dot
 * path segments"): they would lead to another endpoint.
 */
export function isSegment(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && name.isWellFormed();
}
