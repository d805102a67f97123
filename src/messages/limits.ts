/**
 * Slack's sizes, in characters or counts.
 *
 * Source: Block Kit reference (docs.slack.dev) and @slack/types; the total of a message's blocks
 * is not documented and was observed by other bots as about 13,200 characters.
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
  buttonText: 75,
  buttonValue: 2_000,
  actionId: 255,
  tableRows: 100,
  tableColumns: 20,
} as const;
