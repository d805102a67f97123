/** Bodies from outside, read without trusting them: what is missing or of another type reads as empty. */

export type Json = Readonly<Record<string, unknown>>;

/** Whether it is an object. */
export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The field as text, a number too, empty where it is neither. */
export function text(from: unknown, name: string): string {
  const value = isJson(from) ? from[name] : undefined;
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** A boolean as Slack's clients send it: in JSON as such, in a form as a word. */
export function flag(from: unknown, name: string): boolean {
  const value = isJson(from) ? from[name] : undefined;
  return value === true || value === "true" || value === "1" || value === 1;
}

/** The field as an object, undefined where it is none. */
export function object(from: unknown, name: string): Json | undefined {
  const value = isJson(from) ? from[name] : undefined;
  return isJson(value) ? value : undefined;
}

/** The objects of a list, none where the field is no list. */
export function objects(from: unknown, name: string): readonly Json[] {
  const value = isJson(from) ? from[name] : undefined;
  return Array.isArray(value) ? value.filter(isJson) : [];
}
