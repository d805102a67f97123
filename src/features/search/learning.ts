/** What people's verdicts make of an alert: the order of its runbook, and weights for the search. */

import type { Section } from "../../knowledge/page.ts";
import { liftOf, MOST_LIFT, weighSections } from "../../search/weigh-sections.ts";
import type { FeedbackStore } from "./learning-ports.ts";
import type { ShownOrder } from "./render-feedback.ts";

interface OrderedRunbook {
  readonly sections: readonly Section[];
  /** Why a section stands higher than on its page, by id. */
  readonly raised: ReadonlyMap<string, string>;
  readonly order: ShownOrder;
}

export interface Learning {
  /** The sections of an alert's runbook, given in the page's order. */
  order(alert: string, sections: readonly Section[]): Promise<OrderedRunbook>;
  /** For each section of which something was said, -1 to 1. */
  weights(alert: string): Promise<ReadonlyMap<string, number>>;
}

/** Over the verdicts that the store has at the moment of asking. */
export function createLearning(store: Pick<FeedbackStore, "verdicts" | "isPageOrder">): Learning {
  return {
    async order(alert, sections) {
      const weighed = weighSections(sections, await store.verdicts(alert));
      if (sections.every((section, place) => section === weighed.sections[place])) {
        return { sections, raised: new Map(), order: "same" };
      }
      return (await store.isPageOrder(alert))
        ? { sections, raised: new Map(), order: "page" }
        : { ...weighed, order: "learned" };
    },
    async weights(alert) {
      const verdicts = await store.verdicts(alert);
      if (verdicts.length === 0 || (await store.isPageOrder(alert))) return new Map();
      return new Map(verdicts.map((each) => [each.sectionId, liftOf(each) / MOST_LIFT]));
    },
  };
}
