/** What Home shows of the person: the last searches, and what they subscribed to. */

import type { QuestionStore, SubscriptionStore } from "../search/learning-ports.ts";

interface OwnStatePorts {
  readonly questions: Pick<QuestionStore, "recent">;
  readonly subscriptions: Pick<SubscriptionStore, "subscriptions">;
}

const SEARCHES = 5;

/** Read for a person's id. */
export function ownStates({ questions, subscriptions }: OwnStatePorts) {
  return async (user: string) => ({
    searches: await questions.recent(user, SEARCHES),
    subscriptions: await subscriptions.subscriptions(user),
  });
}
