/** A section that somebody found, shown to the channel. */

import { renderWords } from "../../block-kit/words.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Section } from "../../knowledge/page.ts";
import { renderGoneSection } from "../commands/render-answers.ts";
import type { Messenger } from "../delivery/messenger.ts";
import type { Click, GuardedInteractions, Reaction } from "../shared/interactions.ts";
import type { Clock, Log } from "../shared/ports.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import { isChannel, onlyTarget, reader, tellOf } from "./found-sections.ts";
import { renderShared, renderWasShared, SEARCH } from "./render-search.ts";

export interface SharePorts {
  readonly knowledge: Pick<KnowledgeSource, "library">;
  readonly messenger: Pick<Messenger, "post">;
  readonly targets: readonly Target[];
  readonly clock: Pick<Clock, "now">;
  readonly log: Pick<Log, "warn">;
}

/** The row of the button; a second click shares nothing again. */
export function shareSectionButton(ports: SharePorts): Pick<GuardedInteractions, "clicks"> {
  return { clicks: { [SEARCH.share]: reader(shareOnce(ports)) } };
}

/** Somebody who clicks twice shares once. */
const SAME_CLICK_MS = 10_000;

function shareOnce(ports: SharePorts) {
  const shared = new Map<string, number>();
  return async (click: Click): Promise<Reaction> => {
    const now = ports.clock.now();
    for (const [key, at] of shared) if (now - at > SAME_CLICK_MS) shared.delete(key);
    // In a modal the channel is the one from which it was opened.
    const channel = click.view?.metadata ?? click.person.channel;
    const key = `${click.person.user} ${channel} ${click.value}`;
    if (shared.has(key)) return { kind: "nothing" };
    shared.set(key, now);
    const reaction = await share(ports, click, channel);
    if (reaction.failed) shared.delete(key);
    return reaction.shown;
  };
}

interface Sharing {
  readonly failed: boolean;
  readonly shown: Reaction;
}

async function share(ports: SharePorts, click: Click, channel: string): Promise<Sharing> {
  const { targets, log } = ports;
  const section = ports.knowledge.library().section(click.value);
  if (section === undefined) {
    return { failed: true, shown: { kind: "message", message: renderGoneSection(click.value) } };
  }
  const reason = isChannel(channel) ? await post(ports, { click, channel, section }) : "no_channel";
  if (reason !== undefined) log.warn({ channel, reason }, "a section could not be shared");
  const message =
    reason === undefined
      ? renderWasShared(section)
      : renderWords(WHY_NOT.get(reason) ?? "Slack did not accept it. Try again in a minute.");
  return {
    failed: reason !== undefined,
    shown: tellOf(click, { section, targets }, message),
  };
}

interface ToShare {
  readonly click: Click;
  readonly channel: string;
  readonly section: Section;
}

/** Undefined when Slack has it, else Slack's reason. */
async function post(
  { messenger, targets }: SharePorts,
  { click, channel, section }: ToShare,
): Promise<string | undefined> {
  const message = renderShared(section, click.person.user, onlyTarget(targets));
  const { threadTs } = click;
  const thread = threadTs === undefined ? {} : { threadTs };
  const outcome = await messenger.post({ channel, message, ...thread });
  if (outcome.kind === "posted") return undefined;
  return outcome.kind === "rate-limited" ? outcome.kind : outcome.error;
}

const WHY_NOT: ReadonlyMap<string, string> = new Map([
  ["no_channel", "There is no channel here to share it to."],
  ["not_in_channel", "I am not in this channel. Invite me with `/invite @Streamline`, then share."],
  ["channel_not_found", "I cannot see this channel. Invite me with `/invite @Streamline`."],
  ["is_archived", "This channel is archived."],
]);
