/** The message or view that a person acts in, as Slack describes it in an interaction's payload. */

import { findElement, initialState, type ViewStateValues } from "./blocks-in.ts";
import { answerOf, type ElementChoice } from "./element-answers.ts";
import type { Ephemerals } from "./ephemerals.ts";
import { type Json, text } from "./json.ts";
import type { MessageLog } from "./message-log.ts";
import type { ResponseUrls } from "./response-urls.ts";
import type { Views } from "./views.ts";
import type { Workspace, WorkspacePerson } from "./workspace.ts";

/** Where the element stands that a person touched. */
export type ElementPlace =
  | { readonly channel: string; readonly ts: string }
  | { readonly viewId: string };

/** What a person chose, by block id and action id. */
export type Choices = Readonly<Record<string, Readonly<Record<string, ElementChoice>>>>;

export interface Scene {
  readonly blocks: unknown;
  /** `container`, and `view` or `channel`, `message` and a response URL. */
  readonly payload: (values: ViewStateValues) => Json;
}

export interface SceneOptions {
  readonly workspace: Workspace;
  readonly log: MessageLog;
  readonly ephemerals: Ephemerals;
  readonly views: Views;
  readonly responseUrls: ResponseUrls;
  /** The sandbox's own address, before the paths of response URLs. */
  readonly url: () => string;
}

/** Throws when there is no such message or view. */
export function sceneAt(
  options: SceneOptions,
  person: WorkspacePerson,
  place: ElementPlace,
): Scene {
  return "viewId" in place
    ? viewScene(options, place.viewId)
    : messageScene(options, person, place);
}

/** The channel as interactions name it. */
export function channelPart(workspace: Workspace, id: string): Json {
  const known = workspace.channels.find((channel) => channel.id === id);
  return { id, name: known?.name ?? "directmessage" };
}

export interface ChosenValues {
  readonly values: Choices;
  /** What typeaheads offered, by action id: the choices of external selects are among these. */
  readonly offered: (actionId: string) => readonly Json[];
}

/** The state of every element: what the person chose, else what stood there at the start. */
export function stateOf(blocks: unknown, { values, offered }: ChosenValues): ViewStateValues {
  const blockStates = Object.entries(initialState(blocks)).map(([blockId, block]) => {
    const answers = Object.entries(block).map(([actionId, initial]) => {
      const choice = values[blockId]?.[actionId];
      if (choice === undefined) return [actionId, initial] as const;
      const element = findElement(blocks, actionId, blockId)?.element ?? {};
      return [actionId, answerOf(element, choice, offered(actionId)) ?? initial] as const;
    });
    return [blockId, Object.fromEntries(answers)] as const;
  });
  return Object.fromEntries(blockStates);
}

function viewScene({ views }: SceneOptions, viewId: string): Scene {
  const owned = views.find(viewId);
  if (owned === undefined) throw new Error(`No view ${viewId} is open`);
  return {
    blocks: owned.view["blocks"],
    payload: (values) => ({
      container: { type: "view", view_id: viewId },
      view: { ...owned.view, state: { values } },
    }),
  };
}

/** An ephemeral message comes without its text: Slack keeps no copy of it. */
function messageScene(
  { workspace, log, ephemerals, responseUrls, url }: SceneOptions,
  person: WorkspacePerson,
  { channel, ts }: { readonly channel: string; readonly ts: string },
): Scene {
  const hidden = ephemerals.get(person.id, ts)?.message;
  const message = hidden ?? log.get(channel, ts);
  if (message === undefined) throw new Error(`No message ${ts} in ${channel}`);
  const ephemeral = hidden !== undefined;
  const threadTs = text(message, "thread_ts");
  const thread = threadTs === "" ? {} : { thread_ts: threadTs };
  return {
    blocks: message["blocks"],
    payload: () => {
      const source = { ts, ephemeral };
      const path = responseUrls.issue({ user: person.id, channel, source });
      const place = { message_ts: ts, channel_id: channel, is_ephemeral: ephemeral };
      return {
        container: { type: "message", ...place, ...thread },
        channel: channelPart(workspace, channel),
        ...(ephemeral ? {} : { message }),
        response_url: `${url()}${path}`,
      };
    },
  };
}
