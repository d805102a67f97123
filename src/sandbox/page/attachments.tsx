/** Attachments, the older form in which Alertmanager's own Slack receiver still posts. */

import type { Json } from "../slack/page-protocol.ts";
import { Blocks } from "./blocks.tsx";
import { keyed } from "./keyed.ts";
import { Mrkdwn, SafeLink } from "./passive-blocks.tsx";
import { list, str } from "./shown-message.ts";

/** Slack's three words; anything else must be a colour in hexadecimal. */
const COLORS: Readonly<Record<string, string>> = {
  good: "#2eb67d",
  warning: "#ecb22e",
  danger: "#d92d3a",
};

/** Attachments in their order, each with an edge in its colour; what one lacks is left out. */
export function Attachments({ attachments }: { readonly attachments: readonly Json[] }) {
  return keyed(attachments, ({ title }) => str(title)).map(({ key, item }) => (
    <Attachment key={key} attachment={item} />
  ));
}

function Attachment({ attachment }: { readonly attachment: Json }) {
  const title = str(attachment["title"]);
  const link = str(attachment["title_link"]);
  const blocks = list(attachment["blocks"]);
  return (
    <>
      <Mrkdwn text={str(attachment["pretext"])} />
      <div className="attachment" style={{ borderInlineStartColor: colorOf(attachment) }}>
        {str(attachment["author_name"]) !== "" && <div>{str(attachment["author_name"])}</div>}
        {title !== "" && (
          <div className="attachment-title">
            {link === "" ? title : <SafeLink href={link}>{title}</SafeLink>}
          </div>
        )}
        <Mrkdwn text={str(attachment["text"])} />
        <Fields fields={list(attachment["fields"])} />
        {blocks.length > 0 && <Blocks blocks={blocks} />}
        <LinkButtons actions={list(attachment["actions"])} />
        {str(attachment["footer"]) !== "" && (
          <div className="attachment-foot">{str(attachment["footer"])}</div>
        )}
      </div>
    </>
  );
}

function Fields({ fields }: { readonly fields: readonly Json[] }) {
  if (fields.length === 0) return null;
  return (
    <dl className="attachment-fields">
      {keyed(fields, ({ title }) => str(title)).map(({ key, item: field }) => (
        <div key={key} data-short={field["short"] === true}>
          <dt>{str(field["title"])}</dt>
          <dd>
            <Mrkdwn text={str(field["value"])} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function LinkButtons({ actions }: { readonly actions: readonly Json[] }) {
  const links = actions.filter((action) => str(action["url"]) !== "");
  if (links.length === 0) return null;
  return (
    <div className="actions-block">
      {links.map((action) => (
        <SafeLink key={str(action["text"])} href={str(action["url"])}>
          {str(action["text"])}
        </SafeLink>
      ))}
    </div>
  );
}

function colorOf(attachment: Json): string {
  const color = str(attachment["color"]);
  const known = COLORS[color];
  if (known !== undefined) return known;
  return /^#?[0-9a-f]{6}$/i.test(color) ? `#${color.replace("#", "")}` : "var(--line-strong)";
}
