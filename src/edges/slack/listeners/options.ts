/** Selects that search while a person types. */

import type { App } from "@slack/bolt";
import { LIMITS } from "../../../block-kit/limits.ts";
import { line } from "../../../block-kit/text.ts";
import type { SelectOption } from "../../../features/shared/interactions.ts";
import { openViewOf } from "../view-payload.ts";
import { guarded, type ListenerParts } from "./parts.ts";

const ANY = /^/;

/** Acknowledges with the options, an empty list where they cannot be found. */
export function listenToOptions(app: App, parts: ListenerParts): void {
  app.options<"block_suggestion">(ANY, async ({ payload, body, ack }) => {
    const handle = parts.flows.interactions.options[payload.action_id.split(":", 1)[0] ?? ""];
    const { view } = body;
    const options = await guarded<readonly SelectOption[]>(
      parts,
      async () =>
        (await handle?.({
          person: { user: body.user.id, channel: body.channel?.id ?? "" },
          action: payload.action_id,
          text: payload.value,
          ...(view === undefined ? {} : { view: openViewOf(view) }),
        })) ?? [],
      () => [],
    );
    // A value that must be cut would choose something else.
    const whole = options.filter(({ value }) => value.length <= LIMITS.optionValue);
    await ack({ options: whole.slice(0, LIMITS.options).map(optionOf) });
  });
}

function optionOf({ label, value, about }: SelectOption) {
  const plain = (text: string) =>
    ({ type: "plain_text", text: line(text, LIMITS.optionText), emoji: false }) as const;
  return {
    text: plain(label),
    value,
    ...(about === undefined || about === "" ? {} : { description: plain(about) }),
  };
}
