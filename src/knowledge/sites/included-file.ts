/** What is shown for a file that a page takes words from. */
export function includedFile(file: string): string {
  return `Included file: ${file}`;
}
