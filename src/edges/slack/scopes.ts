/** Which of the app's permissions are missing, and what does not work without each. */

export interface AppScope {
  readonly scope: string;
  /** What the bot cannot do without it: follows "without it". */
  readonly without: string;
  /** The bot does its work without it; a part that nobody has to use is missing. */
  readonly isOptional?: true;
}

/** The scopes of docs/slack-manifest.yaml; a test holds both to the methods that are called. */
export const APP_SCOPES: readonly AppScope[] = [
  { scope: "app_mentions:read", without: "the bot does not answer mentions" },
  {
    scope: "channels:history",
    without: "a message whose answer was lost may be posted twice, and watch sees nothing",
  },
  {
    scope: "groups:history",
    without: "a message whose answer was lost may be posted twice in a private channel",
  },
  { scope: "channels:read", without: "nobody sees the incidents of other channels" },
  { scope: "groups:read", without: "nobody sees the incidents of other private channels" },
  { scope: "chat:write", without: "nothing can be posted" },
  { scope: "commands", without: "/streamline and the shortcut are not there" },
  { scope: "im:history", without: "the bot does not answer direct messages" },
  { scope: "im:write", without: "a message to a subscriber may be posted twice" },
  { scope: "usergroups:read", without: "user groups in permissions have no members" },
  { scope: "users:read", without: "only people whom the configuration names are answered" },
  {
    scope: "assistant:write",
    without: "direct messages have no suggested prompts and no status",
    isOptional: true,
  },
  {
    scope: "files:write",
    without: "a timeline comes as a message, cut where it is long",
    isOptional: true,
  },
  {
    scope: "links:read",
    without: "links of alerts and runbooks are not shown with their incident",
    isOptional: true,
  },
  {
    scope: "links:write",
    without: "nothing can be shown below links of alerts and runbooks",
    isOptional: true,
  },
];

/** Slack names a token's scopes in a header of its answers; without it nothing is known to lack. */
export function missingScopes(scopes: readonly string[] | undefined): readonly AppScope[] {
  if (scopes === undefined || scopes.length === 0) return [];
  return APP_SCOPES.filter(({ scope }) => !scopes.includes(scope));
}
