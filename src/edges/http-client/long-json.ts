/** JSON that others answer with, of some megabytes: read in turns, so that people are answered meanwhile. */

import { parseJson } from "../../exposition/parse-json.ts";
import { shortenJson } from "../../exposition/shorten-json.ts";
import { letOthersRun } from "../let-others-run.ts";

/** The value, without keys that no reader would take; undefined for what is no JSON, or nested without end. */
export async function readLongJson(chunks: readonly Uint8Array[]): Promise<unknown> {
  const text = await shortenedText(chunks);
  const value = parseJson(text);
  await letOthersRun();
  return value;
}

/** The text of it, which is harmless to parse; empty for what is nested without end. */
export async function shortenedText(chunks: readonly Uint8Array[]): Promise<string> {
  const bytes = Buffer.concat(chunks);
  try {
    return shortenJson(bytes).text;
  } catch (error) {
    if (error instanceof RangeError) return "";
    throw error;
  } finally {
    await letOthersRun();
  }
}
