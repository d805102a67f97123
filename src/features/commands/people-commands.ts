/** What people search, tell and subscribe to, put together: commands, and what their buttons do. */

import type { Target } from "../../diagnosis/target.ts";
import type { Messenger } from "../delivery/messenger.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import { listGaps } from "../search/gaps.ts";
import { giveFeedback } from "../search/give-feedback.ts";
import type {
  FeedbackStore,
  QuestionStore,
  SearchMeter,
  SubscriptionStore,
} from "../search/learning-ports.ts";
import { searchRunbooks } from "../search/search-runbooks.ts";
import { typeahead } from "../search/typeahead.ts";
import type { Interactions } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock, Log } from "../shared/ports.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import { subscribe } from "../subscriptions/subscribe.ts";
import type { PeopleCommands } from "./answer-command.ts";

export interface PeoplePorts {
  readonly knowledge: KnowledgeSource;
  readonly questions: QuestionStore;
  readonly feedback: FeedbackStore;
  readonly subscriptions: SubscriptionStore;
  readonly incidents: Pick<IncidentReader, "incident" | "incidentAt">;
  readonly messenger: Pick<Messenger, "post">;
  readonly permission: Permission;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly meter: SearchMeter;
}

export function peopleCommands(ports: PeoplePorts): {
  readonly commands: PeopleCommands;
  readonly interactions: readonly Partial<Interactions>[];
} {
  const searching = searchRunbooks(ports);
  const typing = typeahead(ports);
  const gaps = listGaps(ports);
  const feedback = giveFeedback(ports);
  const subscribing = subscribe({ ...ports, store: ports.subscriptions });
  return {
    commands: {
      search: (question, searcher) => searching.search(question, searcher),
      section: (click) => searching.section(click),
      typeahead: (person) => typing.open(person),
      gaps: (person) => gaps.list(person),
      feedback: (text, person) => feedback.notes(text, person),
      subscribe: (command, person) => subscribing.answer(command, person),
    },
    interactions: [
      searching.interactions,
      typing.interactions,
      gaps.interactions,
      feedback.interactions,
      subscribing.interactions,
    ],
  };
}
