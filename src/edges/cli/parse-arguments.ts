/** Node's parseArgs, whose mistakes are said in words, and which takes no option twice. */

import { type ParseArgsConfig, parseArgs } from "node:util";
import { nearestNames } from "../../spelling/nearest-names.ts";

type Parsed<Config extends ParseArgsConfig> = ReturnType<typeof parseArgs<Config>>;

/**
 * As parseArgs reads them; throws an error whose code begins with ERR_PARSE_ARGS_. The last of two
 * values would win unseen, of `--target` for example.
 */
export function parseArguments<const Config extends ParseArgsConfig>(
  config: Config,
): Parsed<Config> {
  try {
    const { tokens } = parseArgs({ ...config, tokens: true });
    const names = (tokens ?? []).flatMap((token) => (token.kind === "option" ? [token.name] : []));
    const twice = names.find(
      (name, index) => names.indexOf(name) !== index && config.options?.[name]?.multiple !== true,
    );
    if (twice !== undefined) throw argumentError("TWICE", `--${twice} is given twice`);
    return parseArgs(config);
  } catch (error) {
    throw inWords(error, Object.keys(config.options ?? {}));
  }
}

/** Whether what was typed is wrong, and not the program. */
export function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && codeOf(error).startsWith("ERR_PARSE_ARGS_");
}

function argumentError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code: `ERR_PARSE_ARGS_${code}` });
}

function codeOf(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? "";
}

/** Node's own sentences speak of programming: "positional arguments". */
function inWords(error: unknown, flags: readonly string[]): unknown {
  if (!isArgumentError(error)) return error;
  const { message } = error;
  const [, option = ""] = /^(?:Unknown option|Option) '(?:-\w, )?(--?[^\s']+)/.exec(message) ?? [];
  switch (codeOf(error)) {
    case "ERR_PARSE_ARGS_UNKNOWN_OPTION": {
      const [near] = option.startsWith("--") ? nearestNames(option, flags) : [];
      const meant = near === undefined ? "" : ` Did you mean --${near}?`;
      return argumentError("UNKNOWN_OPTION", `There is no option ${option} here.${meant}`);
    }
    case "ERR_PARSE_ARGS_INVALID_OPTION_VALUE":
      return argumentError(
        "INVALID_OPTION_VALUE",
        message.includes("does not take") ? `${option} takes no value` : `${option} needs a value`,
      );
    case "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL": {
      const [, word = ""] = /'(.*?)'/s.exec(message) ?? [];
      return argumentError("UNEXPECTED_POSITIONAL", `only options go here: remove "${word}"`);
    }
    default:
      return error;
  }
}
