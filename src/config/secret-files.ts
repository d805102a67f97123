/**
 * Secrets from files: `WEBHOOK_TOKEN_FILE=/run/secrets/webhook` instead of `WEBHOOK_TOKEN=…`.
 *
 * Files are how Docker, Kubernetes and systemd hand secrets over, and unlike a process' environment
 * they can be replaced while the bot runs.
 */

/** A problem with a secret, by the variable that names it; its content is never shown. */
interface SecretProblem {
  readonly path: string;
  readonly message: string;
}

export interface SecretFile {
  readonly text: string;
  /** Who may read it: the permission bits. */
  readonly mode: number;
}

/** Throws an error with a code when there is no such file, or it cannot be read. */
export type ReadSecretFile = (path: string) => SecretFile;

type Env = Readonly<Record<string, string | undefined>>;

export interface ResolvedEnv {
  readonly env: Env;
  readonly problems: readonly SecretProblem[];
  /** What should be set right although the bot can start. */
  readonly warnings: readonly SecretProblem[];
}

const FILE_VARIABLE =
  /^((?:SLACK|WEBHOOK|ALERTMANAGER|PROMETHEUS|METRICS|MCP|SCHEDULE)_\w+|DATABASE_URL)_FILE$/;

const WRITABLE_BY_ALL = 0o002;
const READABLE_BY_ALL = 0o004;

/** The environment with every `…_FILE` of a secret read. Problems name the path, never the content. */
export function resolveSecretFiles(env: Env, read: ReadSecretFile): ResolvedEnv {
  const resolved: Record<string, string | undefined> = { ...env };
  const problems: SecretProblem[] = [];
  const warnings: SecretProblem[] = [];
  for (const [variable, path] of Object.entries(env)) {
    const name = FILE_VARIABLE.exec(variable)?.[1];
    if (name === undefined || path === undefined || path.trim() === "") continue;
    if ((env[name] ?? "").trim() !== "") {
      problems.push({ path: variable, message: `is set together with ${name}: choose one` });
      continue;
    }
    const file = readOrReason(path.trim(), read);
    if (typeof file === "string") {
      problems.push({ path: variable, message: file });
      continue;
    }
    resolved[name] = file.text.trim();
    const chmod = `try: chmod 600 ${path.trim()}`;
    if ((file.mode & WRITABLE_BY_ALL) !== 0) {
      problems.push({
        path: variable,
        message: `${path.trim()} can be written by everybody; ${chmod}`,
      });
    } else if ((file.mode & READABLE_BY_ALL) !== 0) {
      warnings.push({
        path: variable,
        message: `${path.trim()} can be read by everybody; ${chmod}`,
      });
    }
  }
  return { env: resolved, problems, warnings };
}

function readOrReason(path: string, read: ReadSecretFile): SecretFile | string {
  try {
    const file = read(path);
    return file.text.trim() === "" ? `${path} is empty` : file;
  } catch (error) {
    const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return `${path} does not exist`;
    if (code === "EACCES") return `${path} may not be read by the bot's user`;
    return `${path} cannot be read${typeof code === "string" ? ` (${code})` : ""}`;
  }
}
