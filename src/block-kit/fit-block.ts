/** One block within Slack's limits for its kind; nothing when it shows nothing, which Slack refuses. */

import type {
  CardBlock,
  ContainerBlock,
  ContextBlock,
  DataTableBlock,
  InputBlock,
  SectionBlock,
  TableBlock,
} from "@slack/types";
import { fitChart } from "./fit-chart.ts";
import { fitElement, fitElements } from "./fit-element.ts";
import { fitRichText } from "./fit-rich-text.ts";
import { LIMITS } from "./limits.ts";
import type { KnownBlock } from "./message.ts";
import { cut, cutMrkdwn } from "./text.ts";

/** No block for one that shows nothing; what is too long is cut. */
export function fitBlock(block: KnownBlock): KnownBlock[] {
  switch (block.type) {
    case "section":
      return fitSection(block);
    case "header":
      return block.text.text === ""
        ? []
        : [{ ...block, text: fitText(block.text, LIMITS.headerText) }];
    case "context":
      return fitContext(block);
    case "actions":
      return withElements(block, fitElements(block.elements, LIMITS.actionsElements));
    case "context_actions":
      return withElements(block, fitElements(block.elements, LIMITS.contextActions));
    case "input":
      return fitInput(block);
    case "rich_text":
      return fitRichText(block);
    case "markdown":
      return block.text === "" ? [] : [{ ...block, text: cut(block.text, LIMITS.markdown) }];
    case "table":
      return rowsOf(block, LIMITS.tableRows).length === 0
        ? []
        : [{ ...block, rows: rowsOf(block, LIMITS.tableRows) }];
    case "data_table":
      return fitDataTable(block);
    case "data_visualization":
      return fitChart(block);
    case "container":
      return fitContainer(block);
    case "card":
      return [fitCard(block)];
    case "carousel":
      return withElements(block, block.elements.slice(0, LIMITS.carousel).map(fitCard));
    case "alert":
      return block.text.text === ""
        ? []
        : [{ ...block, text: fitText(block.text, LIMITS.textObject) }];
    case "image":
    case "video":
      return [{ ...block, alt_text: cut(block.alt_text, LIMITS.altText) }];
    case "divider":
    case "file":
    case "task_card":
    case "plan":
      return [block];
    // What Slack may add one day: it refuses itself what it does not know.
    default:
      return [block];
  }
}

/** Characters of all strings that a person can see in these blocks. */
export function visibleSize(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + visibleSize(each), 0);
  if (value === null || typeof value !== "object") return 0;
  return Object.entries(value).reduce((sum, [key, each]) => {
    const isText = typeof each === "string" && (key === "text" || key === "url");
    return sum + (isText ? each.length : visibleSize(each));
  }, 0);
}

interface TextObject {
  readonly type: string;
  readonly text: string;
}

function fitText<T extends TextObject>(object: T, most: number): T {
  const { type, text } = object;
  return { ...object, text: type === "mrkdwn" ? cutMrkdwn(text, most) : cut(text, most) };
}

/** The named texts within their limit; those that are empty, which Slack refuses, left out. */
function fitTexts<K extends string, T extends TextObject>(
  texts: Readonly<Partial<Record<K, T | undefined>>>,
  most: Readonly<Record<K, number>>,
): Partial<Record<K, T>> {
  const fitted: Partial<Record<K, T>> = {};
  for (const name of Object.keys(most) as K[]) {
    const text = texts[name];
    if (text !== undefined && text.text !== "") fitted[name] = fitText(text, most[name]);
  }
  return fitted;
}

function withElements<T extends KnownBlock & { elements: unknown[] }>(
  block: T,
  elements: T["elements"],
): T[] {
  return elements.length === 0 ? [] : [{ ...block, elements }];
}

function fitSection(block: SectionBlock): KnownBlock[] {
  const { text, fields = [], accessory, ...rest } = block;
  const shown = fields
    .filter((field) => field.text !== "")
    .slice(0, LIMITS.sectionFields)
    .map((field) => fitText(field, LIMITS.fieldText));
  const isText = text !== undefined && text.text !== "";
  if (!isText && shown.length === 0) return [];
  const beside =
    accessory === undefined || accessory.type === "image" ? accessory : fitElement(accessory);
  return [
    {
      ...rest,
      ...(isText ? { text: fitText(text, LIMITS.sectionText) } : {}),
      ...(shown.length > 0 ? { fields: shown } : {}),
      ...(beside === undefined ? {} : { accessory: beside }),
    },
  ];
}

function fitContext(block: ContextBlock): KnownBlock[] {
  const elements = block.elements
    .filter((element) => !("text" in element) || element.text !== "")
    .slice(0, LIMITS.contextElements)
    .map((element) => ("text" in element ? fitText(element, LIMITS.contextText) : element));
  return withElements(block, elements);
}

/** A field without anything to choose is left out: its form says so, or there is none. */
function fitInput(block: InputBlock): KnownBlock[] {
  const element = fitElement(block.element);
  if (element === undefined || block.label.text === "") return [];
  const { hint, ...rest } = block;
  return [
    {
      ...rest,
      element,
      label: fitText(block.label, LIMITS.label),
      ...fitTexts({ hint }, { hint: LIMITS.label }),
    },
  ];
}

/** Rows that go beyond the limit of all cells together are left out. */
function rowsOf<T extends TableBlock | DataTableBlock>(block: T, most: number): T["rows"] {
  const rows: T["rows"] = [];
  let room: number = LIMITS.tableText;
  for (const row of block.rows.slice(0, most)) {
    const shown = row.slice(0, LIMITS.tableColumns);
    room -= visibleSize(shown);
    if (room < 0) break;
    rows.push(shown);
  }
  return rows;
}

/** A head without rows below it is refused. */
function fitDataTable(block: DataTableBlock): KnownBlock[] {
  const rows = rowsOf(block, LIMITS.dataTableRows);
  const { page_size: size, caption } = block;
  if (rows.length < 2) return [];
  return [
    {
      ...block,
      rows,
      caption: caption === "" ? "Table" : cut(caption, LIMITS.textObject),
      ...(size === undefined
        ? {}
        : { page_size: Math.min(LIMITS.pageSize, Math.max(1, Math.floor(size))) }),
    },
  ];
}

function fitContainer(block: ContainerBlock): KnownBlock[] {
  const { title, subtitle, child_blocks, ...rest } = block;
  const children = child_blocks
    .flatMap((child) => fitBlock(child))
    .slice(0, LIMITS.containerBlocks) as ContainerBlock["child_blocks"];
  if (children.length === 0) return [];
  return [
    {
      ...rest,
      child_blocks: children,
      ...fitTexts({ title }, { title: LIMITS.containerTitle }),
      ...fitTexts({ subtitle }, { subtitle: LIMITS.containerTitle }),
    },
  ];
}

const CARD = { title: LIMITS.cardTitle, subtitle: LIMITS.cardTitle, body: LIMITS.cardBody };

/** An over-long card is refused without a word (agno issue 8072). */
function fitCard(block: CardBlock): CardBlock {
  const { title, subtitle, body, actions, ...rest } = block;
  return {
    ...rest,
    ...fitTexts({ title, subtitle, body }, CARD),
    ...(actions === undefined ? {} : { actions: fitElements(actions, LIMITS.actionsElements) }),
  };
}
