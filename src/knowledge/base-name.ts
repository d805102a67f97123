/** The file's name without folders and `.md`: the alert's name in most collections. */
export function baseName(file: string): string {
  return (file.split("/").at(-1) ?? file).replace(/\.md$/i, "");
}
