/** The buttons of a message that open sections. */

import type { KnownBlock } from "../../../src/block-kit/message.ts";

/** Each with its label and the id of its section. */
export function sectionButtonsIn(
  blocks: readonly KnownBlock[],
): { label: string; value: string }[] {
  return blocks.flatMap((block) =>
    block.type === "actions"
      ? block.elements.flatMap((element) =>
          element.type === "button"
            ? [{ label: element.text.text, value: element.value ?? "" }]
            : [],
        )
      : [],
  );
}
