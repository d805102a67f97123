/** The button at the foot of a modal. */

import type { App } from "@slack/bolt";
import type { View } from "../../../block-kit/view.ts";
import type { SubmissionResult } from "../../../features/shared/interactions.ts";
import { fieldsOf, modalOf, openViewOf } from "../view-payload.ts";
import { failedView, guarded, type ListenerParts, showView } from "./parts.ts";

const ANY = /^/;

export function listenToSubmissions(app: App, parts: ListenerParts): void {
  app.view({ callback_id: ANY, type: "view_submission" }, async ({ body, view, ack, client }) => {
    const handle = parts.flows.interactions.submissions[view.callback_id];
    if (handle === undefined) return ack();
    const open: View = { callbackId: view.callback_id, title: view.title.text, blocks: [] };
    const result = await guarded<SubmissionResult>(
      parts,
      () =>
        handle({
          person: { user: body.user.id, channel: "" },
          view: openViewOf(view),
          fields: fieldsOf(view.state.values),
        }),
      (message) => ({ kind: "view", view: failedView(open, message) }),
    );
    switch (result.kind) {
      case "errors":
        return ack({ response_action: "errors", errors: result.errors });
      case "closed":
        return ack();
      case "view":
        return ack({ response_action: "update", view: modalOf(result.view) });
      case "later": {
        await ack({ response_action: "update", view: modalOf(result.meanwhile) });
        const last = await guarded(parts, result.finish, (message) => failedView(open, message));
        await showView(client, view.id, last);
      }
    }
  });
}
