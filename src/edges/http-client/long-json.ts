/** JSON that others answer with, of some megabytes: read in turns, so that people are answered meanwhile. */

import type { z } from "zod";
import { MOST_ITEMS } from "../../exposition/bounded-list.ts";
import { parseJson } from "../../exposition/parse-json.ts";
import { shortenedList, shortenJson } from "../../exposition/shorten-json.ts";
import { letOthersRun } from "../let-others-run.ts";

/** Reads an answer's bytes; undefined for what is something else. */
export type AnswerReader<T> = (chunks: readonly Uint8Array[]) => Promise<T | undefined>;

/** Reads an answer that is one value of a shape. */
export function readsOneOf<T>(shape: z.ZodType<T>): AnswerReader<T> {
  return async (chunks) => shape.safeParse(await readLongJson(chunks)).data;
}

/** Reads an answer that is a list of such items, thousands at a time, up to as many as a bounded list may have. */
export function readsListOf<T>(item: z.ZodType<T>): AnswerReader<T[]> {
  return async (chunks) => {
    const read: T[] = [];
    const pieces = harmless(() => shortenedList(Buffer.concat(chunks))) ?? [];
    await letOthersRun();
    for (const piece of pieces) {
      const given = parseJson(piece);
      if (!Array.isArray(given) || read.length + given.length > MOST_ITEMS) return undefined;
      for (const each of given) {
        const parsed = item.safeParse(each);
        if (!parsed.success) return undefined;
        read.push(parsed.data);
      }
      await letOthersRun();
    }
    return pieces.length === 0 ? undefined : read;
  };
}

/** The value, without keys that no reader would take; undefined for what is no JSON, or nested without end. */
export async function readLongJson(chunks: readonly Uint8Array[]): Promise<unknown> {
  const text = await shortenedText(chunks);
  const value = parseJson(text);
  await letOthersRun();
  return value;
}

/** The text of it, which is harmless to parse; empty for what is nested without end. */
export async function shortenedText(chunks: readonly Uint8Array[]): Promise<string> {
  const short = harmless(() => shortenJson(Buffer.concat(chunks)));
  await letOthersRun();
  return short?.text ?? "";
}

/** Undefined for what is nested without end, or too many values. */
function harmless<T>(shorten: () => T): T | undefined {
  try {
    return shorten();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
