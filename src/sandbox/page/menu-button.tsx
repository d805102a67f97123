/** A button that opens a menu of commands: arrow keys move, Escape closes, focus comes back. */

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Floating } from "./floating.tsx";
import { moveFocus } from "./move-focus.ts";

interface MenuItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: string;
  readonly isChecked?: boolean;
  readonly run: () => void;
}

interface MenuButtonProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly children: ReactNode;
  readonly className?: string;
  readonly align?: "start" | "end";
}

/** The button with its menu; a chosen item runs and closes it. */
export function MenuButton(props: MenuButtonProps) {
  const { label, items, children, className, align = "start" } = props;
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
        title={label}
      >
        {children}
      </button>
      {isOpen && (
        <Floating anchor={button} onClose={() => setOpen(false)} align={align}>
          <MenuList id={id} label={label} items={items} onClose={close} />
        </Floating>
      )}
    </>
  );
}

interface MenuListProps {
  readonly id: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

function MenuList({ id, label, items, onClose }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    } else moveFocus(event, list.current, "[role^=menuitem]");
  };
  return (
    <div ref={list} id={id} role="menu" aria-label={label} className="menu" onKeyDown={onKeyDown}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          {...roleOf(item)}
          tabIndex={-1}
          className="menu-item"
          onClick={() => {
            onClose();
            item.run();
          }}
        >
          <span>{item.label}</span>
          {item.hint !== undefined && <span className="menu-hint">{item.hint}</span>}
        </button>
      ))}
    </div>
  );
}

/** One of a set of choices, or a command of its own. */
function roleOf({ isChecked }: MenuItem) {
  if (isChecked === undefined) return { role: "menuitem" };
  return { role: "menuitemradio", "aria-checked": isChecked };
}
