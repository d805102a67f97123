/**
 * Texts that a Streamline server writes to its log when something known goes wrong.
 *
 * Source of every text: streamline-facts 7, where each stands with its line in the server's source
 * and with what clients see. A text that only a server writes that then ends or that has no HTTP
 * is missing here, because nobody can read the in-memory log of such a server.
 */

export interface LogSignature {
  /** The label `signature` of `log_signature_total`; checks name it. */
  readonly id: string;
  /** Any of these in the message or in a field is a match. */
  readonly texts: readonly string[];
  /** The lowest level at which the server writes it. */
  readonly level: "INFO" | "WARN" | "ERROR";
  /** The error that the entry must carry, too, where one message has several causes. */
  readonly because?: string;
}

export const LOG_SIGNATURES: readonly LogSignature[] = [
  // 7.2 Connections and security
  signature("tls-handshake-failed", "WARN", "TLS handshake failed"),
  signature("message-too-large", "ERROR", "Message too large"),
  signature("message-hard-limit", "ERROR", "Message exceeds hard size limit"),
  signature("unauthenticated", "WARN", "Unauthenticated request rejected"),
  signature("plain-without-tls", "WARN", "SASL/PLAIN authentication rejected"),
  signature(
    "authentication-failed",
    "WARN",
    "PLAIN authentication failed",
    "SCRAM client-first processing failed",
    "SCRAM client-final processing failed",
    "OAUTHBEARER token validation failed",
    "OAUTHBEARER authentication attempted but OAuth is not enabled",
    "Failed to parse OAUTHBEARER data",
  ),
  signature("no-user-store", "ERROR", "Authentication enabled but no user store configured"),
  signature(
    "access-denied",
    "WARN",
    "Access denied by ACL",
    "Access denied (no matching ACL)",
    "Access denied by RBAC",
  ),
  signature("accept-failed", "ERROR", "Failed to accept connection"),
  signature("too-many-open-files", "ERROR", "Too many open files"),
  signature("buffer-allocation-failed", "ERROR", "Failed to allocate buffer for message"),
  signature("malformed-request", "WARN", "Malformed message too short"),
  signature("request-failed", "WARN", "Request processing failed"),
  signature("client-disconnected-with-error", "WARN", "Client disconnected with error"),

  // 7.3 Storage
  signature("append-failed", "ERROR", "Failed to append batch"),
  signature("disk-full", "ERROR", "No space left on device"),
  signature("wal-backpressure", "ERROR", "WAL backpressure"),
  signature("wal-sync-failed", "WARN", "Failed to sync shard"),
  signature(
    "wal-damaged",
    "WARN",
    "Truncated WAL entry at end of file",
    "Corrupted WAL entry, stopping read",
    "Failed to read WAL file",
    "Failed to read shard",
    "WAL recovery completed with issues",
  ),
  signature("wal-replay", "INFO", "Replaying WAL entries"),
  signature(
    "segment-damaged",
    "WARN",
    "CRC mismatch during recovery",
    "Detected corrupted data during recovery",
    "Batch deserialization failed during recovery",
    "Decompression failed during recovery",
  ),
  signature("index-damaged", "WARN", "Segment index corrupted or incompatible"),
  signature("corrupt-batch", "WARN", "Failed to decode record batch - corrupted data"),
  signature("out-of-order-sequence", "WARN", "Out of order sequence"),
  signature("invalid-producer-epoch", "WARN", "Invalid producer epoch"),
  signature(
    "retention-failed",
    "WARN",
    "Retention enforcement failed",
    "Failed to enforce retention for partition",
    "Failed to compact partition",
  ),
  signature("metrics-update-failed", "WARN", "Failed to update metrics"),
  signature(
    "sendfile-failed",
    "WARN",
    "Closing connection due to sendfile failure",
    "Sendfile failed mid-transfer",
  ),

  // 7.4 Cluster
  signature("raft-proposal-timeout", "WARN", "Raft proposal timed out"),
  signature("election-in-progress", "WARN", "Leader election still in progress"),
  signature("raft-message-failed", "WARN", "RPC handler error", "Failed to handle Raft message"),
  signature("raft-snapshot-failed", "ERROR", "Failed to persist snapshot"),
  signature("join-rejected", "WARN", "Rejecting join: incompatible version"),
  signature("join-failed", "ERROR", "Failed to add learner", "Failed to promote to voter"),

  // 7.5 Consumers and transactions
  signature(
    "members-expired",
    "WARN",
    "Members expired due to session timeout",
    "Members expired due to rebalance timeout",
  ),
  signature("group-save-failed", "WARN", "Failed to save group state"),
  signature("state-save-failed", "WARN", "Failed to save state after timeout check"),
  {
    ...signature("state-files-missing", "WARN", "Failed to save"),
    because: "No such file or directory",
  },
  signature("transaction-timed-out", "WARN", "Transaction timed out"),
  signature("abort-marker-failed", "WARN", "Failed to write abort marker"),
];

/** One entry of the server's in-memory log. */
export interface LogEntry {
  readonly id: number;
  /** By the server's clock, in milliseconds since the epoch. */
  readonly timestamp?: number | undefined;
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
}

/** The signatures that an entry carries; an error text often stands in a field. */
export function signaturesIn(entry: LogEntry): string[] {
  const fields = Object.values(entry.fields ?? {}).filter((value) => typeof value === "string");
  const places = [entry.message, ...fields];
  const has = (text: string): boolean => places.some((place) => place.includes(text));
  return LOG_SIGNATURES.filter(
    ({ texts, because }) => texts.some(has) && (because === undefined || has(because)),
  ).map(({ id }) => id);
}

/** Of an entry only the texts by which it is known: the rest may quote anything. */
export function knownTextsIn(entry: LogEntry): string[] {
  const ids = new Set(signaturesIn(entry));
  return LOG_SIGNATURES.filter(({ id }) => ids.has(id)).flatMap(({ texts, because }) => [
    ...texts.filter((text) => entry.message.includes(text) || inFields(entry, text)),
    ...(because === undefined ? [] : [because]),
  ]);
}

function inFields({ fields = {} }: LogEntry, text: string): boolean {
  return Object.values(fields).some((value) => typeof value === "string" && value.includes(text));
}

function signature(id: string, level: LogSignature["level"], ...texts: string[]): LogSignature {
  return { id, level, texts };
}
