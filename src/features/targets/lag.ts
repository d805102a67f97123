/** `lag GROUP [TARGET]`: how far a consumer group is behind, and when it has caught up. */

import type { Message } from "../../block-kit/message.ts";
import { evidenceOf } from "../../diagnosis/checks/evidence-of-history.ts";
import { API } from "../../diagnosis/health/api-answers.ts";
import { isSegment, readApi } from "../../diagnosis/health/api-reply.ts";
import { groupsByLag, judgeGroupLag } from "../../diagnosis/lag/group-lag.ts";
import type { Reply } from "../../diagnosis/reply.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { History } from "../../history/history.ts";
import { nearestNames } from "../../spelling/nearest-names.ts";
import { askTarget } from "../commands/choose-target.ts";
import { isProse, pageOf, readWords } from "../commands/read-words.ts";
import { asQuestion, type Question, type Subcommand } from "../commands/subcommand.ts";
import { renderUnavailable, renderUnknownName } from "../runbooks/render-absent.ts";
import type { Clock } from "../shared/ports.ts";
import { renderGroupLag, renderGroups } from "./render-lag.ts";
import { withTargetAlone } from "./target-alone.ts";

export interface LagCommand {
  readonly kind: "lag";
  readonly group?: string;
  readonly target?: string;
  readonly page: number;
}

export const LAG: Subcommand<LagCommand | Question> = {
  name: "lag",
  usage: "lag [GROUP] [TARGET]",
  about: "how far a consumer group is behind, and when it has caught up",
  group: "Now",
  right: "ask",
  parse(rest) {
    const words = readWords(rest, ["group", "target", "page"]);
    if (isProse(words, 2)) return asQuestion("lag", rest);
    const names = [...words.names];
    const group = words.options["group"] ?? names.shift();
    const target = words.options["target"] ?? names.shift();
    if (names.length > 0) return asQuestion("lag", rest);
    return {
      kind: "lag",
      page: pageOf(words),
      ...(group === undefined ? {} : { group }),
      ...(target === undefined ? {} : { target }),
    };
  },
};

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

export async function answerLag(ports: LagPorts, typed: LagCommand): Promise<Message> {
  const { name: group, target: name } = withTargetAlone(ports.targets, typed, "group");
  const text = group === undefined ? "lag" : `lag ${group}`;
  return askTarget(ports.targets, { name, command: text }, (target) =>
    lagOf(ports, { group, page: typed.page }, target),
  );
}

const GROUPS = "/api/v1/consumer-groups";

async function lagOf(
  ports: LagPorts,
  { group: typed, page }: { readonly group: string | undefined; readonly page: number },
  target: Target,
): Promise<Message> {
  const groups = readApi(await ports.api.get(target, GROUPS), API.groups);
  if (groups.kind === "unavailable") return unavailable(target, GROUPS, groups.says);
  const evidence = evidenceOf(ports.memory.history(target));
  const nowMs = ports.clock.now();
  if (typed === undefined) {
    return renderGroups(groupsByLag(groups.value, evidence, nowMs), target.name, page);
  }
  const found =
    groups.value.find(({ group_id }) => group_id === typed) ??
    groups.value.find(({ group_id }) => group_id.toLowerCase() === typed.toLowerCase());
  if (found === undefined || !isSegment(found.group_id)) {
    const names = groups.value.map(({ group_id }) => group_id);
    return unknownGroup(target, typed, names);
  }
  const path = `${GROUPS}/${encodeURIComponent(found.group_id)}/lag`;
  const lag = readApi(await ports.api.get(target, path), API.groupLag);
  if (lag.kind === "unavailable") return unavailable(target, path, lag.says);
  const { group_id: group, state, member_count: members } = found;
  const report = judgeGroupLag({ group, state, members, lag: lag.value, evidence, nowMs });
  return renderGroupLag(report, target.name);
}

function unavailable(target: Target, path: string, says: string): Message {
  return renderUnavailable("The consumer groups", {
    name: target.name,
    address: `${target.http}${path}`,
    says,
  });
}

function unknownGroup(target: Target, name: string, names: readonly string[]): Message {
  return renderUnknownName({
    what: "consumer group",
    name,
    where: `on ${target.name}`,
    nearest: nearestNames(name, names.filter(isTypable)),
    command: (near) => `lag group:${near} target:${target.name}`,
    words: `lag ${name}`,
  });
}

/** A name with a space in it would be read as several words. */
export function isTypable(name: string): boolean {
  return !/\s/.test(name);
}
