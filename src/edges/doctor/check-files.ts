/** What the configuration names on the disk: certificates, folders, rule files, the store's place. */

import { X509Certificate } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  statfsSync,
  statSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import type { Config, ConfigProblem } from "../../config/config.ts";
import type { KafkaTls, Target } from "../../diagnosis/target.ts";
import { sharedAddresses } from "../../features/doctor/judge-targets.ts";
import { fine, note, type SetupCheck, wrong } from "../../features/doctor/setup-check.ts";
import { isPageFile } from "../../knowledge/page-files.ts";
import { DAY_MS } from "../../promql/duration.ts";

/** No network is used. `warnings` are those of the secrets' files. */
export function checkFiles(config: Config, warnings: readonly ConfigProblem[]): SetupCheck[] {
  return [
    ...warnings.map(({ path, message }) =>
      note({ area: "Files", where: path }, message, remedyOfWarning(message)),
    ),
    ...sharedAddresses(config.targets),
    ...config.targets.flatMap(certificateChecks),
    ...config.knowledge.flatMap((folder) => {
      const found = pathCheck("knowledge", folder, "folder");
      return found.state === "wrong" ? [found] : [found, ...withoutPages(folder)];
    }),
    ...config.rules.map((file) => pathCheck("rules", file, "file")),
    ...storeChecks(config),
  ];
}

function remedyOfWarning(message: string): string {
  if (message.includes("did you mean"))
    return "Set the variable that you meant, and remove this one";
  return message.includes("shorter than") ? "Use a longer one" : "Let only its owner read it";
}

/** A folder beside the one that was meant is found as well as that one. */
function withoutPages(folder: string): SetupCheck[] {
  try {
    if (readdirSync(folder, { recursive: true }).some((file) => isPageFile(String(file))))
      return [];
  } catch {
    // What cannot be read is named where the pages are.
    return [];
  }
  return [
    note(
      { area: "Files", where: folder },
      "has no Markdown page (.md, .markdown, .mdx)",
      "Set knowledge to the folder with your runbooks, or remove this one",
    ),
  ];
}

function pathCheck(key: string, path: string, kind: "folder" | "file"): SetupCheck {
  const place = { area: "Files", where: `${key} ${path}` } as const;
  const problem = pathProblem(path, kind);
  return problem === undefined
    ? fine(place, `the ${kind} is there`)
    : wrong(place, problem, `Make ${resolve(path)} readable for the bot, or change ${key}`);
}

function pathProblem(path: string, kind: "folder" | "file"): string | undefined {
  try {
    const isFolder = statSync(path).isDirectory();
    if (isFolder !== (kind === "folder")) return `is not a ${kind}`;
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "does not exist";
  if (code === "EACCES") return "cannot be read by this user";
  return `cannot be read (${code ?? String(error)})`;
}

function certificateChecks({ name, kafkaTls }: Target): SetupCheck[] {
  if (kafkaTls === undefined) return [];
  const parts = ["ca", "cert", "key"] as const;
  return parts.flatMap((part) => {
    const file = kafkaTls[part];
    return file === undefined ? [] : [pemCheck(`targets ${name} kafkaTls.${part}`, file, part)];
  });
}

const SOON_MS = 14 * DAY_MS;

function pemCheck(where: string, file: string, part: keyof KafkaTls): SetupCheck {
  const place = { area: "Files", where: `${where} ${file}` } as const;
  const missing = pathProblem(file, "file");
  if (missing !== undefined) {
    return wrong(place, missing, `Put the PEM file there, or change ${where}`);
  }
  const pem = readFileSync(file, "utf8");
  if (part === "key") return keyCheck(place, file, pem);
  try {
    const endMs = Date.parse(new X509Certificate(pem).validTo);
    const leftMs = endMs - Date.now();
    const day = new Date(endMs).toISOString().slice(0, 10);
    if (leftMs < 0) return wrong(place, `expired on ${day}`, "Renew the certificate");
    return leftMs < SOON_MS
      ? note(place, `expires on ${day}`, "Renew the certificate")
      : fine(place, `is a certificate, valid until ${day}`);
  } catch {
    return wrong(
      place,
      "contains no PEM certificate",
      "Use a file with -----BEGIN CERTIFICATE-----",
    );
  }
}

function keyCheck(place: { area: "Files"; where: string }, file: string, pem: string): SetupCheck {
  if (!pem.includes("PRIVATE KEY-----")) {
    return wrong(
      place,
      "contains no PEM private key",
      "Use a file with -----BEGIN PRIVATE KEY-----",
    );
  }
  const isOpen = (statSync(file).mode & 0o077) !== 0;
  return isOpen
    ? note(place, "other users can read this key", `chmod 600 ${file}`)
    : fine(place, "is a key that only its owner can read");
}

/** Below this an hour of a storm may not fit any more. */
const LITTLE_SPACE_BYTES = 256 * 1024 ** 2;

function storeChecks({ store }: Config): SetupCheck[] {
  if (store.engine === "postgres") return [];
  const path = resolve(store.path);
  const place = { area: "Store", where: store.path } as const;
  const folder = nearestFolder(dirname(path));
  if (existsSync(path) && statSync(path).isDirectory()) {
    const remedy = `Set store to a file in it: store: ${path}/bot.db`;
    return [wrong(place, "is a folder, but the store is one file", remedy)];
  }
  try {
    accessSync(existsSync(path) ? path : folder, constants.W_OK);
  } catch (error) {
    const what = existsSync(path) ? path : folder;
    if ((error as NodeJS.ErrnoException).code === "EROFS") {
      return [
        wrong(
          place,
          `${what} is on a file system that is mounted read-only`,
          "Mount a writable volume there, or set store to another file",
        ),
      ];
    }
    return [
      wrong(
        place,
        `${what} cannot be written by this user`,
        `Give it to the bot's user (chown), or set store to another file`,
      ),
    ];
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const megabytes = Math.floor(free / 1024 ** 2);
  return [
    free < LITTLE_SPACE_BYTES
      ? wrong(
          place,
          `only ${megabytes} MiB are free there`,
          "Free some space, or set store to a file on another disk",
        )
      : fine(place, `can be written, ${megabytes} MiB are free`),
  ];
}

/** The folder, or what of its path is there: the bot makes the rest. */
function nearestFolder(folder: string): string {
  return existsSync(folder) ? folder : nearestFolder(dirname(folder));
}
