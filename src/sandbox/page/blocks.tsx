/**
 * Block Kit. What can be clicked is drawn by the page, for it must reach the bot, and words are read
 * by its own mrkdwn reader; tables, charts, Markdown and rich text go to the library.
 */

import { type FC, type ReactNode, useId, useState } from "react";
import type { Json } from "../slack/page-protocol.ts";
import { DataTable } from "./data-table.tsx";
import { ElementView } from "./elements.tsx";
import { withEmoji } from "./emoji.tsx";
import { Icon } from "./icons.tsx";
import { ImageBlock } from "./image-block.tsx";
import { keyed } from "./keyed.ts";
import { PassiveBlocks, TextObject } from "./passive-blocks.tsx";
import { list, plainText, str } from "./shown-message.ts";
import { useSurface } from "./surface.tsx";
import { ContextBlock, DividerBlock, HeaderBlock, SectionBlock } from "./text-blocks.tsx";

interface BlockProps {
  readonly block: Json;
}

const OWN: Readonly<Record<string, FC<BlockProps>>> = {
  section: SectionBlock,
  header: HeaderBlock,
  context: ContextBlock,
  divider: DividerBlock,
  actions: ActionsBlock,
  context_actions: ActionsBlock,
  input: InputBlock,
  container: ContainerBlock,
  card: CardBlock,
  carousel: CarouselBlock,
  image: ImageBlock,
  data_table: DataTable,
};

/** A message's or view's blocks in their order; one that cannot be drawn says so and costs no other. */
export function Blocks({ blocks }: { readonly blocks: readonly Json[] }) {
  return (
    <div className="blocks">
      {keyed(inRuns(blocks), ([first]) => str(first?.["block_id"])).map(({ key, item: run }) => (
        <div key={key}>{drawRun(run)}</div>
      ))}
    </div>
  );
}

/** Neighbours that the library draws stay together, so that its own spacing applies. */
function inRuns(blocks: readonly Json[]): Json[][] {
  const runs: Json[][] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    const joins = !isOwn(block) && last?.[0] !== undefined && !isOwn(last[0]);
    if (joins) last?.push(block);
    else runs.push([block]);
  }
  return runs;
}

function isOwn(block: Json): boolean {
  return str(block["type"]) in OWN;
}

function drawRun(run: readonly Json[]): ReactNode {
  const [first] = run;
  if (first === undefined || !isOwn(first)) {
    return (
      <div className="passive">
        <PassiveBlocks blocks={run} />
      </div>
    );
  }
  const Own = OWN[str(first["type"])];
  return Own === undefined ? null : <Own block={first} />;
}

function ActionsBlock({ block }: BlockProps) {
  return (
    <div className="actions-block">
      {list(block["elements"]).map((element) => (
        <ElementView
          key={str(element["action_id"])}
          element={element}
          blockId={str(block["block_id"])}
        />
      ))}
    </div>
  );
}

function InputBlock({ block }: BlockProps) {
  const { errors } = useSurface();
  const id = useId();
  const blockId = str(block["block_id"]);
  const [element] = list([block["element"]]);
  const label = plainText(block["label"]);
  const error = errors[blockId];
  if (element === undefined) return null;
  return (
    <div className="input-block" data-invalid={error !== undefined}>
      <label htmlFor={id} className="input-label">
        {label}
        {block["optional"] === true && <span className="optional"> (optional)</span>}
      </label>
      <ElementView
        element={element}
        blockId={blockId}
        isInput
        dispatches={block["dispatch_action"] === true}
        label={label}
        inputId={id}
      />
      {error !== undefined && (
        <p className="input-error" role="alert">
          {error}
        </p>
      )}
      <p className="input-hint">{plainText(block["hint"])}</p>
    </div>
  );
}

function ContainerBlock({ block }: BlockProps) {
  const isCollapsible = block["is_collapsible"] === true;
  const [isOpen, setOpen] = useState(block["default_collapsed"] !== true);
  const id = useId();
  const title = plainText(block["title"]);
  const heading = (
    <>
      <span className="container-title">{withEmoji(title)}</span>
      <TextObject value={block["subtitle"]} />
    </>
  );
  return (
    <section className="container-block" aria-label={title || "Group"}>
      {isCollapsible ? (
        <button
          type="button"
          className="container-head"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="chevron" size={14} />
          {heading}
        </button>
      ) : (
        title !== "" && <div className="container-head">{heading}</div>
      )}
      <div id={id} hidden={!isOpen} className="container-body">
        <Blocks blocks={list(block["child_blocks"])} />
      </div>
    </section>
  );
}

function CardBlock({ block }: BlockProps) {
  const { actions, ...rest } = block;
  return (
    <div className="card-block">
      <PassiveBlocks blocks={[rest]} />
      <ActionsBlock block={{ ...block, elements: actions }} />
    </div>
  );
}

function CarouselBlock({ block }: BlockProps) {
  return (
    <div className="carousel-block">
      {keyed(list(block["elements"]), (card) => str(card["block_id"])).map(({ key, item }) => (
        <CardBlock key={key} block={item} />
      ))}
    </div>
  );
}
