/** What is wrong with a payload, each with the place, in the words Slack uses. */

import { isJson, type Json } from "./json.ts";

/** Collects complaints about one payload; `path` is a JSON pointer such as `/blocks/0/text`. */
export class Complaints {
  readonly messages: string[] = [];

  add(path: string, message: string): void {
    this.messages.push(`[ERROR] ${message} [json-pointer:${path}]`);
  }

  /** A string of `min` to `max` characters; absent is fine unless it is required. */
  string(from: Json, name: string, rule: StringRule): void {
    const value = from[name];
    const path = `${rule.path}/${name}`;
    if (value === undefined || value === null) {
      if (rule.required === true) this.add(rule.path, `missing required field: ${name}`);
    } else if (typeof value !== "string") {
      this.add(path, "must be a string");
    } else this.length(value, path, rule);
  }

  /** A list of `min` to `max` items; returns those that are objects, to be checked one by one. */
  list(from: Json, name: string, rule: ListRule): Json[] {
    const value = from[name];
    const path = `${rule.path}/${name}`;
    if (value === undefined && rule.required !== true) return [];
    if (!Array.isArray(value)) {
      this.add(rule.path, `missing required field: ${name}`);
      return [];
    }
    if (value.length > rule.max) this.add(path, `no more than ${rule.max} items allowed`);
    if (value.length < (rule.min ?? 1)) this.add(path, "no less than 1 items allowed");
    return value.filter(isJson);
  }

  /** A text object (`plain_text`, or also `mrkdwn`) whose text has 1 to `max` characters. */
  textObject(from: Json, name: string, { path, ...rule }: TextRule): void {
    const value = from[name];
    if (value !== undefined && value !== null) this.textValue(value, `${path}/${name}`, rule);
    else if (rule.required === true) this.add(path, `missing required field: ${name}`);
  }

  /** The same for a text object that stands in a list, at `path` itself. */
  textValue(value: unknown, path: string, rule: Omit<TextRule, "path">): void {
    const type = isJson(value) ? value["type"] : undefined;
    const known = type === "plain_text" || (type === "mrkdwn" && rule.plain !== true);
    if (isJson(value) && known) {
      this.string(value, "text", { path, max: rule.max, min: 1, required: true });
    } else this.add(path, "failed to match all allowed schemas");
  }

  private length(value: string, path: string, { min = 0, max }: StringRule): void {
    if (value.length > max) this.add(path, `must be less than ${max + 1} characters`);
    if (value.length < min) this.add(path, `must be more than ${min - 1} characters`);
  }
}

interface StringRule {
  readonly path: string;
  readonly max: number;
  readonly min?: number;
  readonly required?: boolean;
}

interface ListRule {
  readonly path: string;
  readonly max: number;
  readonly min?: number;
  readonly required?: boolean;
}

interface TextRule {
  readonly path: string;
  readonly max: number;
  readonly required?: boolean;
  readonly plain?: boolean;
}
