/** The exit codes that scripts go by, of every command. */

export const EXIT = {
  /** Nothing is wrong, or what was asked for was found. */
  clean: 0,
  /** Something is wrong with the target, or with the set-up. */
  wrong: 1,
  /** The command was not understood. */
  usage: 2,
  /** Nobody can tell: the target did not say, or nothing covers the question. */
  cannotTell: 3,
} as const;
