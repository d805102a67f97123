/** Requests as bytes, for what no client would send. */

import { connect } from "node:net";

/** Sends bytes over one connection and resolves with all that comes until it closes or `enough`. */
export function raw(
  url: string,
  bytes: string,
  enough: (text: string) => boolean,
): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = "";
    const end = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (enough(text)) end();
    });
    socket.on("error", end).on("close", end);
  });
}
