/** Channels and the conversation with the bot. */

import { useRef } from "react";
import type { PageChannel } from "../slack/page-protocol.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icons.tsx";
import { moveFocus } from "./move-focus.ts";
import { whoIs } from "./who.ts";
import { isUnread, type WorkspaceState } from "./workspace-state.ts";

interface SidebarProps {
  readonly state: WorkspaceState;
  readonly current: string;
  readonly onOpen: (channel: string) => void;
}

/** The list with what is unread in bold; arrow keys move, `onOpen` gets the channel's id. */
export function Sidebar({ state, current, onOpen }: SidebarProps) {
  const { page } = state;
  const nav = useRef<HTMLElement>(null);
  const bot = page.apps[0];
  const shared = { state, current, onOpen };
  return (
    <nav
      ref={nav}
      id="sidebar"
      className="sidebar"
      aria-label="Channels"
      onKeyDown={(event) => moveFocus(event, nav.current, ".sidebar-item")}
    >
      <h2>Channels</h2>
      <ul>
        {page.channels.toSorted(byName).map(({ id, name }) => (
          <li key={id}>
            <SidebarItem {...shared} id={id} name={name}>
              <Icon name="hash" size={16} />
            </SidebarItem>
          </li>
        ))}
      </ul>
      <h2>Apps</h2>
      <ul>
        <li>
          <SidebarItem {...shared} id={page.me.directMessage} name={bot?.realName ?? "Bot"}>
            <Avatar who={whoIs(page, bot?.userId ?? "")} size={20} />
            <span className="presence" data-online={state.isBotConnected} />
          </SidebarItem>
        </li>
      </ul>
    </nav>
  );
}

interface SidebarItemProps extends SidebarProps {
  readonly id: string;
  readonly name: string;
  readonly children: React.ReactNode;
}

function SidebarItem({ state, current, onOpen, id, name, children }: SidebarItemProps) {
  const isNew = id !== current && isUnread(state, id);
  return (
    <button
      type="button"
      className="sidebar-item"
      data-unread={isNew}
      aria-current={id === current ? "page" : undefined}
      onClick={() => onOpen(id)}
    >
      <span className="sidebar-sign">{children}</span>
      <span className="sidebar-name">{name}</span>
      {isNew && (
        <span className="unread-dot">
          <span className="visually-hidden">unread messages</span>
        </span>
      )}
    </button>
  );
}

function byName(one: PageChannel, other: PageChannel): number {
  return one.name.localeCompare(other.name);
}
