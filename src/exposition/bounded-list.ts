/** Lists that others made, of any length: read until the first item that is not as it should be. */

import { z } from "zod";

/** No list that is read here has as many; a hundred bytes each are four megabytes. */
export const MOST_ITEMS = 40_000;

/**
 * A list of such items. Zod's own notes what is wrong with each of them, which for a list of millions
 * takes more memory than there is; here the first one decides, and so does a length without measure.
 */
export function boundedList<T extends z.ZodType>(
  item: T,
  most = MOST_ITEMS,
): z.ZodType<z.output<T>[]> {
  return z.unknown().transform((given, context) => {
    const refused = (message: string): never => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    if (!Array.isArray(given)) return refused("is not a list");
    if (given.length > most) return refused(`holds more than ${most}`);
    const read: z.output<T>[] = [];
    for (const each of given) {
      const parsed = item.safeParse(each);
      if (!parsed.success) return refused("holds something else");
      read.push(parsed.data);
    }
    return read;
  });
}
