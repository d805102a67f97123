/** Variables of the environment that look like ours and are none: nobody reads them, and nobody says so. */

import { editDistance } from "../spelling/edit-distance.ts";
import type { ConfigProblem } from "./config.ts";
import { ENVIRONMENT_VARIABLES } from "./environment-variables.ts";

/** Others may begin alike: the server's own are STREAMLINE_HTTP_ADDR and so on. */
const MOST_MISTAKES = 2;
/** Short names are like too many others. */
const SHORTEST = 10;

/** `names` as they are set. */
export function mistypedVariables(names: Iterable<string>): ConfigProblem[] {
  const ours = ENVIRONMENT_VARIABLES.map(({ name }) => name);
  const patterns = ours.map((name) => name.replace(/<\w+>$/, ""));
  const isOurs = (name: string): boolean =>
    patterns.some((own) =>
      own.endsWith("_") ? name.startsWith(own) : name === own || name === `${own}_FILE`,
    );
  const long = ours.filter((name) => name.length >= SHORTEST && !name.includes("<"));
  const spellings = long.flatMap((name) => [name, `${name}_FILE`]);
  return [...names].flatMap((name) => {
    if (name.length < SHORTEST - MOST_MISTAKES || isOurs(name)) return [];
    const near = spellings.find((own) => editDistance(name, own, MOST_MISTAKES) <= MOST_MISTAKES);
    return near === undefined
      ? []
      : [{ path: name, message: `is not a variable of the bot: did you mean ${near}?` }];
  });
}
