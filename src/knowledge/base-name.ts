import { withoutPageEnding } from "./page-files.ts";

/** An export of Notion numbers its pages: `Disk full 0123….md`. */
const NOTION_ID = / [0-9a-f]{32}$/;

/** The file's name without folders and its ending: the alert's name in most collections. */
export function baseName(file: string): string {
  return withoutPageEnding(file.split("/").at(-1) ?? file).replace(NOTION_ID, "");
}
