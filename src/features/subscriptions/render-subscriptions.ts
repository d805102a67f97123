/** Subscriptions of a person, and the direct message that tells a subscriber. */

import { actions, button, context, paragraph } from "../../block-kit/blocks.ts";
import type { KnownBlock, Message } from "../../block-kit/message.ts";
import { code, escaped, mrkdwnLink } from "../../block-kit/text.ts";
import { moment } from "../../block-kit/times.ts";
import { renderWords } from "../../block-kit/words.ts";
import type { Incident } from "../../incidents/incident.ts";
import {
  MOST_SUBSCRIPTIONS,
  type Subscription,
  subscriptionText,
} from "../../incidents/subscription.ts";
import { renderUnknownTarget } from "../commands/render-answers.ts";
import { titleOf } from "../incidents/incident-title.ts";
import { ACTS } from "../incidents/render-acts.ts";

/** Ends a subscription; its value is the subscription's id. */
export const UNSUBSCRIBE = "unsubscribe";

export interface ShownSubscription {
  readonly id: number;
  readonly what: Subscription;
}

export type SubscribeAnswer =
  | { readonly kind: "list"; readonly subscriptions: readonly ShownSubscription[] }
  | { readonly kind: "subscribed"; readonly what: Subscription }
  | { readonly kind: "ended"; readonly what: Subscription; readonly had: boolean }
  | { readonly kind: "unknown-target"; readonly name: string; readonly known: readonly string[] }
  /** The person has as many as they may. */
  | { readonly kind: "full" };

/** What was done, or the list. */
export function renderSubscribeAnswer(answer: SubscribeAnswer): Message {
  switch (answer.kind) {
    case "list":
      return renderSubscriptions(answer.subscriptions);
    case "subscribed":
      return renderSubscribedTo(answer.what);
    case "ended":
      return renderWords(
        answer.had
          ? `You are unsubscribed from ${code(subscriptionText(answer.what))}.`
          : "You have no such subscription.",
      );
    case "unknown-target":
      return renderUnknownTarget(answer.name, answer.known);
    case "full":
      return renderWords(
        `You have ${MOST_SUBSCRIPTIONS} subscriptions, which is the limit. End one first.`,
      );
  }
}

const HOW = "Add one with `/streamline subscribe ALERT`, `target:NAME` or `severity:critical`.";

/** The list, each with a button that ends it; where it is empty, how to subscribe. */
export function renderSubscriptions(all: readonly ShownSubscription[]): Message {
  if (all.length === 0) {
    const none = `You have no subscriptions. ${HOW}`;
    return { text: none, blocks: [paragraph(none)] };
  }
  const title = "You get a direct message when one of these starts to fire:";
  return {
    text: [title, ...all.map(({ what }) => `• ${code(subscriptionText(what))}`), HOW].join("\n"),
    blocks: [paragraph(title), ...all.map(subscriptionBlock), context(HOW)],
  };
}

/** A line with the button that ends it. */
export function subscriptionBlock({ id, what }: ShownSubscription): KnownBlock {
  return {
    type: "section",
    text: { type: "mrkdwn", text: code(subscriptionText(what)), verbatim: true },
    accessory: button("End", { id: `${UNSUBSCRIBE}:${id}`, value: String(id) }),
  };
}

/** The confirmation, with how to end it. */
export function renderSubscribedTo(what: Subscription): Message {
  const name = code(subscriptionText(what));
  const text = `You get a direct message when ${name} starts to fire. End it with \`/streamline subscribe … off\`.`;
  return { text, blocks: [paragraph(text)] };
}

/** A longer address leads nowhere when it is cut. */
const LONGEST_LINK = 500;

/** What a subscriber gets; `link` leads to the incident's message. */
export function renderSubscribed(incident: Incident, nowMs: number, link?: string): Message {
  const since = `firing since ${moment(incident.openedAt)}`;
  const target = incident.target === undefined ? [] : [`target *${escaped(incident.target)}*`];
  const where = linkTo(link);
  const facts = [since, ...target, ...where].join("  ·  ");
  const title = escaped(titleOf(incident, nowMs));
  const why = "You subscribed to it; `/streamline subscribe` lists what you subscribed to.";
  return {
    text: `${title}\n${facts}`,
    blocks: [
      paragraph(`*${title}*`),
      context(facts),
      context(why),
      actions([
        button("Acknowledge", { id: ACTS.acknowledge, value: incident.id }),
        button("Runbook", { id: ACTS.runbook, value: incident.id }),
      ]),
    ],
  };
}

function linkTo(link = ""): string[] {
  const isSafe = /^https?:\/\/[^\s<>|]+$/.test(link) && link.length <= LONGEST_LINK;
  return isSafe ? [mrkdwnLink(link, "the thread")] : [];
}
