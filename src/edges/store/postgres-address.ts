/** The address of a PostgreSQL, of which no part but the host may be shown: it holds the password. */

/**
 * Throws for an address that is not one, without a part of it: `postgres://bot:12#4SECRET@h/x` is
 * cut at the `#`, and the program that reads on would show half of the password as a host.
 */
export function checkPostgresAddress(url: string): void {
  if (hostOf(url) !== undefined) return;
  throw new Error(
    "DATABASE_URL is not an address such as postgres://user:password@host/database; in the password, " +
      "write # as %23, @ as %40, / as %2F, : as %3A and % as %25",
  );
}

/** The host and port; undefined for what may be a part of a password. */
export function hostOf(url: string): string | undefined {
  if (!/^postgres(?:ql)?:\/\//.test(url) || url.includes("#") || !URL.canParse(url)) {
    return undefined;
  }
  const { host, username, pathname } = new URL(url);
  const isCut = url.includes("@") && (username === "" || pathname.includes("@"));
  return isCut || url.split("@").length > 2 ? undefined : host;
}
