/** Pictures would come from outside; their description and address stand in for them. */

import type { Json } from "../slack/page-protocol.ts";
import { Icon } from "./icons.tsx";
import { SafeLink } from "./passive-blocks.tsx";
import { plainText, str } from "./shown-message.ts";

/** The picture's title, its description and a link to it; nothing is loaded from outside. */
export function ImageBlock({ block }: { readonly block: Json }) {
  const url = str(block["image_url"]);
  const title = plainText(block["title"]);
  return (
    <figure className="image-block">
      <Icon name="picture" size={20} />
      <figcaption>
        {title !== "" && <strong>{title}</strong>}
        <span>{str(block["alt_text"])}</span>
        {url !== "" && <SafeLink href={url}>Open the picture</SafeLink>}
      </figcaption>
    </figure>
  );
}
