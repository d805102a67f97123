/** A connection to the sandbox that can be cut and mended. */

import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Cable {
  readonly url: string;
  /** Breaks what is connected and lets nothing through. */
  cut(): void;
  mend(): void;
  remove(): Promise<void>;
}

export async function layCable(to: string): Promise<Cable> {
  const target = new URL(to);
  const ends = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    isCut = true;
    for (const end of ends) end.destroy();
    ends.clear();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    mend() {
      isCut = false;
    },
    remove() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
