/** Which target a person means: asks back when there are several and none was named. */

import type { Message } from "../../block-kit/message.ts";
import { chooseTarget, type Target } from "../../diagnosis/target.ts";
import { renderUnknownTarget, renderWhichTarget } from "./render-answers.ts";

export interface AskedTarget {
  /** As a person named it; undefined when they did not. */
  readonly name: string | undefined;
  /** The command again, without a target: the buttons that ask for one put it at the end. */
  readonly command: string;
}

export async function askTarget(
  targets: readonly Target[],
  { name, command }: AskedTarget,
  ask: (target: Target) => Promise<Message>,
): Promise<Message> {
  const choice = chooseTarget(targets, name);
  switch (choice.kind) {
    case "target":
      return ask(choice.target);
    case "unknown":
      return renderUnknownTarget(choice.name, choice.known);
    case "ambiguous":
      return renderWhichTarget(command, choice.known);
    case "none":
      throw new Error("no target is configured, which the configuration's check refuses");
  }
}
