/** The page's requests to the sandbox, as one person. */

import type {
  Choices,
  ElementChoice,
  ElementPlace,
  Json,
  PageControls,
  PageMessages,
  PageOutcome,
  PageState,
  Submitted,
  Suggested,
} from "../slack/page-protocol.ts";

export interface Touched {
  readonly place: ElementPlace;
  readonly blockId: string;
  readonly actionId: string;
}

export type Api = ReturnType<typeof createApi>;

/** The requests as this person; each rejects with the sandbox's own sentence where it refuses. */
export function createApi(user: string) {
  const get = <T>(path: string) => ask<T>(`/sandbox/${path}?user=${encodeURIComponent(user)}`);
  const post = <T = PageOutcome>(path: string, body: object) =>
    ask<T>(`/sandbox/${path}`, { user, ...body });
  const at = ({ place, blockId, actionId }: Touched) => ({ ...place, blockId, actionId });
  return {
    user,
    streamUrl: `/sandbox/stream?user=${encodeURIComponent(user)}`,
    state: () => get<PageState>("state"),
    channel: (channel: string) => get<PageMessages>(`channels/${channel}`),
    thread: (channel: string, ts: string) => get<PageMessages>(`threads/${channel}/${ts}`),
    send: (said: { channel: string; text: string; threadTs?: string }) => post("messages", said),
    command: (channel: string, text: string) => post("commands", { channel, text }),
    click: (touched: Touched, values?: Choices) => post("actions", { ...at(touched), values }),
    choose: (touched: Touched, choice: ElementChoice, values?: Choices) =>
      post("actions", { ...at(touched), choice, values }),
    suggest: (touched: Touched, text: string) =>
      post<Suggested>("suggestions", { ...at(touched), text }),
    submit: (viewId: string, values: Choices) =>
      post<Submitted>("views/submit", { viewId, values }),
    close: (viewId: string) => post("views/close", { viewId }),
    shortcut: (at: { channel: string; ts: string; callbackId: string }) => post("shortcuts", at),
    openHome: (tab: "home" | "messages") => post("home", { tab }),
    controls: async (): Promise<PageControls> => {
      const [faults, alerts] = await Promise.all([
        get<Pick<PageControls, "faults">>("faults"),
        get<Pick<PageControls, "alerts">>("alerts"),
      ]);
      return { ...faults, ...alerts };
    },
    setFault: (id: string, change: Json) =>
      post<Pick<PageControls, "faults">>(`faults/${encodeURIComponent(id)}`, change),
    fireAlert: (name: string, status: "firing" | "resolved") =>
      post<Pick<PageControls, "alerts">>(`alerts/${encodeURIComponent(name)}`, { status }),
  };
}

/** Throws an Error with the sandbox's own sentence when it refuses. */
async function ask<T>(path: string, body?: object): Promise<T> {
  const request =
    body === undefined
      ? {}
      : {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        };
  const response = await fetch(path, request);
  // The sandbox is the only one that answers here, and page-protocol.ts is what both sides keep to.
  const answer = (await response.json()) as T & { reason?: string };
  if (!response.ok) throw new Error(answer.reason ?? `The sandbox answered ${response.status}`);
  return answer;
}
