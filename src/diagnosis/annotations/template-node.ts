/** A template, read: what stands between its actions, and these. */

import type { TemplateValue } from "./template-value.ts";

export type TemplateNode =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "action"; readonly pipe: Pipe }
  | Branch<"if">
  | Branch<"with">
  | Branch<"range">
  | { readonly kind: "template"; readonly name: string; readonly pipe?: Pipe }
  | { readonly kind: "break" }
  | { readonly kind: "continue" };

interface Branch<Kind> {
  readonly kind: Kind;
  readonly pipe: Pipe;
  readonly body: readonly TemplateNode[];
  readonly otherwise: readonly TemplateNode[];
}

/** `$x := a b | c`; a range may declare two variables. */
export interface Pipe {
  readonly variables: readonly string[];
  readonly declares: boolean;
  /** Each command's operands: the first may be a function. */
  readonly commands: readonly (readonly Operand[])[];
}

export type Operand =
  | { readonly kind: "literal"; readonly value: TemplateValue }
  | { readonly kind: "function"; readonly name: string }
  | { readonly kind: "dot"; readonly fields: readonly string[] }
  | { readonly kind: "variable"; readonly name: string; readonly fields: readonly string[] }
  | { readonly kind: "pipe"; readonly pipe: Pipe; readonly fields: readonly string[] };

export interface ParsedTemplate {
  readonly nodes: readonly TemplateNode[];
  /** What it defines by name. */
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>;
}
