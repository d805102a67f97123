/** A thread beside its channel. */

import { useEffect } from "react";
import { Working } from "./agent.tsx";
import { Composer } from "./composer.tsx";
import { Icon } from "./icons.tsx";
import { MessageList } from "./message-list.tsx";
import { usePage } from "./page-context.tsx";
import { type News, threadMessages, type WorkspaceState } from "./workspace-state.ts";

interface ThreadPaneProps {
  readonly state: WorkspaceState;
  readonly channel: string;
  readonly ts: string;
  readonly tell: (news: News) => void;
  readonly onClose: () => void;
}

export function ThreadPane({ state, channel, ts, tell, onClose }: ThreadPaneProps) {
  const { api, page } = usePage();
  const isLoaded = state.loaded.has(channel);
  useEffect(() => {
    // After a lost connection everything is fetched again: first the channel, then its open thread.
    if (!isLoaded) return;
    void api.thread(channel, ts).then((found) => tell({ type: "messages", channel, found }));
  }, [api, channel, ts, isLoaded, tell]);
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
