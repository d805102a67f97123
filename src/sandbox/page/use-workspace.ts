/** Keeps the page's knowledge of the workspace up to date over server-sent events. */

import { useEffect, useMemo, useReducer, useState } from "react";
import type { FeedItem } from "../slack/page-protocol.ts";
import { type Api, createApi } from "./api.ts";
import { RETRY_MS } from "./use-fetched.ts";
import { applyNews, type News, type WorkspaceState } from "./workspace-state.ts";

export type Connection = "connecting" | "open" | "lost";

export interface UsedWorkspace {
  readonly api: Api;
  readonly state: WorkspaceState | undefined;
  readonly connection: Connection;
  readonly tell: (news: News) => void;
}

/** `onFeed` gets every piece of news as it comes, for what is said aloud. */
export function useWorkspace(user: string, onFeed: (item: FeedItem) => void): UsedWorkspace {
  const api = useMemo(() => createApi(user), [user]);
  const [state, tell] = useReducer(applyNews, undefined);
  const [connection, setConnection] = useState<Connection>("connecting");

  useEffect(() => {
    const stream = new EventSource(api.streamUrl);
    let retry: number | undefined;
    let isOver = false;
    const reload = async (): Promise<void> => {
      const page = await api.state().catch(() => undefined);
      if (isOver) return;
      setConnection(page === undefined ? "lost" : "open");
      if (page !== undefined) tell({ type: "page", page });
      else {
        // The stream may be up although this request met a connection that broke: it asks again.
        window.clearTimeout(retry);
        retry = window.setTimeout(() => void reload(), RETRY_MS);
      }
    };
    // What was missed while the connection was down is fetched whole; the stream has no memory.
    stream.addEventListener("open", () => void reload());
    stream.addEventListener("error", () => setConnection("lost"));
    stream.addEventListener("message", (event: MessageEvent<string>) => {
      const item = JSON.parse(event.data) as FeedItem;
      tell({ type: "feed", item });
      onFeed(item);
    });
    return () => {
      isOver = true;
      window.clearTimeout(retry);
      stream.close();
    };
  }, [api, onFeed]);

  return { api, state, connection, tell };
}
