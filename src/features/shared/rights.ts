/** What a person can be allowed to do. */

/**
 * "read" is what everyone may: search the runbooks, and say what is missing in them. "query" is to ask
 * with PromQL of one's own, which a target's Prometheus is asked with the bot's token.
 */
export const RIGHTS = ["read", "ask", "query", "acknowledge", "silence"] as const;
export type Right = (typeof RIGHTS)[number];

/** Whether the configuration can give a right of this name. */
export function isRight(name: string): name is Right {
  return RIGHTS.some((right) => right === name);
}
