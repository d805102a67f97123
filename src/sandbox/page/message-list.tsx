/** The messages of a channel or a thread: days apart, the newest in view, arrow keys to move. */

import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { MessageRow } from "./message-row.tsx";
import { moveFocus } from "./move-focus.ts";
import type { ShownMessage } from "./shown-message.ts";
import { dateOf, dayOf } from "./time.ts";

interface MessageListProps {
  readonly label: string;
  readonly channel: string;
  /** The channel or thread: another one is opened from its start. */
  readonly place: string;
  readonly messages: readonly ShownMessage[];
  /** A channel is read from its end; a thread that nobody has read yet from its beginning. */
  readonly opensAt: "beginning" | "end";
  /** Stands before the first message. */
  readonly intro?: ReactNode;
  /** Messages newer than this are new to the reader; undefined marks none. */
  readonly readUpTo: string | undefined;
  readonly onOpenThread: ((ts: string) => void) | undefined;
  readonly onDismiss: (ts: string) => void;
}

/** Messages of one author this close together show face and name once. */
const SAME_BREATH_MS = 5 * 60_000;

/** A storm of alerts must not be drawn all at once; earlier messages come by a button. */
const SHOWN_AT_ONCE = 150;

/** This near to the end the list follows new messages. */
const NEAR_END = 120;

/**
 * The newest 150 messages and a button for earlier ones; a line stands before the first that is new to the
 * reader.
 */
export function MessageList(props: MessageListProps) {
  const { label, channel, readUpTo, onOpenThread, onDismiss } = props;
  const [limit, setLimit] = useState(SHOWN_AT_ONCE);
  const messages = props.messages.slice(-limit);
  const list = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string>();
  useFollowing(list, { place: props.place, messages, opensAt: props.opensAt });
  const tabStop = messages.find(({ ts }) => ts === focused)?.ts ?? messages.at(-1)?.ts;
  const firstNew = firstNewIndex(messages, readUpTo);
  return (
    <div
      ref={list}
      id={onOpenThread === undefined ? undefined : "messages"}
      className="message-list"
      role="log"
      aria-label={label}
      aria-live="off"
      tabIndex={messages.length === 0 ? 0 : -1}
      onKeyDown={(event) => onArrow(event, list.current)}
      onFocus={({ target }) => {
        if (target instanceof HTMLElement && target.dataset["ts"] !== undefined) {
          setFocused(target.dataset["ts"]);
        }
      }}
    >
      {props.messages.length > limit ? (
        <button
          type="button"
          className="button earlier"
          onClick={() => setLimit(limit + SHOWN_AT_ONCE)}
        >
          Show earlier messages
        </button>
      ) : (
        props.intro
      )}
      {messages.map((message, index) => (
        <MessageBelow
          key={message.ts}
          channel={channel}
          message={message}
          before={messages[index - 1]}
          isFirstNew={index === firstNew}
          isTabStop={message.ts === tabStop}
          onOpenThread={onOpenThread}
          onDismiss={onDismiss}
        />
      ))}
    </div>
  );
}

interface MessageBelowProps
  extends Pick<MessageListProps, "channel" | "onOpenThread" | "onDismiss"> {
  readonly message: ShownMessage;
  readonly before: ShownMessage | undefined;
  readonly isFirstNew: boolean;
  readonly isTabStop: boolean;
}

/** A message, with a line above it where a day begins or where the new ones do. */
function MessageBelow({ message, before, isFirstNew, ...row }: MessageBelowProps) {
  const isNewDay = before === undefined || dayKey(before) !== dayKey(message);
  return (
    <>
      {isNewDay && (
        <div className="divider">
          <span>{dayOf(message.ts, new Date())}</span>
        </div>
      )}
      {isFirstNew && (
        <div className="divider divider-new">
          <span>New</span>
        </div>
      )}
      <MessageRow
        {...row}
        message={message}
        isCompact={!isNewDay && isSameBreath(before, message)}
      />
    </>
  );
}

interface Following {
  /** The channel or thread. */
  readonly place: string;
  readonly messages: readonly ShownMessage[];
  readonly opensAt: "beginning" | "end";
}

/**
 * Where a reader at the end is: there, but never beyond the beginning of the last message, since an answer
 * that is taller than the list is read from its first line.
 */
function endOf(element: HTMLElement): number {
  const end = element.scrollHeight - element.clientHeight;
  const last = element.lastElementChild;
  if (!(last instanceof HTMLElement) || !last.matches(".message")) return end;
  const top =
    last.getBoundingClientRect().top - element.getBoundingClientRect().top + element.scrollTop;
  return Math.min(end, top);
}

/** Stays at the end while the reader is there; another place opens where it is read from. */
function useFollowing(
  list: React.RefObject<HTMLDivElement | null>,
  { place, messages, opensAt }: Following,
): void {
  const isNear = useRef(opensAt === "end");
  const shown = useRef("");
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const note = () => {
      const below = element.scrollHeight - element.scrollTop - element.clientHeight;
      isNear.current = Math.min(below, Math.abs(endOf(element) - element.scrollTop)) < NEAR_END;
    };
    element.addEventListener("scroll", note);
    // A table or chart may grow after it was drawn.
    const follow = new ResizeObserver(() => {
      if (isNear.current) element.scrollTop = Math.max(element.scrollTop, endOf(element));
    });
    for (const child of element.children) follow.observe(child);
    follow.observe(element);
    return () => {
      element.removeEventListener("scroll", note);
      follow.disconnect();
    };
  });
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || messages.length === 0) return;
    const isOpening = shown.current !== place;
    if (isOpening && opensAt === "beginning") {
      element.scrollTop = 0;
      isNear.current = false;
    } else if (isOpening) element.scrollTop = endOf(element);
    else if (isNear.current) element.scrollTop = Math.max(element.scrollTop, endOf(element));
    shown.current = place;
  }, [list, place, messages, opensAt]);
}

function onArrow(event: KeyboardEvent, list: HTMLElement | null): void {
  const isOnMessage = event.target instanceof HTMLElement && event.target.matches(".message");
  if (isOnMessage) moveFocus(event, list, ".message");
}

function isSameBreath(before: ShownMessage | undefined, message: ShownMessage): boolean {
  if (before === undefined || before.isEphemeral !== message.isEphemeral) return false;
  const gap = dateOf(message.ts).getTime() - dateOf(before.ts).getTime();
  const sameAuthor = before.user === message.user && before.username === message.username;
  return sameAuthor && gap < SAME_BREATH_MS && !message.isEphemeral && before.replyCount === 0;
}

function firstNewIndex(messages: readonly ShownMessage[], readUpTo: string | undefined): number {
  return readUpTo === undefined || readUpTo === ""
    ? -1
    : messages.findIndex(({ ts, isEphemeral }) => ts > readUpTo && !isEphemeral);
}

function dayKey(message: ShownMessage): string {
  return dateOf(message.ts).toDateString();
}
