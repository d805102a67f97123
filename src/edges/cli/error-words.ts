/** What an error means for the operator, as far as it can be acted on. */

/** Of a file: errno(3), as Node names them. */
const OF_FILES: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "the permission is missing",
  EPERM: "the permission is missing",
  EISDIR: "it is a folder, not a file",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "it is there already",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};

/** In words where the code is known, otherwise the error's own. */
export function errorWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = "", path } = error as NodeJS.ErrnoException;
  const known = OF_FILES[code];
  if (known !== undefined && path !== undefined) return `${path}: ${known}`;
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `${error.message}${cause}`;
}
