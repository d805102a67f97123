/** What the search knows of a section. Any collection of texts with headings can be put so. */

export type SearchSection = {
  id: string;
  file: string;
  /** The page's title or the section's own heading. */
  title: string;
  /** The headings that lead to the section, its own last. */
  headings: readonly string[];
  text: string;
  /** The words people type for it. */
  symptoms?: readonly string[];
  /** Exact log texts it explains; `<placeholder>` in one stands for any value. */
  logs?: readonly string[];
  /** The alerts its page answers. */
  alerts?: readonly string[];
};

/** The name of the section's file, without folders and ending: in most collections, the alert. */
export function fileName({ file }: SearchSection): string {
  return (file.split("/").at(-1) ?? "").replace(/\.(md|markdown)$/i, "");
}
