/** The button at the foot of a modal. */

import type { App } from "@slack/bolt";
import { fieldsOf, modalOf, openViewOf } from "../view-payload.ts";
import { failedView, guarded, type ListenerParts, showView } from "./parts.ts";

const ANY = /^/;

/** Acknowledges at once with what the modal shows next, and fills it when the answer is there. */
export function listenToSubmissions(app: App, parts: ListenerParts): void {
  app.view({ callback_id: ANY, type: "view_submission" }, async ({ body, view, ack, client }) => {
    const handle = parts.flows.interactions.submissions[view.callback_id];
    if (handle === undefined) return ack();
    const result = handle({
      person: { user: body.user.id, channel: "" },
      view: openViewOf(view),
      fields: fieldsOf(view.state.values),
    });
    if (result.kind === "errors") {
      return ack({ response_action: "errors", errors: result.errors });
    }
    await ack({ response_action: "update", view: modalOf(result.meanwhile) });
    const last = await guarded(parts, result.finish, (message) =>
      failedView(result.meanwhile, message),
    );
    await showView(client, view.id, last);
  });
}
