/** What the answer to a modal's submission asks for, and doing it. */

import { type Json, object, text } from "./json.ts";
import { pushView, updateView } from "./view-methods.ts";
import type { Owned, Views } from "./views.ts";

export type Submitted =
  | { readonly kind: "closed" | "updated" | "pushed" | "cleared" }
  /** By block id, in words for the person. */
  | { readonly kind: "errors"; readonly errors: Json }
  | { readonly kind: "failed"; readonly reason: string };

/** `body` is what the bot gave to `ack()`; nothing means that the modal closes. */
export function settleSubmission(
  views: Views,
  owned: Owned,
  body: Json | string | undefined,
): Submitted {
  const next = object(body, "view") ?? {};
  switch (text(body, "response_action")) {
    case "errors":
      return { kind: "errors", errors: object(body, "errors") ?? {} };
    case "update":
      return outcome("updated", updateView(views, owned, next));
    case "push":
      return outcome("pushed", pushView(views, owned, next));
    case "clear":
      views.closeAll(owned.user);
      return { kind: "cleared" };
    default:
      views.close(owned);
      return { kind: "closed" };
  }
}

/** Slack shows the person only that there was trouble; the sandbox says which. */
function outcome(kind: "updated" | "pushed", answer: Json): Submitted {
  if (answer["ok"] === true) return { kind };
  const details = object(answer, "response_metadata")?.["messages"];
  const said = Array.isArray(details) ? details.join("; ") : "";
  return { kind: "failed", reason: `${text(answer, "error")} ${said}`.trim() };
}
