/** JSON from outside, which may be anything: a proxy's page, half an answer, nothing at all. */

/** The value, or undefined for a text that is not JSON; never an exception. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
