/** The line that a chunk ends within, until a later chunk ends it; of one that is too long nothing is kept. */

interface PendingLine {
  isBegun(): boolean;
  hold(part: Uint8Array): void;
  /** The whole line, and nothing is pending any more; undefined when it was too long. */
  release(): Uint8Array | undefined;
}

/** Keeps the beginning of a line until its end comes, up to so many bytes. */
export function createPendingLine(maxBytes: number): PendingLine {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  let isTooLong = false;

  function clear(): void {
    parts = [];
    bytes = 0;
  }

  return {
    isBegun: () => bytes > 0 || isTooLong,
    hold(part) {
      if (isTooLong || bytes + part.length > maxBytes) {
        isTooLong = true;
        clear();
      } else if (part.length > 0) {
        // The chunk's memory may be used again.
        parts.push(part.slice());
        bytes += part.length;
      }
    },
    release() {
      const line = isTooLong ? undefined : joinBytes(parts, bytes);
      isTooLong = false;
      clear();
      return line;
    },
  };
}

/** Parts of so many bytes in all as one. */
export function joinBytes(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
