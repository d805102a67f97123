/** One message: who, when, what, and what one can do with it. */

import { type KeyboardEvent, useId } from "react";
import { Attachments } from "./attachments.tsx";
import { Avatar } from "./avatar.tsx";
import { Blocks } from "./blocks.tsx";
import { Icon } from "./icons.tsx";
import { MenuButton } from "./menu-button.tsx";
import { usePage } from "./page-context.tsx";
import { Mrkdwn } from "./passive-blocks.tsx";
import { type ShownMessage, str } from "./shown-message.ts";
import { SurfaceProvider, useNewSurface } from "./surface.tsx";
import { agoOf, dateOf, fullTimeOf, hourOf } from "./time.ts";
import { type Who, whoIs, whoSaid } from "./who.ts";

interface MessageRowProps {
  readonly channel: string;
  readonly message: ShownMessage;
  /** Follows one of the same author: without face and name. */
  readonly isCompact: boolean;
  readonly isTabStop: boolean;
  /** Undefined inside a thread. */
  readonly onOpenThread: ((ts: string) => void) | undefined;
  readonly onDismiss: (ts: string) => void;
}

/** One message as a row that can have the focus: Enter opens its thread, where it has one. */
export function MessageRow(props: MessageRowProps) {
  const { channel, message, isCompact, isTabStop, onOpenThread } = props;
  const { page } = usePage();
  const id = useId();
  const who = whoSaid(page, message);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.key !== "Enter") return;
    if (onOpenThread === undefined || message.isEphemeral) return;
    event.preventDefault();
    onOpenThread(message.ts);
  };
  return (
    <article
      className="message"
      data-compact={isCompact}
      data-ephemeral={message.isEphemeral}
      data-ts={message.ts}
      tabIndex={isTabStop ? 0 : -1}
      aria-labelledby={`${id}-who`}
      onKeyDown={onKeyDown}
    >
      <div className="message-side">
        {isCompact ? (
          <time dateTime={dateOf(message.ts).toISOString()}>{hourOf(message.ts)}</time>
        ) : (
          <Avatar who={who} />
        )}
      </div>
      <div className="message-main">
        {message.isEphemeral && <OnlyYou onDismiss={() => props.onDismiss(message.ts)} />}
        <MessageHead id={`${id}-who`} who={who} ts={message.ts} isHidden={isCompact} />
        <MessageBody channel={channel} message={message} />
        {onOpenThread !== undefined && message.replyCount > 0 && (
          <ThreadSummary message={message} onOpen={() => onOpenThread(message.ts)} />
        )}
      </div>
      {!message.isEphemeral && (
        <MessageTools channel={channel} message={message} onOpenThread={onOpenThread} />
      )}
    </article>
  );
}

function OnlyYou({ onDismiss }: { readonly onDismiss: () => void }) {
  return (
    <div className="only-you">
      <Icon name="eye" size={14} /> Only visible to you
      <button type="button" className="link" onClick={onDismiss}>
        Dismiss
      </button>
    </div>
  );
}

interface MessageHeadProps {
  readonly id: string;
  readonly who: Who;
  readonly ts: string;
  /** Read aloud all the same. */
  readonly isHidden: boolean;
}

function MessageHead({ id, who, ts, isHidden }: MessageHeadProps) {
  return (
    <h3 id={id} className={isHidden ? "visually-hidden" : "message-head"}>
      <span dir="auto">{who.name}</span>
      {who.kind !== "person" && <span className="app-badge">APP</span>}
      <time dateTime={dateOf(ts).toISOString()} title={fullTimeOf(ts)}>
        {hourOf(ts)}
      </time>
    </h3>
  );
}

interface MessageProps {
  readonly channel: string;
  readonly message: ShownMessage;
}

function MessageBody({ channel, message }: MessageProps) {
  const surface = useNewSurface({ channel, ts: message.ts });
  return (
    <SurfaceProvider surface={surface}>
      <div className="message-body" dir="auto">
        {message.blocks.length > 0 ? (
          <Blocks blocks={message.blocks} />
        ) : (
          <Mrkdwn text={message.text} />
        )}
        {message.isEdited && <span className="edited">(edited)</span>}
      </div>
      <Attachments attachments={message.attachments} />
      {surface.failure !== "" && (
        <p className="failure" role="alert">
          {surface.failure}
        </p>
      )}
      <Reactions message={message} />
    </SurfaceProvider>
  );
}

function Reactions({ message }: { readonly message: ShownMessage }) {
  if (message.reactions.length === 0) return null;
  return (
    <div className="reactions">
      {message.reactions.map((reaction) => (
        <span key={str(reaction["name"])} className="reaction">
          <Mrkdwn text={`:${str(reaction["name"])}:`} /> {str(reaction["count"])}
        </span>
      ))}
    </div>
  );
}

interface ThreadSummaryProps {
  readonly message: ShownMessage;
  readonly onOpen: () => void;
}

function ThreadSummary({ message, onOpen }: ThreadSummaryProps) {
  const { page } = usePage();
  const count = message.replyCount;
  return (
    <button type="button" className="thread-summary" onClick={onOpen}>
      {message.replyUsers.slice(0, 4).map((user) => (
        <Avatar key={user} who={whoIs(page, user)} size={22} />
      ))}
      <strong>{count === 1 ? "1 reply" : `${count} replies`}</strong>
      <span className="thread-when">Last reply {agoOf(message.latestReply, new Date())}</span>
    </button>
  );
}

interface MessageToolsProps extends MessageProps {
  readonly onOpenThread: ((ts: string) => void) | undefined;
}

/** Shown on hover and while something in the message has the focus. */
function MessageTools({ channel, message, onOpenThread }: MessageToolsProps) {
  const { api, page, announce } = usePage();
  const items = [
    ...page.shortcuts.map(({ callbackId, title }) => ({
      id: callbackId,
      label: title,
      hint: "Streamline",
      run: () => {
        api.shortcut({ channel, ts: message.ts, callbackId }).then(
          (outcome) =>
            outcome.kind === "failed" && announce(`That did not work: ${outcome.reason}`),
          (error: unknown) => announce(String(error)),
        );
      },
    })),
    {
      id: "copy",
      label: "Copy text",
      run: () => void navigator.clipboard.writeText(message.text),
    },
  ];
  return (
    <div className="message-tools">
      {onOpenThread !== undefined && (
        <button
          type="button"
          className="tool"
          aria-label="Reply in thread"
          title="Reply in thread"
          onClick={() => onOpenThread(message.ts)}
        >
          <Icon name="reply" />
        </button>
      )}
      <MenuButton label="More actions" className="tool" items={items} align="end">
        <Icon name="more" />
      </MenuButton>
    </div>
  );
}
