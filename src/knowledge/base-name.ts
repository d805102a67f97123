import { withoutPageEnding } from "./page-files.ts";

/** The file's name without folders and its ending: the alert's name in most collections. */
export function baseName(file: string): string {
  return withoutPageEnding(file.split("/").at(-1) ?? file);
}
