/** TLS over a connection to a Kafka port, as the target's configuration has it. */

import { readFile } from "node:fs/promises";
import { isIP, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import type { KafkaTls } from "../../diagnosis/target.ts";
import type { Address } from "./address.ts";

/**
 * The same connection with TLS on top; the handshake begins at once, and what goes wrong in it is an
 * error event of the socket. Rejects when a certificate file cannot be read, with its path.
 */
export async function overTls(
  socket: Socket,
  { host }: Address,
  tls: KafkaTls,
): Promise<TLSSocket> {
  const [ca, cert, key] = await Promise.all([read(tls.ca), read(tls.cert), read(tls.key)]);
  const name = tls.serverName ?? host;
  return connect({
    socket,
    // What the certificate must name; an address cannot be asked for by name (RFC 6066, section 3).
    host: name,
    ...(isIP(name) === 0 ? { servername: name } : {}),
    minVersion: "TLSv1.2",
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  });
}

async function read(file: string | undefined): Promise<Buffer | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file);
  } catch (error) {
    throw new Error(`${file} cannot be read`, { cause: error });
  }
}
