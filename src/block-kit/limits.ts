/**
 * Slack's sizes, in characters or counts.
 *
 * Source: Block Kit reference (docs.slack.dev) and @slack/types. The total of a message's blocks
 * is not documented: bolt-js issue 2509 saw 13,297 characters refused in a few large blocks, issue
 * 2867 already 11,341 visible ones in many small elements. Both agree with about 13,200 characters
 * of blocks written as JSON, so that is what is counted.
 */
export const LIMITS = {
  messageBlocks: 50,
  /** Kept below the observed 13,200: a message that is refused for its size helps nobody. */
  messageTotal: 12_000,
  /** Slack cuts the text field at 40,000; beyond 4,000 it advises against. */
  messageText: 3_900,
  sectionText: 3_000,
  sectionFields: 10,
  fieldText: 2_000,
  headerText: 150,
  contextElements: 10,
  contextText: 2_000,
  actionsElements: 25,
  contextActions: 5,
  textObject: 3_000,
  altText: 2_000,
  label: 2_000,
  placeholder: 150,
  markdown: 12_000,
  url: 3_000,
  buttonText: 75,
  buttonValue: 2_000,
  actionId: 255,
  viewTitle: 24,
  viewBlocks: 100,
  viewMetadata: 3_000,
  /** Options of a select; label and value of each. */
  options: 100,
  /** Of radio buttons and checkboxes, and of an overflow menu. */
  fewOptions: 10,
  overflowOptions: 5,
  optionText: 75,
  optionValue: 150,
  /** Ours: half a message. A reader has given up long before. */
  richTextElement: 6_000,
  containerBlocks: 10,
  containerTitle: 150,
  cardTitle: 150,
  cardBody: 200,
  carousel: 10,
  charts: 2,
  chartTitle: 50,
  chartSeries: 6,
  chartPoints: 20,
  chartLabel: 20,
  /** One table a message. */
  tables: 1,
  dataTableRows: 201,
  pageSize: 100,
  tableRows: 100,
  tableColumns: 20,
  /** All cells together. */
  tableText: 10_000,
} as const;
