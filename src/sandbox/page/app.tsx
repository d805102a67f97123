/** The whole page: a small Slack with one person at it. */

import { useCallback, useEffect, useRef, useState } from "react";
import type { FeedItem } from "../slack/page-protocol.ts";
import { ControlPanel } from "./control-panel.tsx";
import { Conversation } from "./conversation.tsx";
import { PageProvider } from "./page-context.tsx";
import { Sidebar } from "./sidebar.tsx";
import { useTheme } from "./theme.ts";
import { ThreadPane } from "./thread-pane.tsx";
import { TopBar } from "./top-bar.tsx";
import { TourBar, useTour } from "./tour.tsx";
import { useSpoken } from "./use-spoken.ts";
import { useWorkspace } from "./use-workspace.ts";
import { ViewStack } from "./view-stack.tsx";
import type { WorkspaceState } from "./workspace-state.ts";

/** The name and not the id: every sandbox makes up new ids. */
const USER_KEY = "sandbox-user";

/** What stands beside the conversation. */
type Side =
  | { readonly kind: "none" | "panel" }
  | { readonly kind: "thread"; readonly channel: string; readonly ts: string };

const NOTHING: Side = { kind: "none" };

/** The page, which remembers in the browser who one is. */
export function App() {
  const [user, setUser] = useState(() => localStorage.getItem(USER_KEY) ?? "");
  const [theme, setTheme] = useTheme();
  const [chosen, setChosen] = useState<string>();
  const [side, setSide] = useState<Side>(linkedThread);
  const [isSidebarOpen, setSidebarOpen] = useState(false);
  const { words, announce, speakNews } = useSpoken();
  const onFeed = useCallback((item: FeedItem) => speakNews(item), [speakNews]);
  const { api, state, connection, tell } = useWorkspace(user, onFeed);
  useOutsideLinks();
  const hasTour = state?.page.hasTour === true;
  const tour = useTour(hasTour);
  useFirstVisit(tour.isOpen, () =>
    setSide((before) => (before.kind === "none" ? { kind: "panel" } : before)),
  );
  useEscape(() => (isSidebarOpen ? setSidebarOpen(false) : setSide(NOTHING)));

  if (state === undefined) return <Waiting isLost={connection === "lost"} />;
  const { page } = state;
  const channel = currentChannel(state, chosen, side);
  const open = (id: string) => {
    setChosen(id);
    setSidebarOpen(false);
    setSide((before) => (before.kind === "thread" ? NOTHING : before));
  };
  const switchUser = (name: string) => {
    localStorage.setItem(USER_KEY, name);
    setUser(name);
    open(channel === page.me.directMessage ? (firstChannel(state) ?? "") : channel);
  };
  return (
    <PageProvider value={{ api, page, theme, announce, openChannel: open }}>
      <div className="app" data-side={side.kind} data-sidebar={isSidebarOpen}>
        <button type="button" className="skip-link" onClick={skipToMessages}>
          Skip to messages
        </button>
        <TopBar
          state={state}
          connection={connection}
          theme={theme}
          isPanelOpen={side.kind === "panel"}
          isSidebarOpen={isSidebarOpen}
          onTheme={setTheme}
          onUser={switchUser}
          onTogglePanel={() => setSide(side.kind === "panel" ? NOTHING : { kind: "panel" })}
          onToggleSidebar={() => setSidebarOpen(!isSidebarOpen)}
        />
        <Sidebar state={state} current={channel} onOpen={open} />
        <Conversation
          key={`${page.me.id} ${channel}`}
          state={state}
          channel={channel}
          tell={tell}
          onOpenThread={(ts) => setSide({ kind: "thread", channel, ts })}
        >
          {tour.isOpen && side.kind !== "panel" && (
            <TourBar tour={tour} onBack={() => setSide({ kind: "panel" })} />
          )}
        </Conversation>
        {side.kind === "thread" && (
          <ThreadPane {...side} state={state} tell={tell} onClose={() => setSide(NOTHING)} />
        )}
        {side.kind === "panel" && <ControlPanel tour={tour} onClose={() => setSide(NOTHING)} />}
        <ViewStack views={state.views} />
        <div className="visually-hidden" role="status" aria-live="polite">
          {words}
        </div>
      </div>
    </PageProvider>
  );
}

/** Shows a first visitor what to do, once. */
function useFirstVisit(isTourOpen: boolean, show: () => void): void {
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isTourOpen || !isFirst.current) return;
    isFirst.current = false;
    show();
  });
}

function Waiting({ isLost }: { readonly isLost: boolean }) {
  return (
    <div className="waiting" role="status">
      {isLost ? "The sandbox does not answer. Trying again…" : "Opening the sandbox…"}
    </div>
  );
}

/** A permalink, `/archives/C1/p1700000000000100`, opens its message's thread. */
function linkedThread(): Side {
  const [, channel, digits] = /^\/archives\/(\w+)\/p(\d+)/.exec(location.pathname) ?? [];
  if (channel === undefined || digits === undefined) return NOTHING;
  const own = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  const ts = new URLSearchParams(location.search).get("thread_ts") ?? own;
  return { kind: "thread", channel, ts };
}

function currentChannel(state: WorkspaceState, chosen: string | undefined, side: Side): string {
  const linked = side.kind === "thread" ? side.channel : undefined;
  const known = [...state.page.channels.map(({ id }) => id), state.page.me.directMessage];
  const wanted = chosen ?? linked;
  return wanted !== undefined && known.includes(wanted) ? wanted : (firstChannel(state) ?? "");
}

/** Where incidents come in, if there is such a channel. */
function firstChannel({ page }: WorkspaceState): string | undefined {
  return (page.channels.find(({ name }) => name === "incidents") ?? page.channels[0])?.id;
}

function useEscape(close: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTaken = event.defaultPrevented || document.querySelector("dialog[open]") !== null;
      if (event.key === "Escape" && !isTaken) close();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}

/** To the message that the arrow keys start from, or to the field if there is none yet. */
function skipToMessages(): void {
  const wanted = "#messages .message[tabindex='0'], .conversation textarea";
  document.querySelector<HTMLElement>(wanted)?.focus();
}

/** Links of Markdown blocks, which the library draws: elsewhere opens elsewhere, nothing else opens. */
function useOutsideLinks(): void {
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const href = link?.getAttribute("href") ?? "";
      if (link === null || link.hasAttribute("target") || href.startsWith("#")) return;
      event.preventDefault();
      if (/^https?:\/\//.test(href)) window.open(href, "_blank", "noopener,noreferrer");
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, []);
}
