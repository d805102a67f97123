/** What a person can be allowed to do. */

/** "read" is what everyone may: search the runbooks, and say what is missing in them. */
export const RIGHTS = ["read", "ask", "acknowledge", "silence"] as const;
export type Right = (typeof RIGHTS)[number];

export function isRight(name: string): name is Right {
  return RIGHTS.some((right) => right === name);
}
