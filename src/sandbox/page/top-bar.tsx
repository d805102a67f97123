/** The bar above everything: where one is, who one is, and how it looks. */

import { Avatar } from "./avatar.tsx";
import { Icon } from "./icons.tsx";
import { MenuButton } from "./menu-button.tsx";
import { panelTitle } from "./panel-words.ts";
import type { Theme } from "./theme.ts";
import type { Connection } from "./use-workspace.ts";
import { whoIs } from "./who.ts";
import type { WorkspaceState } from "./workspace-state.ts";

interface TopBarProps {
  readonly state: WorkspaceState;
  readonly connection: Connection;
  readonly theme: Theme;
  readonly isPanelOpen: boolean;
  readonly isSidebarOpen: boolean;
  readonly onTheme: (theme: Theme) => void;
  readonly onUser: (name: string) => void;
  readonly onTogglePanel: () => void;
  readonly onToggleSidebar: () => void;
}

/** The bar with the channels' button, the connection, the person, the theme and the panel's button. */
export function TopBar(props: TopBarProps) {
  const { state } = props;
  const { page } = state;
  return (
    <header className="top-bar">
      <button
        type="button"
        className="bar-button sidebar-toggle"
        aria-label="Channels"
        aria-expanded={props.isSidebarOpen}
        aria-controls="sidebar"
        onClick={props.onToggleSidebar}
      >
        <Icon name="menu" />
      </button>
      <h1>{page.team}</h1>
      <Status state={state} connection={props.connection} />
      <div className="bar-space" />
      {page.hasControls && (
        <button
          type="button"
          className="bar-button"
          aria-pressed={props.isPanelOpen}
          aria-label={panelTitle(page)}
          onClick={props.onTogglePanel}
        >
          <Icon name="sliders" /> <span className="wide-only">{panelTitle(page)}</span>
        </button>
      )}
      <ThemeButton theme={props.theme} onTheme={props.onTheme} />
      <PersonMenu state={state} onUser={props.onUser} />
    </header>
  );
}

function ThemeButton({ theme, onTheme }: Pick<TopBarProps, "theme" | "onTheme">) {
  const other: Theme = theme === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      className="bar-button"
      aria-label={`Switch to the ${other} theme`}
      title={`Switch to the ${other} theme`}
      onClick={() => onTheme(other)}
    >
      {theme === "dark" ? <Icon name="sun" /> : <Icon name="moon" />}
    </button>
  );
}

function PersonMenu({ state: { page }, onUser }: Pick<TopBarProps, "state" | "onUser">) {
  const people = page.people.map(({ id, realName, name }) => ({
    id,
    label: realName,
    hint: `@${name}`,
    isChecked: id === page.me.id,
    run: () => onUser(name),
  }));
  return (
    <MenuButton
      label={`You are ${page.me.realName}. Switch person`}
      className="bar-button bar-user"
      items={people}
      align="end"
    >
      <Avatar who={whoIs(page, page.me.id)} size={24} />
      <span className="wide-only">{page.me.realName}</span>
    </MenuButton>
  );
}

type StatusProps = Pick<TopBarProps, "state" | "connection">;

function Status({ state, connection }: StatusProps) {
  if (connection === "lost") {
    return (
      <span className="status" data-kind="lost" role="status">
        Connection lost. Reconnecting…
      </span>
    );
  }
  if (!state.isBotConnected) {
    return (
      <span className="status" data-kind="waiting" role="status">
        The bot is not connected
      </span>
    );
  }
  return <span className="status wide-only">Local sandbox</span>;
}
