/** Members of consumer groups: joining, rebalancing, dying (streamline-facts 7.5). */
import type { GroupCondition, RebalanceCause } from "./conditions.ts";
import { logNormal, recordRequests } from "./requests.ts";
import { type Group, type GroupReading, type Member, type ServerState, writeLog } from "./state.ts";

/** The client's usual session.timeout.ms; the server's checker runs every 5 s. */
const SESSION_TIMEOUT_MS = 45_000;
const REBALANCE_MS = 3_000;
const COORDINATOR = "streamline::consumer::coordinator";

/** Brings a group's membership up to the present moment. */
export function advanceMembership(
  state: ServerState,
  group: Group,
  own: GroupCondition | undefined,
): void {
  const diedAtMs = own?.diedAtMs;
  if (diedAtMs !== undefined) {
    if (state.nowMs - diedAtMs >= SESSION_TIMEOUT_MS) expireAll(state, group);
    return;
  }
  if (group.state === "Empty" && group.shape.members > 0) startRebalance(state, group, "joining");
  if (group.rebalance !== undefined && state.nowMs >= group.rebalance.endsMs) settle(state, group);
  const rebalances = own?.rebalances;
  if (rebalances === undefined || group.state !== "Stable") return;
  if (state.nowMs - group.lastRebalanceMs < rebalances.everyMs) return;
  startRebalance(state, group, rebalances.cause);
}

/** All clients join again, as after a start of the server. */
export function resetMembership(group: Group): void {
  group.state = "Empty";
  group.members = [];
  group.rebalance = undefined;
}

function startRebalance(state: ServerState, group: Group, cause: "joining" | RebalanceCause): void {
  const last = group.members.at(-1);
  if (cause === "expired" && last !== undefined) logExpiry(state, group, [last]);
  if (cause === "left" && last !== undefined) logMember(state, group, "Member left group", last);
  group.state = "PreparingRebalance";
  group.generation += 1;
  group.lastRebalanceMs = state.nowMs;
  const spread = 0.8 + 0.4 * state.random.uniform();
  group.rebalance = { startedMs: state.nowMs, endsMs: state.nowMs + REBALANCE_MS * spread };
  group.members = createMembers(state, group);
  const joining = cause === "joining" ? group.members : group.members.slice(-1);
  for (const member of joining) {
    logMember(state, group, "Member joining, triggering rebalance", member);
  }
}

function logMember(state: ServerState, group: Group, message: string, { id }: Member): void {
  const fields = { group_id: group.shape.id, member_id: id };
  writeLog(state, { level: "INFO", target: COORDINATOR, message, fields });
}

/** The leader's SyncGroup ends the rebalance (src/consumer/coordinator.rs:657-662). */
function settle(state: ServerState, group: Group): void {
  const { startedMs, endsMs } = group.rebalance ?? { startedMs: 0, endsMs: 0 };
  group.rebalance = undefined;
  group.state = "Stable";
  writeLog(state, {
    level: "INFO",
    target: COORDINATOR,
    message: "Group is now stable",
    fields: { group_id: group.shape.id, generation_id: String(group.generation) },
  });
  recordRequests(state, "list_offsets", {
    count: group.members.length,
    seconds: logNormal(0.0004, 0.4),
    requestBytes: 140,
    responseBytes: 180,
  });
  const { recorder } = state;
  const labels = `${group.labels},reason="sync_complete"`;
  recorder.add("streamline_consumer_group_rebalances_total", labels, 1);
  const durationMs = Math.round(endsMs - startedMs);
  const sample = { values: [durationMs], weights: [1], count: 1 };
  recorder.observe(
    "streamline_consumer_group_rebalance_duration_ms",
    group.labels,
    sample,
    state.nowMs,
  );
}

function expireAll(state: ServerState, group: Group): void {
  if (group.members.length === 0) return;
  logExpiry(state, group, group.members);
  resetMembership(group);
}

function logExpiry(state: ServerState, group: Group, expired: readonly Member[]): void {
  writeLog(state, {
    level: "WARN",
    target: COORDINATOR,
    message: "Members expired due to session timeout",
    fields: {
      group_id: group.shape.id,
      expired: `[${expired.map(({ id }) => `"${id}"`).join(", ")}]`,
    },
  });
}

function createMembers(state: ServerState, group: Group): Member[] {
  const count = group.shape.members;
  return Array.from({ length: count }, (_, index) => ({
    id: memberId(state, `${group.shape.id}-${index + 1}`),
    clientId: `${group.shape.id}-${index + 1}`,
    host: `10.0.3.${10 + index}`,
    readings: assignedTo(group.readings, index, count),
    commitPhaseMs: Math.floor(state.random.uniform() * group.shape.commitEveryMs),
  }));
}

/** A member id is the client id and a random UUID (src/consumer/coordinator.rs:532). */
function memberId(state: ServerState, clientId: string): string {
  const hex = Array.from({ length: 4 }, () =>
    Math.floor(state.random.uniform() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0"),
  ).join("");
  const uuid = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
  ];
  return `${clientId}-${uuid.join("-")}-${hex.slice(20)}`;
}

/** Contiguous ranges, as the range assignor gives them. */
function assignedTo(
  readings: readonly GroupReading[],
  index: number,
  members: number,
): GroupReading[] {
  const perMember = readings.length / members;
  return readings.slice(Math.round(index * perMember), Math.round((index + 1) * perMember));
}
