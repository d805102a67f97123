/** Keeps the page's knowledge of the workspace up to date over server-sent events. */

import { useCallback, useEffect, useMemo, useReducer, useState } from "react";
import type { FeedItem } from "../slack/page-protocol.ts";
import { type Api, createApi } from "./api.ts";
import { applyNews, type News, type WorkspaceState } from "./workspace-state.ts";

export type Connection = "connecting" | "open" | "lost";

export interface UsedWorkspace {
  readonly api: Api;
  readonly state: WorkspaceState | undefined;
  readonly connection: Connection;
  readonly tell: (news: News) => void;
}

/** `onFeed` hears every piece of news as it comes, for what is said aloud. */
export function useWorkspace(user: string, onFeed: (item: FeedItem) => void): UsedWorkspace {
  const api = useMemo(() => createApi(user), [user]);
  const [state, tell] = useReducer(applyNews, undefined);
  const [connection, setConnection] = useState<Connection>("connecting");

  const reload = useCallback(async () => {
    try {
      tell({ type: "page", page: await api.state() });
      setConnection("open");
    } catch {
      setConnection("lost");
    }
  }, [api]);

  useEffect(() => {
    const stream = new EventSource(api.streamUrl);
    // What was missed while the connection was down is fetched whole; the stream has no memory.
    stream.addEventListener("open", () => void reload());
    stream.addEventListener("error", () => setConnection("lost"));
    stream.addEventListener("message", (event: MessageEvent<string>) => {
      const item = JSON.parse(event.data) as FeedItem;
      tell({ type: "feed", item });
      onFeed(item);
    });
    return () => stream.close();
  }, [api, reload, onFeed]);

  return { api, state, connection, tell };
}
