/** A thread beside its channel. */

import { useCallback } from "react";
import type { PageMessages } from "../slack/page-protocol.ts";
import { Working } from "./agent.tsx";
import { Composer } from "./composer.tsx";
import { Icon } from "./icons.tsx";
import { MessageList } from "./message-list.tsx";
import { usePage } from "./page-context.tsx";
import { useFetched } from "./use-fetched.ts";
import { type News, threadMessages, type WorkspaceState } from "./workspace-state.ts";

interface ThreadPaneProps {
  readonly state: WorkspaceState;
  readonly channel: string;
  readonly ts: string;
  readonly tell: (news: News) => void;
  readonly onClose: () => void;
}

/** The thread that begins at `ts`, fetched when it opens and again after a lost connection. */
export function ThreadPane({ state, channel, ts, tell, onClose }: ThreadPaneProps) {
  const { api, page } = usePage();
  const isLoaded = state.loaded.has(channel);
  const ask = useCallback(() => api.thread(channel, ts), [api, channel, ts]);
  const take = useCallback(
    (found: PageMessages) => tell({ type: "messages", channel, found }),
    [channel, tell],
  );
  // After a lost connection everything is fetched again: first the channel, then its open thread.
  useFetched(isLoaded ? ask : undefined, take);
  const known = page.channels.find(({ id }) => id === channel);
  return (
    <aside className="side-pane" aria-label="Thread">
      <header className="pane-head">
        <h2>Thread</h2>
        <p>{known === undefined ? "Direct message" : `#${known.name}`}</p>
        <button type="button" className="tool" aria-label="Close thread" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <MessageList
        label="Messages in the thread"
        channel={channel}
        place={`${channel} ${ts}`}
        opensAt="beginning"
        messages={threadMessages(state, channel, ts)}
        readUpTo={undefined}
        onOpenThread={undefined}
        onDismiss={(gone) => tell({ type: "dismiss", channel, ts: gone })}
      />
      <Working status={state.statuses[`${channel} ${ts}`]} />
      <Composer key={ts} channel={channel} placeholder="Reply…" threadTs={ts} />
    </aside>
  );
}
