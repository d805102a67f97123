/** Slack's rules for the blocks of a message, a modal or a Home tab. */

import { SLACK } from "./block-limits.ts";
import { checkChart, checkDataTable, checkTableBlock } from "./check-data-blocks.ts";
import { checkElement } from "./check-elements.ts";
import type { Complaints } from "./complaints.ts";
import { isJson, type Json, object, objects, text } from "./json.ts";

export type BlockSurface = "message" | "view";

type BlockCheck = (block: Json, path: string, complaints: Complaints) => void;

const CHECKS: Readonly<Record<string, BlockCheck>> = {
  section: checkSection,
  header: (block, path, complaints) =>
    complaints.textObject(block, "text", {
      path,
      max: SLACK.headerText,
      required: true,
      plain: true,
    }),
  divider: () => {},
  image: checkImage,
  context: checkContext,
  actions: (block, path, complaints) =>
    checkElements(block, path, { complaints, max: SLACK.actions }),
  context_actions: (block, path, complaints) =>
    checkElements(block, path, { complaints, max: SLACK.contextActions }),
  input: checkInput,
  rich_text: checkRichText,
  markdown: (block, path, complaints) =>
    complaints.string(block, "text", { path, max: SLACK.markdown, min: 1, required: true }),
  table: checkTableBlock,
  data_table: checkDataTable,
  data_visualization: checkChart,
  card: checkCard,
  carousel: (block, path, complaints) => {
    const cards = complaints.list(block, "elements", { path, max: SLACK.carousel, required: true });
    for (const [index, card] of cards.entries()) {
      checkCard(card, `${path}/elements/${index}`, complaints);
    }
  },
  container: checkContainer,
  alert: (block, path, complaints) =>
    complaints.textObject(block, "text", { path, max: SLACK.textObject, required: true }),
  task_card: (block, path, complaints) =>
    complaints.string(block, "title", { path, max: SLACK.textObject, required: true }),
  plan: (block, path, complaints) =>
    complaints.string(block, "title", { path, max: SLACK.textObject, required: true }),
  video: checkImage,
  file: () => {},
};

/** Charts, tables and containers are for messages only (slack-platform: Block limits). */
const MESSAGE_ONLY = new Set(["container", "table", "data_table", "data_visualization"]);

/** Adds everything Slack would complain about in `blocks`, which stand at the pointer `path`. */
export function checkBlocks(
  blocks: readonly unknown[],
  surface: BlockSurface,
  { path, complaints }: { readonly path: string; readonly complaints: Complaints },
): void {
  const max = surface === "message" ? SLACK.messageBlocks : SLACK.viewBlocks;
  if (blocks.length > max) complaints.add(path, `no more than ${max} items allowed`);
  for (const [index, block] of blocks.entries()) {
    const at = `${path}/${index}`;
    if (!isJson(block)) complaints.add(at, "must be an object");
    else if (surface === "view" && MESSAGE_ONLY.has(text(block, "type"))) {
      complaints.add(`${at}/type`, `unsupported type: ${text(block, "type")}`);
    } else checkBlock(block, at, complaints);
  }
  checkTogether(blocks.filter(isJson), path, complaints);
}

function checkBlock(block: Json, path: string, complaints: Complaints): void {
  const type = text(block, "type");
  const check = CHECKS[type];
  if (check === undefined) {
    complaints.add(`${path}/type`, `unsupported type: ${type}`);
    return;
  }
  complaints.string(block, "block_id", { path, max: SLACK.blockId });
  check(block, path, complaints);
}

/** Rules about all blocks of one message: unique ids, two charts, one table. */
function checkTogether(blocks: readonly Json[], path: string, complaints: Complaints): void {
  const ids = blocks.map((block) => text(block, "block_id")).filter((id) => id !== "");
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) complaints.add(path, `block_id already exists: ${twice}`);
  const count = (type: string) => blocks.filter((block) => text(block, "type") === type).length;
  if (count("data_visualization") > SLACK.charts) {
    complaints.add(path, `no more than ${SLACK.charts} data_visualization blocks allowed`);
  }
  // docs.slack.dev, table block: one per message.
  if (count("table") > 1) complaints.add(path, "only_one_table_allowed");
}

function checkSection(block: Json, path: string, complaints: Complaints): void {
  complaints.textObject(block, "text", { path, max: SLACK.sectionText });
  const fields = complaints.list(block, "fields", { path, max: SLACK.fields });
  for (const [index, field] of fields.entries()) {
    complaints.textValue(field, `${path}/fields/${index}`, { max: SLACK.fieldText });
  }
  if (block["text"] === undefined && fields.length === 0) {
    complaints.add(path, "missing required field: text");
  }
  const accessory = object(block, "accessory");
  if (accessory !== undefined) checkElement(accessory, `${path}/accessory`, complaints);
}

function checkContext(block: Json, path: string, complaints: Complaints): void {
  const rule = { path, max: SLACK.contextElements, required: true };
  for (const [index, element] of complaints.list(block, "elements", rule).entries()) {
    const at = `${path}/elements/${index}`;
    if (text(element, "type") === "image") checkElement(element, at, complaints);
    else complaints.textValue(element, at, { max: SLACK.textObject });
  }
}

function checkImage(block: Json, path: string, complaints: Complaints): void {
  complaints.string(block, "alt_text", { path, max: SLACK.altText, required: true });
  complaints.textObject(block, "title", { path, max: SLACK.altText, plain: true });
}

function checkInput(block: Json, path: string, complaints: Complaints): void {
  complaints.textObject(block, "label", { path, max: SLACK.label, required: true, plain: true });
  complaints.textObject(block, "hint", { path, max: SLACK.label, plain: true });
  const element = object(block, "element");
  if (element === undefined) complaints.add(path, "missing required field: element");
  else checkElement(element, `${path}/element`, complaints);
}

const RICH_TEXT_PARTS = new Set([
  "rich_text_section",
  "rich_text_list",
  "rich_text_preformatted",
  "rich_text_quote",
]);

function checkRichText(block: Json, path: string, complaints: Complaints): void {
  const rule = { path, max: Number.POSITIVE_INFINITY, required: true };
  for (const [index, part] of complaints.list(block, "elements", rule).entries()) {
    const at = `${path}/elements/${index}`;
    if (!RICH_TEXT_PARTS.has(text(part, "type"))) {
      complaints.add(`${at}/type`, `unsupported type: ${text(part, "type")}`);
    }
    for (const [child, leaf] of objects(part, "elements").entries()) {
      if (text(leaf, "type") !== "text") continue;
      const leafRule = { path: `${at}/elements/${child}`, max: Infinity, min: 1, required: true };
      complaints.string(leaf, "text", leafRule);
    }
  }
}

interface ElementsRule {
  readonly complaints: Complaints;
  readonly max: number;
}

function checkElements(block: Json, path: string, { complaints, max }: ElementsRule): void {
  const elements = complaints.list(block, "elements", { path, max, required: true });
  for (const [index, element] of elements.entries()) {
    checkElement(element, `${path}/elements/${index}`, complaints);
  }
  const ids = elements.map((element) => text(element, "action_id")).filter((id) => id !== "");
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) complaints.add(path, `action_id already exists: ${twice}`);
}

function checkCard(block: Json, path: string, complaints: Complaints): void {
  complaints.textObject(block, "title", { path, max: SLACK.cardTitle });
  complaints.textObject(block, "subtitle", { path, max: SLACK.cardTitle });
  complaints.textObject(block, "body", { path, max: SLACK.cardBody });
  for (const [index, button] of objects(block, "actions").entries()) {
    checkElement(button, `${path}/actions/${index}`, complaints);
  }
}

function checkContainer(block: Json, path: string, complaints: Complaints): void {
  complaints.textObject(block, "title", { path, max: SLACK.containerTitle, plain: true });
  complaints.textObject(block, "subtitle", { path, max: SLACK.containerTitle });
  const rule = { path, max: SLACK.containerBlocks, required: true };
  for (const [index, child] of complaints.list(block, "child_blocks", rule).entries()) {
    checkBlock(child, `${path}/child_blocks/${index}`, complaints);
  }
}
