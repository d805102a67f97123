/** Finding the element that a person touched, wherever in the blocks it stands. */

import { initialAnswer } from "./element-answers.ts";
import { isJson, type Json, object, objects, text } from "./json.ts";

export interface PlacedElement {
  readonly blockId: string;
  readonly element: Json;
}

/** Every element with an action id, in order; those inside containers and cards included. */
function placedElements(blocks: unknown): PlacedElement[] {
  if (!Array.isArray(blocks)) return [];
  return blocks.filter(isJson).flatMap((block) => {
    const own = [
      ...objects(block, "elements").filter((element) => text(element, "type") !== "card"),
      ...objects(block, "actions"),
      object(block, "element"),
      object(block, "accessory"),
    ];
    const blockId = text(block, "block_id");
    const placed = own
      .filter((element) => element !== undefined)
      .filter((element) => text(element, "action_id") !== "")
      .map((element) => ({ blockId, element }));
    const cards = objects(block, "elements").filter((each) => text(each, "type") === "card");
    return [...placed, ...placedElements(block["child_blocks"]), ...placedElements(cards)];
  });
}

/** The block id is needed only where one action id stands in several blocks. */
export function findElement(
  blocks: unknown,
  actionId: string,
  blockId?: string,
): PlacedElement | undefined {
  return placedElements(blocks).find(
    (placed) =>
      text(placed.element, "action_id") === actionId &&
      (blockId === undefined || placed.blockId === blockId),
  );
}

export type ViewStateValues = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** `state.values` before anybody touched anything. */
export function initialState(blocks: unknown): ViewStateValues {
  const values: Record<string, Record<string, Json>> = {};
  for (const { blockId, element } of placedElements(blocks)) {
    const answer = text(element, "type") === "overflow" ? undefined : initialAnswer(element);
    if (answer === undefined) continue;
    values[blockId] = { ...values[blockId], [text(element, "action_id")]: answer };
  }
  return values;
}
