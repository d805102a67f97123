/** An answer as one line of JSON; docs/commands.md has its schema. */

export interface AnswerEnvelope {
  /** Raised when a field changes its meaning or goes. */
  readonly schema: 1;
  /** The command that answered, which for plain words need not be the one that was typed. */
  readonly command: string;
  readonly outcome: "answered" | "asked-back" | "refused" | "failed";
  readonly exitCode: number;
  /** The conclusion of the command's row; only with "answered". */
  readonly answer?: unknown;
  /** The same in words, as the terminal shows it without colours. */
  readonly text: string;
}

/** JSON leaves these as they are; some terminals take them for commands. */
const CONTROLS = /[\u007F-\u009F]/g;

/** Numbers that JSON lacks are written as Prometheus writes them; maps are objects, sets lists. */
export function answerJson(envelope: AnswerEnvelope): string {
  return JSON.stringify(envelope, (_, value: unknown) => {
    if (value instanceof Map) return Object.fromEntries(value);
    if (value instanceof Set) return [...value];
    return typeof value === "number" ? numberJson(value) : value;
  }).replace(CONTROLS, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function numberJson(value: number): number | string {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "+Inf" : "-Inf";
}
