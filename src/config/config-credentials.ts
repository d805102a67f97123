/** Tokens, users and passwords out of the environment. Problems never show a value. */

import type { ConfigProblem, ConfigSource, Credentials } from "./config.ts";

/** Empty variables count as unset, as Compose and Kubernetes leave them. */
export interface EnvVariables {
  optional(name: string): string | undefined;
  /** Reports it when it is unset, or does not start as such a value does. */
  required(name: string, purpose: string, prefix?: string): string;
  complain(path: string, message: string): void;
}

/** What the environment holds; what is wrong with it is added to the problems. */
export function variablesOf(env: ConfigSource["env"], problems: ConfigProblem[]): EnvVariables {
  const complain = (path: string, message: string): void => {
    problems.push({ path, message });
  };
  const optional = (name: string): string | undefined => env[name]?.trim() || undefined;
  return {
    complain,
    optional,
    required(name, purpose, prefix = "") {
      const value = optional(name);
      if (value === undefined) complain(name, `is not set: ${purpose}`);
      else if (!value.startsWith(prefix)) {
        complain(name, `does not start with ${prefix}: ${purpose}`);
      }
      return value ?? "";
    },
  };
}

/** The variables of one pair or token. */
export type VariableNames = Readonly<Record<"token" | "user" | "password", string>>;

/** WEBHOOK_TOKEN and so on; a suffix names the source. */
export function variableNames(prefix: string, suffix = ""): VariableNames {
  return {
    token: `${prefix}_TOKEN${suffix}`,
    user: `${prefix}_USER${suffix}`,
    password: `${prefix}_PASSWORD${suffix}`,
  };
}

/** Undefined after a complaint. */
export function credentialsOf(
  variables: EnvVariables,
  names: VariableNames,
): Credentials | "none" | undefined {
  const [token, user, password] = [names.token, names.user, names.password].map((name) =>
    variables.optional(name),
  );
  if (token !== undefined) {
    if (user !== undefined || password !== undefined) {
      const message = `is set together with ${names.user} or ${names.password}: choose one way`;
      variables.complain(names.token, message);
    }
    return bearer(variables, token, names);
  }
  if (user === undefined && password === undefined) return "none";
  return basic(variables, { user, password }, names);
}

function bearer(variables: EnvVariables, token: string, names: VariableNames): Credentials {
  // Of a webhook it may be several, which are checked one by one.
  if (!names.token.startsWith("WEBHOOK_")) headerToken(variables, names.token);
  return { kind: "bearer", token };
}

const PLAIN_TOKEN = /^[\x21-\x7e]+$/;
const NOT_PLAIN = "must be ASCII without spaces, as a header's value";

/** A bearer token travels in a header as it is (RFC 6750, 2.1), so it must be plain characters. */
export function headerToken(variables: EnvVariables, name: string): string | undefined {
  const token = variables.optional(name);
  if (token !== undefined && !PLAIN_TOKEN.test(token)) variables.complain(name, NOT_PLAIN);
  return token;
}

interface Pair {
  readonly user: string | undefined;
  readonly password: string | undefined;
}

function basic(
  variables: EnvVariables,
  { user, password }: Pair,
  names: VariableNames,
): Credentials | undefined {
  if (user === undefined) {
    variables.complain(names.user, `is not set, although ${names.password} is`);
  } else if (user.includes(":")) {
    // RFC 7617, 2: the first colon ends the user's name.
    variables.complain(names.user, "must not contain a colon");
  }
  if (password === undefined) {
    variables.complain(names.password, `is not set, although ${names.user} is`);
  }
  return user === undefined || password === undefined
    ? undefined
    : { kind: "basic", user, password };
}

/** The shortest webhook secret accepted: 16 characters, so that it cannot be guessed over HTTP. */
const SHORTEST_SECRET = 16;

function checkLength(variables: EnvVariables, name: string, secret: string): void {
  if (secret.length >= SHORTEST_SECRET) return;
  const message = `is shorter than ${SHORTEST_SECRET} characters; try: openssl rand -hex 24`;
  variables.complain(name, message);
}

/** What a sender may carry; undefined for nothing, or after a complaint. */
export function acceptedCredentials(
  variables: EnvVariables,
  auth: Credentials | "none" | undefined,
  names: VariableNames,
): readonly Credentials[] | undefined {
  if (auth === "none" || auth === undefined) return undefined;
  if (auth.kind === "bearer") return acceptedTokens(variables, names.token);
  checkLength(variables, names.password, auth.password);
  return [auth];
}

/** More than the old one and the new one for a while is no rotation. */
const MOST_TOKENS = 10;

/** One token, or several apart by commas or line ends while one takes the place of another. */
export function acceptedTokens(variables: EnvVariables, name: string): Credentials[] {
  const tokens = (variables.optional(name) ?? "").split(/[\s,]+/).filter((token) => token !== "");
  if (tokens.length > MOST_TOKENS)
    variables.complain(name, `holds more than ${MOST_TOKENS} tokens`);
  const shortest = tokens.toSorted((a, b) => a.length - b.length)[0];
  if (shortest !== undefined) checkLength(variables, name, shortest);
  if (tokens.some((token) => !PLAIN_TOKEN.test(token))) variables.complain(name, NOT_PLAIN);
  return tokens.map((token) => ({ kind: "bearer", token }));
}
