/** What all listeners share: the flows, ways to answer a person, and what happens when one fails. */

import type { RespondFn } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { fit } from "../../../block-kit/fit.ts";
import type { Message } from "../../../block-kit/message.ts";
import type { View } from "../../../block-kit/view.ts";
import { renderFailure } from "../../../features/commands/render-answers.ts";
import type { Messenger } from "../../../features/delivery/messenger.ts";
import type { Modal, Reaction, SlackFlows } from "../../../features/shared/interactions.ts";
import type { HomeTabs } from "../home-tabs.ts";
import { modalOf } from "../view-payload.ts";

export interface ListenerParts {
  readonly flows: SlackFlows;
  readonly messenger: Messenger;
  readonly homeTabs: HomeTabs;
  readonly log: Logger;
  readonly newId: () => string;
}

/** Runs a flow; one that fails is logged, and shown to the person, under the same id. */
export async function guarded<T>(
  { log, newId }: Pick<ListenerParts, "log" | "newId">,
  work: () => Promise<T>,
  otherwise: (message: Message) => T,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const id = newId();
    log.error({ err: error, id }, "what a person did in Slack failed");
    return otherwise(renderFailure(id));
  }
}

interface Telling {
  readonly replace?: boolean;
  /** The thread in which the person is; without it the answer would stand in the channel behind it. */
  readonly threadTs?: string | undefined;
}

/** Tells the person alone; the channel need not read along. */
export async function tell(
  respond: RespondFn | undefined,
  message: Message,
  { replace = false, threadTs }: Telling = {},
): Promise<void> {
  // Bolt makes none for a request that names no address to answer to.
  if (respond === undefined) return;
  const { text, blocks } = fit(message);
  const answer = {
    response_type: "ephemeral",
    replace_original: replace,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
  } as const;
  try {
    await respond({ ...answer, text, blocks: [...blocks] });
  } catch {
    // Slack refused the blocks, or the address was used up: once more, in words.
    await respond({ ...answer, text });
  }
}

/** Where a modal can be opened: by a click or a command, on top of a modal or on its own. */
interface ModalOpening {
  readonly client: WebClient;
  readonly triggerId: string;
  /** In which view it was clicked; the modal then lies on top of it. */
  readonly viewId?: string;
}

/** Opens the modal as it is known now, and puts the rest in when it is there. */
async function openModal(
  parts: ListenerParts,
  { client, triggerId, viewId }: ModalOpening,
  { skeleton, fill }: Modal,
): Promise<void> {
  const request = { trigger_id: triggerId, view: modalOf(skeleton) };
  const opened = await (viewId === undefined
    ? client.views.open(request)
    : client.views.push(request));
  const id = opened.view?.id;
  if (fill === undefined || id === undefined) return;
  const view = await guarded(parts, fill, (message) => failedView(skeleton, message));
  await showView(client, id, view);
}

/** Takes the place of what a view shows; a person who has closed it meanwhile misses nothing. */
export async function showView(client: WebClient, viewId: string, view: View): Promise<void> {
  await client.views.update({ view_id: viewId, view: modalOf(view) });
}

/** The same modal with nothing in it but what went wrong. */
export function failedView({ callbackId, title }: View, message: Message): View {
  return { callbackId, title, close: "Close", blocks: message.blocks };
}

export interface Ways extends ModalOpening {
  readonly respond: RespondFn;
  readonly threadTs?: string | undefined;
}

interface PlacedMessage {
  readonly ts?: unknown;
  readonly message_ts?: unknown;
  readonly thread_ts?: unknown;
}

/** The thread that a message is a reply of; its first message stands in the channel, too. */
export function threadOf(placed: object | undefined): string | undefined {
  const { ts, message_ts: messageTs = ts, thread_ts: threadTs }: PlacedMessage = placed ?? {};
  return typeof threadTs === "string" && threadTs !== messageTs ? threadTs : undefined;
}

/** Does what a flow answered with. */
export async function react(parts: ListenerParts, ways: Ways, reaction: Reaction): Promise<void> {
  switch (reaction.kind) {
    case "message":
      return tell(ways.respond, reaction.message, { threadTs: ways.threadTs });
    case "replacement":
      return tell(ways.respond, reaction.message, { replace: true });
    case "modal":
      return openModal(parts, ways, reaction.modal);
    case "view":
      if (ways.viewId !== undefined) await showView(ways.client, ways.viewId, reaction.view);
      return;
    case "nothing":
  }
}
