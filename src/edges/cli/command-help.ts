/** Help for one command: what it does, the options it takes, lines to try. */

import { completedCommands } from "./command-options.ts";
import { describedCommands, OPTION_TEXTS, PROGRAM } from "./terminal-help.ts";

/** Undefined for what is no command. */
export function commandHelp(name: string): string | undefined {
  const found = describedCommands().find((each) => each.name === name);
  if (found === undefined) return undefined;
  const { usage, about, examples } = found;
  const title = examples.length === 1 ? "Example:" : "Examples:";
  return `${[
    `${PROGRAM} ${usage}`,
    `  ${about}`,
    "",
    "Options:",
    ...optionLines(name),
    "",
    ...(examples.length === 0
      ? []
      : [title, ...examples.map((each) => `  ${PROGRAM} ${each}`), ""]),
    `All commands, and what the exit codes mean: ${PROGRAM} help`,
  ].join("\n")}\n`;
}

/** As the option is written -> what it does. */
const SPELLED: ReadonlyMap<string, readonly [written: string, about: string]> = new Map(
  [
    ...OPTION_TEXTS,
    ["--topic NAME", "causes that concern this topic"] as const,
    ["--group NAME", "the consumer group that is meant"] as const,
    ["--last 6h", "so far back"] as const,
    ["--replay ID", "an earlier answer again, by its id"] as const,
    ["--pattern NAME*", "topics of such names"] as const,
    ["--state STATE", "firing, silenced or acknowledged"] as const,
    ["--alert NAME", "the alert that is meant"] as const,
    ["--incident ID", "the incident, or an alert of it"] as const,
    ["--explain", "why these sections were found, and their scores"] as const,
    ["--offline", "checks only what is on the disk; uses no network"] as const,
    [
      "--send-test-alert",
      "sends a test alert through Alertmanager and waits for it in Slack",
    ] as const,
    ["--wait 90s", "how long to wait for the test alert"] as const,
    ["--out FILE", "the file to write; it must not exist"] as const,
    ["--for 1h", "for how long"] as const,
    ["--recordings DIR", "a folder of recordings with its labels.json"] as const,
    ["--variant NAME", "as they would be on another server, or all"] as const,
    ["--most 50", "largest size of the file, in megabytes"] as const,
  ].map(([written, about]) => [/^--([a-z-]+)/.exec(written)?.[1] ?? "", [written, about]]),
);

function optionLines(name: string): readonly string[] {
  const flags = Object.keys(completedCommands().get(name)?.options ?? {});
  return flags.map((flag) => {
    const [written, about] = SPELLED.get(flag) ?? [`--${flag}`, ""];
    return `  ${written.padEnd(20)} ${about}`.trimEnd();
  });
}
