/** The middle of the page: one channel, or the bot's direct message with its Home tab. */

import { type ReactNode, useCallback, useEffect, useState } from "react";
import type { PageMessages } from "../slack/page-protocol.ts";
import { PromptList, Working } from "./agent.tsx";
import { Composer } from "./composer.tsx";
import { HomeTab } from "./home-tab.tsx";
import { Icon } from "./icons.tsx";
import { MessageList } from "./message-list.tsx";
import { usePage } from "./page-context.tsx";
import { moveTab } from "./tabs.ts";
import { useFetched } from "./use-fetched.ts";
import { channelMessages, type News, type WorkspaceState } from "./workspace-state.ts";

interface ConversationProps {
  readonly state: WorkspaceState;
  readonly channel: string;
  readonly tell: (news: News) => void;
  readonly onOpenThread: (ts: string) => void;
  /** Below the messages, above the composer. */
  readonly children?: ReactNode;
}

type Tab = "home" | "messages";

/** What Home shows comes by the stream. */
const ignore = (): void => undefined;

/** One channel, or the bot's two tabs; `children` stand between messages and composer. */
export function Conversation({ state, channel, tell, onOpenThread, children }: ConversationProps) {
  const { api, page } = usePage();
  const [tab, setTab] = useState<Tab>("messages");
  const isDirect = channel === page.me.directMessage;
  const known = page.channels.find(({ id }) => id === channel);
  const name = isDirect ? (page.apps[0]?.realName ?? "Bot") : `#${known?.name ?? channel}`;
  const shown = isDirect ? tab : "messages";
  const readUpTo = useReading({ state, channel, tell });

  const openHome = useCallback(() => api.openHome(shown), [api, shown]);
  useFetched(isDirect ? openHome : undefined, ignore);

  return (
    <main className="conversation">
      <header className="conversation-head">
        <h2>
          {!isDirect && <Icon name="hash" />}
          {isDirect ? name : known?.name}
        </h2>
        <p>{isDirect ? "Only you and the app" : known?.topic}</p>
        {known?.hasBot === false && <p className="not-here">Streamline is not in this channel</p>}
      </header>
      {isDirect && <Tabs tab={tab} onTab={setTab} />}
      {shown === "home" ? (
        <HomeTab view={state.home} />
      ) : (
        <>
          <MessageList
            label={`Messages in ${name}`}
            channel={channel}
            place={channel}
            opensAt="end"
            messages={channelMessages(state, channel)}
            intro={<Intro name={name} isDirect={isDirect} />}
            readUpTo={readUpTo}
            onOpenThread={onOpenThread}
            onDismiss={(ts) => tell({ type: "dismiss", channel, ts })}
          />
          {isDirect && <Working status={anyStatus(state, channel)} />}
          {isDirect && <PromptList channel={channel} prompts={state.prompts[channel]} />}
          {children}
          <Composer key={channel} channel={channel} placeholder={`Message ${name}`} />
        </>
      )}
    </main>
  );
}

/** In the direct message a thread may work without being open. */
function anyStatus({ statuses }: WorkspaceState, channel: string): string | undefined {
  const places = Object.entries(statuses).filter(([place]) => place.startsWith(`${channel} `));
  return places.map(([, status]) => status).find((status) => status !== "");
}

interface IntroProps {
  readonly name: string;
  readonly isDirect: boolean;
}

/** What one can do here, where there is nothing yet to answer to. */
function Intro({ name, isDirect }: IntroProps) {
  return (
    <div className="intro">
      <h3>{name}</h3>
      <p>
        {isDirect
          ? "Ask in your own words, or paste a log line. Only you and the app can read it."
          : "Type / for the bot's commands, or mention @streamline in your own words."}
      </p>
    </div>
  );
}

interface ReadingOptions {
  readonly state: WorkspaceState;
  readonly channel: string;
  readonly tell: (news: News) => void;
}

/** Fetches the channel, and marks it as read while it is open; returns what was read before that. */
function useReading({ state, channel, tell }: ReadingOptions): string | undefined {
  const { api } = usePage();
  const isLoaded = state.loaded.has(channel);
  const latest = state.latest[channel];
  const [opened, setOpened] = useState<{ channel: string; readUpTo: string | undefined }>();
  if (opened?.channel !== channel) setOpened({ channel, readUpTo: state.lastRead[channel] });
  const ask = useCallback(() => api.channel(channel), [api, channel]);
  const take = useCallback(
    (found: PageMessages) => tell({ type: "messages", channel, found }),
    [channel, tell],
  );
  useFetched(isLoaded ? undefined : ask, take);
  useEffect(() => {
    if (latest !== undefined) tell({ type: "read", channel });
  }, [channel, latest, tell]);
  return opened?.channel === channel ? opened.readUpTo : undefined;
}

interface TabsProps {
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
}

const TABS: readonly { readonly id: Tab; readonly label: string }[] = [
  { id: "home", label: "Home" },
  { id: "messages", label: "Messages" },
];

function Tabs({ tab, onTab }: TabsProps) {
  return (
    <div className="tabs" role="tablist" aria-label="App" onKeyDown={moveTab} tabIndex={-1}>
      {TABS.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === tab}
          tabIndex={id === tab ? 0 : -1}
          className="tab"
          onClick={() => onTab(id)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
