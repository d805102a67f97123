/** Blocks without anything to click, drawn by slack-blocks-to-jsx. */

import { Component, type ReactNode, useMemo } from "react";
import { type Block, Message, type MessageProps } from "slack-blocks-to-jsx";
import { isJson } from "../slack/json.ts";
import type { Json, PageState } from "../slack/page-protocol.ts";
import { drawEmoji } from "./emoji.tsx";
import { emojiPieces } from "./emoji-names.ts";
import { withSlackNumbers } from "./list-numbers.ts";
import { readMrkdwn, readPlain } from "./mrkdwn.ts";
import { usePage } from "./page-context.tsx";
import { shownDate } from "./shown-date.ts";
import { str } from "./shown-message.ts";

/** These blocks as the library draws them; where it fails, a line says so in their place. */
export function PassiveBlocks({ blocks }: { readonly blocks: readonly Json[] }) {
  const { page, theme } = usePage();
  const data = useMemo(() => namesOf(page), [page]);
  const drawn = useMemo(() => blocks.map((block) => localOnly(block) as Block), [blocks]);
  return (
    <Boundary key={JSON.stringify(blocks)}>
      <Message
        blocks={drawn}
        name=""
        logo=""
        withoutWrapper
        theme={theme}
        data={data}
        hooks={HOOKS}
      />
    </Boundary>
  );
}

/** Slack's mrkdwn, as in a message without blocks. */
export function Mrkdwn({ text }: { readonly text: string }) {
  const elements = useMemo(() => readMrkdwn(text), [text]);
  return elements.length === 0 ? null : <RichText elements={elements} />;
}

/** A text object of Block Kit: `mrkdwn`, or `plain_text` in which only emoji have a meaning. */
export function TextObject({ value }: { readonly value: unknown }) {
  if (!isJson(value)) return null;
  if (str(value["type"]) === "mrkdwn") return <Mrkdwn text={str(value["text"])} />;
  const elements = readPlain(str(value["text"]));
  return elements.length === 0 ? null : <RichText elements={elements} />;
}

function RichText({ elements }: { readonly elements: readonly Json[] }) {
  const blocks = useMemo(() => [{ type: "rich_text", elements }], [elements]);
  return <PassiveBlocks blocks={blocks} />;
}

const HOOKS: NonNullable<MessageProps["hooks"]> = {
  user: ({ id, name }) => <Mention>{`@${name === "" ? id : name}`}</Mention>,
  channel: ({ id, name }) => <Mention>{`#${name === "" ? id : name}`}</Mention>,
  usergroup: ({ id, name }) => <Mention>{`@${name === "" ? id : name}`}</Mention>,
  atHere: () => <Mention isBroadcast>@here</Mention>,
  atChannel: () => <Mention isBroadcast>@channel</Mention>,
  atEveryone: () => <Mention isBroadcast>@everyone</Mention>,
  emoji: (emoji, byDefault) => drawEmoji(emoji.name) ?? byDefault(emoji),
  date: ({ format, timestamp, fallback }) =>
    shownDate({ format, timestamp: Number(timestamp), fallback }, new Date()),
  link: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
};

interface MentionProps {
  readonly children: string;
  readonly isBroadcast?: boolean;
}

function Mention({ children, isBroadcast = false }: MentionProps) {
  return (
    <span className="mention" data-broadcast={isBroadcast}>
      {children}
    </span>
  );
}

interface SafeLinkProps {
  readonly href: string;
  readonly children: ReactNode;
}

/** Strangers choose where links lead: only the web and mail, without a referrer. */
export function SafeLink({ href, children }: SafeLinkProps) {
  if (!/^(https?:\/\/|mailto:)/i.test(href)) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="link">
      {children}
    </a>
  );
}

function namesOf(page: PageState): NonNullable<MessageProps["data"]> {
  const people = page.people.map(({ id, realName }) => ({ id, name: realName }));
  const apps = page.apps.map(({ userId, realName }) => ({ id: userId, name: realName }));
  const channels = page.channels.map(({ id, name }) => ({ id, name }));
  return { users: [...people, ...apps], channels };
}

/** A grey square for a picture: the page asks nobody outside for anything. */
const NO_PICTURE =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E%3Crect width='20' height='20' rx='4' fill='%239aa0a6'/%3E%3C/svg%3E";

/** Pictures in Markdown become links to them. */
function withoutPictures(text: unknown): unknown {
  return typeof text === "string" ? text.replaceAll(/!\[([^\]]*)\]\(/g, "[$1](") : text;
}

/** Emoji that stand in a text as characters become elements of their own, which are drawn here. */
function drawable(value: unknown): unknown[] {
  const isWords = isJson(value) && value["type"] === "text" && typeof value["text"] === "string";
  if (!isWords) return [localOnly(value)];
  const pieces = emojiPieces(str(value["text"]));
  if (pieces.every((piece) => "words" in piece)) return [localOnly(value)];
  return pieces.map((piece) =>
    "name" in piece ? { type: "emoji", name: piece.name } : { ...value, text: piece.words },
  );
}

/** The library would also put block ids into the document as element ids. */
function localOnly(value: unknown): unknown {
  if (Array.isArray(value)) return value.flatMap(drawable);
  if (!isJson(value)) return value;
  const isMarkdown = value["type"] === "markdown";
  const isRichText = value["type"] === "rich_text";
  const fields = Object.entries(value).filter(([name]) => name !== "block_id");
  return Object.fromEntries(
    fields.map(([name, each]) => {
      const isRemote =
        /^(image_url|thumbnail_url|video_url)$/.test(name) && !String(each).startsWith("data:");
      if (isRemote) return [name, NO_PICTURE];
      if (isRichText && name === "elements" && Array.isArray(each)) {
        return [name, localOnly(withSlackNumbers(each))];
      }
      return [name, isMarkdown && name === "text" ? withoutPictures(each) : localOnly(each)];
    }),
  );
}

interface BoundaryState {
  readonly isBroken: boolean;
}

/** A block that cannot be drawn takes only itself down. */
class Boundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { isBroken: false };

  static getDerivedStateFromError(): BoundaryState {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return <em className="not-drawn">This block cannot be drawn here.</em>;
  }
}
