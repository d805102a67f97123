/** An endless-looking exposition, made while it is sent: series of topics that are long gone. */

const LINES_PER_CHUNK = 1000;

/** Chunks of valid lines that add up to exactly that many bytes. */
export function* createFlood(totalBytes: number): Generator<Buffer> {
  let left = totalBytes;
  for (let first = 0; left > 0; first += LINES_PER_CHUNK) {
    const chunk = Buffer.from(linesFrom(first));
    if (chunk.length > left) {
      yield padding(left);
      return;
    }
    left -= chunk.length;
    yield chunk;
  }
}

function linesFrom(first: number): string {
  const lines = Array.from({ length: LINES_PER_CHUNK }, (_, index) => {
    const topic = `gone-${String(first + index).padStart(9, "0")}`;
    return `streamline_records_total{topic="${topic}",partition="0"} 1\n`;
  });
  return lines.join("");
}

/** A comment of that length, its line end included. */
function padding(bytes: number): Buffer {
  return Buffer.from(`${"#".repeat(bytes - 1)}\n`);
}
