/** What is shown for a file that a page takes words from. */
export function includedFile(file: string): string {
  // What a site fills into its name is seen to be no part of it.
  return `Included file: ${file.includes("{{") ? `\`${file}\`` : file}`;
}
