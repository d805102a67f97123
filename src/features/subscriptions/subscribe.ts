/** `/streamline subscribe …`: direct messages about what a person wants to hear of at once. */

import type { Message } from "../../block-kit/message.ts";
import { code } from "../../block-kit/text.ts";
import type { Target } from "../../diagnosis/target.ts";
import { MOST_SUBSCRIPTIONS, type Subscription } from "../../incidents/subscription.ts";
import { renderWords } from "../commands/render-answers.ts";
import type { SubscriptionStore } from "../search/learning-ports.ts";
import type { Interactions, Person } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import { renderSubscribedTo, renderSubscriptions, UNSUBSCRIBE } from "./render-subscriptions.ts";

export interface SubscribeCommand {
  readonly kind: "subscribe";
  /** Without it, the person's subscriptions are listed. */
  readonly what?: Subscription;
  readonly off?: boolean;
}

/** "ReplicationLag", "target:orders off", "severity:critical"; undefined when it is none of these. */
export function parseSubscribe(rest: string): SubscribeCommand | undefined {
  const words = rest
    .replace(/`/g, "")
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return { kind: "subscribe" };
  const [word = "", off, ...beyond] = words;
  if (beyond.length > 0 || (off !== undefined && off.toLowerCase() !== "off")) return undefined;
  const what = subscriptionOf(word);
  return what === undefined ? undefined : { kind: "subscribe", what, off: off !== undefined };
}

/** Longer than any name; what is longer is something pasted. */
const LONGEST_NAME = 200;

function subscriptionOf(word: string): Subscription | undefined {
  const [, kind, name] = /^(target|severity):(.+)$/i.exec(word) ?? [];
  if (kind !== undefined && name !== undefined) {
    return named(kind.toLowerCase() === "target" ? "target" : "severity", name);
  }
  return word.includes(":") || word.toLowerCase() === "off" ? undefined : named("alert", word);
}

function named(kind: Subscription["kind"], name: string): Subscription | undefined {
  return name.length > LONGEST_NAME ? undefined : { kind, name };
}

export interface SubscribePorts {
  readonly store: SubscriptionStore;
  readonly permission: Permission;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
}

export interface Subscribe {
  answer(command: SubscribeCommand, person: Person): Promise<Message>;
  readonly interactions: Pick<Interactions, "clicks">;
}

export function subscribe(ports: SubscribePorts): Subscribe {
  return {
    answer: (command, person) => answer(ports, command, person),
    interactions: {
      clicks: {
        [UNSUBSCRIBE]: async ({ person, value }) => {
          const had = await ports.store.subscriptions(person.user);
          const ended = had.find(({ id }) => String(id) === value);
          if (ended !== undefined) await ports.store.unsubscribe(person.user, ended.what);
          const message = renderSubscriptions(await ports.store.subscriptions(person.user));
          return { kind: "message", message };
        },
      },
    },
  };
}

async function answer(
  { store, permission, targets, clock }: SubscribePorts,
  { what, off = false }: SubscribeCommand,
  person: Person,
): Promise<Message> {
  // What is told says what a server is like, as do the commands that ask it.
  const refusal = await permission.refusal(person, "ask");
  if (refusal !== undefined && !off) return renderWords(refusal);
  if (what === undefined) return renderSubscriptions(await store.subscriptions(person.user));
  if (off) {
    const had = await store.unsubscribe(person.user, what);
    return renderWords(
      had ? `You hear no more of ${nameOf(what)}.` : `You had no such subscription.`,
    );
  }
  if (what.kind === "target" && !targets.some(({ name }) => isSame(name, what.name))) {
    const known = targets.slice(0, 20).map(({ name }) => code(name));
    return renderWords(`There is no target ${code(what.name, 80)}. There are ${known.join(", ")}.`);
  }
  const isAdded = await store.subscribe(person.user, what, clock.now());
  return isAdded
    ? renderSubscribedTo(what)
    : renderWords(
        `You have ${MOST_SUBSCRIPTIONS} subscriptions, the most there may be. End one first.`,
      );
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function nameOf({ kind, name }: Subscription): string {
  return kind === "alert" ? code(name) : code(`${kind}:${name}`);
}
