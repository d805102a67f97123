/** Numbers of lists that go on: Slack counts from `offset`, slack-blocks-to-jsx adds what stood before. */

import { isJson, type Json } from "../slack/json.ts";

/** A rich text's elements whose ordered lists have the numbers that Slack gives them. */
export function withSlackNumbers(elements: readonly unknown[]): unknown[] {
  let before: number[] = [];
  return elements.map((element) => {
    if (!isJson(element) || element["type"] !== "rich_text_list") {
      before = [];
      return element;
    }
    const indent = numberIn(element, "indent");
    const counted = before[indent] ?? 0;
    const items = element["elements"];
    before = before.slice(0, indent + 1);
    before[indent] = counted + (Array.isArray(items) ? items.length : 0);
    if (element["style"] !== "ordered") return element;
    return { ...element, offset: Math.max(0, numberIn(element, "offset") - counted) };
  });
}

function numberIn(element: Json, name: string): number {
  const value = element[name];
  return typeof value === "number" ? value : 0;
}
