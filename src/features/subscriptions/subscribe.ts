/** `/streamline subscribe …`: direct messages about what a person wants to hear of at once. */

import type { Target } from "../../diagnosis/target.ts";
import type { Subscription } from "../../incidents/subscription.ts";
import type { CommandRow, CommandWords, ParsedWords } from "../commands/command-row.ts";
import type { SubscriptionStore } from "../search/learning-ports.ts";
import type { Click, GuardedInteractions, Person, Reaction } from "../shared/interactions.ts";
import type { Clock } from "../shared/ports.ts";
import {
  renderSubscribeAnswer,
  renderSubscriptions,
  type SubscribeAnswer,
  UNSUBSCRIBE,
} from "./render-subscriptions.ts";

export interface SubscribeOptions {
  /** Without it, the person's subscriptions are listed. */
  readonly what?: Subscription;
  readonly off?: boolean;
}

export interface SubscribePorts {
  readonly subscriptions: SubscriptionStore;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
}

/** Concludes what was begun or ended, or the person's list. */
export function subscribeCommand(
  ports: SubscribePorts,
): CommandRow<SubscribeOptions, SubscribeAnswer> {
  return {
    name: "subscribe",
    usage: "subscribe [ALERT | target:NAME | severity:critical] [off]",
    about: "a direct message when it starts to fire; alone it lists yours",
    group: "Runbooks",
    // What is sent says what a server is like, as do the commands that ask it.
    right: "ask",
    // Who may ask no more can still end what they hear.
    rightFor: ({ off = false }) => (off ? "read" : "ask"),
    reads: { kind: "names", names: ["alert", "off"] },
    options: ["alert", "target", "severity"],
    keyOf: (word) => (word.toLowerCase() === "off" ? "off" : undefined),
    isNeverSentence: true,
    parse: parseSubscribe,
    run: (options, { person }) => answer(ports, options, person),
    render: renderSubscribeAnswer,
  };
}

/** The button beside a subscription, also in the Home tab. */
export function subscribeButtons(ports: SubscribePorts): Pick<GuardedInteractions, "clicks"> {
  const unsubscribe = async ({ person, value }: Click): Promise<Reaction> => {
    const { subscriptions: store } = ports;
    const had = await store.subscriptions(person.user);
    const ended = had.find(({ id }) => String(id) === value);
    if (ended !== undefined) await store.unsubscribe(person.user, ended.what);
    const message = renderSubscriptions(await store.subscriptions(person.user));
    return { kind: "message", message };
  };
  return { clicks: { [UNSUBSCRIBE]: { right: "read", run: unsubscribe } } };
}

/** "ReplicationLag", "target:orders off", "severity:critical": one of them at a time. */
function parseSubscribe({ values }: CommandWords): ParsedWords<SubscribeOptions> {
  const { alert, target, severity, off } = values;
  const named = [
    ...(alert === undefined ? [] : [{ kind: "alert", name: alert } as const]),
    ...(target === undefined ? [] : [{ kind: "target", name: target } as const]),
    ...(severity === undefined ? [] : [{ kind: "severity", name: severity } as const]),
  ];
  const [what, ...others] = named;
  if (others.length > 0) {
    return { kind: "not-understood", problem: "one subscription at a time" };
  }
  const isOff = off?.toLowerCase() === "off";
  if ((off !== undefined && !isOff) || (isOff && what === undefined)) return { kind: "incomplete" };
  return { kind: "options", options: what === undefined ? {} : { what, off: isOff } };
}

async function answer(
  { subscriptions: store, targets, clock }: SubscribePorts,
  { what, off = false }: SubscribeOptions,
  person: Person,
): Promise<SubscribeAnswer> {
  if (what === undefined) {
    return { kind: "list", subscriptions: await store.subscriptions(person.user) };
  }
  if (off) return { kind: "ended", what, had: await store.unsubscribe(person.user, what) };
  if (what.kind === "target" && !targets.some(({ name }) => isSame(name, what.name))) {
    return { kind: "unknown-target", name: what.name, known: targets.map(({ name }) => name) };
  }
  const isAdded = await store.subscribe(person.user, what, clock.now());
  return isAdded ? { kind: "subscribed", what } : { kind: "full" };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
