/** Which of the app's permissions are missing. */

/** The scopes of docs/slack-manifest.yaml. */
const SCOPES = [
  "app_mentions:read",
  "channels:history",
  "channels:read",
  "groups:history",
  "groups:read",
  "chat:write",
  "commands",
  "im:history",
  "im:write",
  "usergroups:read",
  "users:read",
];

/** Slack names a token's scopes in a header of its answers; without it nothing is known to lack. */
export function missingScopes(scopes: readonly string[] | undefined): string[] {
  if (scopes === undefined || scopes.length === 0) return [];
  return SCOPES.filter((scope) => !scopes.includes(scope));
}
