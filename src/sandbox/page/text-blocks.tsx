/** The blocks of words: section, header, context, divider. */

import { isJson } from "../slack/json.ts";
import type { Json } from "../slack/page-protocol.ts";
import { ElementView, isInteractive } from "./elements.tsx";
import { withEmoji } from "./emoji.tsx";
import { ImageBlock } from "./image-block.tsx";
import { keyed } from "./keyed.ts";
import { TextObject } from "./passive-blocks.tsx";
import { list, plainText, str } from "./shown-message.ts";

interface BlockProps {
  readonly block: Json;
}

/** Words, fields beside each other, and an element at the right. */
export function SectionBlock({ block }: BlockProps) {
  const { accessory } = block;
  return (
    <div className="section-block">
      <div className="section-text">
        <TextObject value={block["text"]} />
        <Fields fields={list(block["fields"])} />
      </div>
      {isJson(accessory) && (
        <div className="accessory">
          {isInteractive(accessory) ? (
            <ElementView element={accessory} blockId={str(block["block_id"])} />
          ) : (
            <ImageBlock block={accessory} />
          )}
        </div>
      )}
    </div>
  );
}

function Fields({ fields }: { readonly fields: readonly Json[] }) {
  if (fields.length === 0) return null;
  return (
    <div className="fields">
      {keyed(fields, plainText).map(({ key, item }) => (
        <TextObject key={key} value={item} />
      ))}
    </div>
  );
}

/** A headline. */
export function HeaderBlock({ block }: BlockProps) {
  return (
    <h4 className="header-block" dir="auto">
      {withEmoji(plainText(block["text"]))}
    </h4>
  );
}

/** Small words and pictures in a row. */
export function ContextBlock({ block }: BlockProps) {
  return (
    <div className="context-block">
      {keyed(list(block["elements"]), plainText).map(({ key, item }) =>
        str(item["type"]) === "image" ? (
          <span key={key} className="context-image">
            {str(item["alt_text"])}
          </span>
        ) : (
          <TextObject key={key} value={item} />
        ),
      )}
    </div>
  );
}

/** A rule. */
export function DividerBlock() {
  return <hr className="divider-block" />;
}
