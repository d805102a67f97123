/** Runs the parts of a benchmark that are named on the command line, or all of them, in their order. */

export async function runParts(
  parts: Readonly<Record<string, () => Promise<void>>>,
): Promise<void> {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => parts[name] === undefined);
  if (unknown.length > 0) {
    throw new Error(`no part ${unknown.join(", ")}; there are: ${Object.keys(parts).join(", ")}`);
  }
  for (const [name, run] of Object.entries(parts)) {
    if (asked.length === 0 || asked.includes(name)) await run();
  }
}
