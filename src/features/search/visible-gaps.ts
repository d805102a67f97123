/** Which questions somebody may see: their own, and those of channels that they can see. */

import type { Person } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { AskedIn } from "./learning-ports.ts";

/**
 * Those with an asking that the person may see, in the given order. What is shown to a whole channel
 * holds nothing that only whoever shares it may see.
 */
export async function visibleGaps<T>(
  permission: Pick<Permission, "visible">,
  person: Person,
  gaps: readonly { readonly gap: T; readonly askings: readonly AskedIn[] }[],
): Promise<T[]> {
  const places = [...new Set(gaps.flatMap(({ askings }) => askings.map(({ channel }) => channel)))];
  const known = places.filter((channel) => channel !== "" || person.via === "terminal");
  const seen = await permission.visible(
    person,
    known.map((channel) => ({ channel })),
  );
  const channels = new Set(seen.map(({ channel }) => channel));
  const isOwn = ({ who }: AskedIn): boolean => who === person.user && person.isForChannel !== true;
  const isVisible = (asking: AskedIn): boolean => isOwn(asking) || channels.has(asking.channel);
  return gaps.flatMap(({ gap, askings }) => (askings.some(isVisible) ? [gap] : []));
}
