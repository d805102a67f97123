/** `lag GROUP [TARGET]`: how far a consumer group is behind, and when it has caught up. */

import { evidenceOf } from "../../diagnosis/checks/evidence-of-history.ts";
import { API } from "../../diagnosis/health/api-answers.ts";
import { isSegment, readApi } from "../../diagnosis/health/api-reply.ts";
import { groupsByLag, judgeGroupLag } from "../../diagnosis/lag/group-lag.ts";
import type { Reply } from "../../diagnosis/reply.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { History } from "../../history/history.ts";
import { nearestTypable } from "../../spelling/nearest-names.ts";
import { askedTarget, type CommandRow } from "../commands/command-row.ts";
import { asName, type KnownNames, type SpokenForm, spoken } from "../commands/plain-words.ts";
import type { Clock } from "../shared/ports.ts";
import { type LagAnswer, renderLag } from "./render-lag.ts";

export interface LagOptions {
  /** Without it, all groups are listed. */
  readonly group?: string;
  readonly page: number;
}

/** GET of a path of the HTTP API; what the target does is in the reply. */
interface ApiSource {
  get(target: Target, path: string): Promise<Reply>;
}

export interface LagPorts {
  readonly targets: readonly Target[];
  readonly api: ApiSource;
  readonly memory: { history(target: Target): History };
  readonly clock: Pick<Clock, "now">;
}

/** Concludes a group's lag, the list of groups, or why there is neither. */
export function lagCommand(ports: LagPorts): CommandRow<LagOptions, LagAnswer> {
  return {
    name: "lag",
    usage: "lag [GROUP] [TARGET]",
    about: "how far a consumer group is behind, and when it has caught up",
    group: "Now",
    right: "ask",
    target: "one",
    reads: { kind: "names", names: ["group", "target"] },
    options: ["group", "page"],
    parse: ({ values: { group, page = 1 } }) => ({
      kind: "options",
      options: { page, ...(group === undefined ? {} : { group }) },
    }),
    spoken: LAG_FORMS,
    run: (options, asking) => lagOf(ports, options, askedTarget(asking)),
    render: renderLag,
  };
}

const GROUPS = "/api/v1/consumer-groups";

async function lagOf(
  ports: LagPorts,
  { group: typed, page }: LagOptions,
  target: Target,
): Promise<LagAnswer> {
  const groups = readApi(await ports.api.get(target, GROUPS), API.groups);
  if (groups.kind === "unavailable") return unavailable(target, GROUPS, groups.says);
  const evidence = evidenceOf(ports.memory.history(target));
  const nowMs = ports.clock.now();
  if (typed === undefined) {
    const list = groupsByLag(groups.value, evidence, nowMs);
    return { kind: "groups", target: target.name, groups: list, page };
  }
  const found =
    groups.value.find(({ group_id }) => group_id === typed) ??
    groups.value.find(({ group_id }) => group_id.toLowerCase() === typed.toLowerCase());
  if (found === undefined || !isSegment(found.group_id)) {
    const names = groups.value.map(({ group_id }) => group_id);
    const nearest = nearestTypable(typed, names);
    return { kind: "no-such-group", target: target.name, group: typed, nearest };
  }
  const path = `${GROUPS}/${encodeURIComponent(found.group_id)}/lag`;
  const lag = readApi(await ports.api.get(target, path), API.groupLag);
  if (lag.kind === "unavailable") return unavailable(target, path, lag.says);
  const { group_id: group, state, member_count: members } = found;
  const report = judgeGroupLag({ group, state, members, lag: lag.value, evidence, nowMs });
  return { kind: "group", target: target.name, report };
}

function unavailable(target: Target, path: string, says: string): LagAnswer {
  const address = `${target.http}${path}`;
  return {
    kind: "unavailable",
    unavailable: { what: "The consumer groups", name: target.name, address, says },
  };
}

const GROUP = "(?:the )?(?:group |consumer group )?(?<name>[^\\s{}]+)(?: group| consumer group)?";

const LAG_FORMS: readonly SpokenForm[] = [
  spoken(`how far (?:behind )?(?:is|are) ${GROUP}(?: behind)?`, lagOfNamed),
  spoken(`how (?:much )?(?:lag|behind) (?:does|is|has) ${GROUP}(?: have| got)?`, lagOfNamed),
  spoken(`(?:what is |show me |show )?(?:the )?(?:consumer )?lag (?:of|for) ${GROUP}`, lagOfNamed),
  spoken(`(?:is|are) ${GROUP} (?:catching up|falling behind|lagging)`, lagOfNamed),
  spoken(
    `(?:when|how long until) (?:does |will |do )?${GROUP} (?:catch up|catches up|be caught up)`,
    lagOfNamed,
  ),
  spoken(
    "(?:which|what) (?:consumer )?groups? (?:is|are|have) (?:the most )?(?:behind|lagging|lag)|who is behind|what is lagging",
    () => "lag",
  ),
  spoken(
    "(?:list|show)(?: me)?(?: all)?(?: the)? consumer groups|(?:which|what) consumer groups (?:do we have|are there)",
    () => "lag",
  ),
];

/** "the follower" is no group of consumers. */
function lagOfNamed(
  { name }: Readonly<Record<string, string>>,
  known: KnownNames,
): string | undefined {
  const own = asName(name);
  if (own === undefined) return undefined;
  if (known.isGroup(own)) return `lag ${own}`;
  return NO_GROUPS.has(own.toLowerCase()) ? undefined : `lag ${own}`;
}

const NO_GROUPS = new Set(
  "replica replicas follower followers leader broker brokers replication raft consumer consumers group groups partition partitions server cluster producer producers clock".split(
    " ",
  ),
);
