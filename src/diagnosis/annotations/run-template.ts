/** A template's tree and its data -> text. */

import { functionNamed } from "./template-functions.ts";
import type { Operand, ParsedTemplate, Pipe, TemplateNode } from "./template-node.ts";
import {
  goKindOf,
  isList,
  isMap,
  isTrue,
  printed,
  sortedKeys,
  TemplateData,
  TemplateError,
  type TemplateValue,
} from "./template-value.ts";

/** Steps and characters of one template: somebody's loop is not worth more. */
const MOST_STEPS = 20_000;
const MOST_TEXT = 20_000;
const DEEPEST = 50;

interface TemplateRun {
  readonly template: ParsedTemplate;
  /** The template's own data, `$`. */
  steps: number;
  text: string;
  depth: number;
}

/** Variables by name, the innermost last. */
type VariableScope = Map<string, { value: TemplateValue }>[];

interface TemplatePlace {
  readonly dot: TemplateValue;
  readonly scope: VariableScope;
}

/** Throws a TemplateError that says what is wrong; `variables` have names with their `$`. */
export function runTemplate(
  template: ParsedTemplate,
  data: TemplateValue,
  variables: Readonly<Record<string, TemplateValue>>,
): string {
  const run: TemplateRun = { template, steps: 0, text: "", depth: 0 };
  const names = Object.entries({ $: data, ...variables });
  const scope: VariableScope = [new Map(names.map(([name, value]) => [name, { value }]))];
  runNodes(run, template.nodes, { dot: data, scope });
  return run.text;
}

type LoopOutcome = "done" | "break" | "continue";

function runNodes(
  run: TemplateRun,
  nodes: readonly TemplateNode[],
  at: TemplatePlace,
): LoopOutcome {
  for (const node of nodes) {
    const outcome = runNode(run, node, at);
    if (outcome !== "done") return outcome;
  }
  return "done";
}

function runNode(run: TemplateRun, node: TemplateNode, at: TemplatePlace): LoopOutcome {
  step(run);
  switch (node.kind) {
    case "text":
      write(run, node.text);
      return "done";
    case "action": {
      const value = runPipe(run, node.pipe, at);
      if (node.pipe.variables.length === 0)
        write(run, value === null ? "<no value>" : printed(value));
      return "done";
    }
    case "if":
    case "with": {
      const inner = inside(at);
      const value = runPipe(run, node.pipe, inner);
      const dot = node.kind === "with" && isTrue(value) ? value : at.dot;
      const body = isTrue(value) ? node.body : node.otherwise;
      return runNodes(run, body, { dot, scope: inner.scope });
    }
    case "range":
      return runRange(run, node, at);
    case "template":
      runNamed(run, node, at);
      return "done";
    case "break":
    case "continue":
      return node.kind;
  }
}

function runRange(
  run: TemplateRun,
  node: TemplateNode & { kind: "range" },
  at: TemplatePlace,
): LoopOutcome {
  const items = itemsOf(runPipe(run, { ...node.pipe, variables: [] }, at));
  if (items.length === 0) return runNodes(run, node.otherwise, inside(at));
  const [first, second] = node.pipe.variables;
  for (const [key, value] of items) {
    const { scope } = inside(at);
    const named =
      second === undefined
        ? [[first, value]]
        : [
            [first, key],
            [second, value],
          ];
    for (const [name, each] of named as [string | undefined, TemplateValue][]) {
      if (name !== undefined) scope.at(-1)?.set(name, { value: each });
    }
    if (runNodes(run, node.body, { dot: value, scope }) === "break") break;
  }
  return "done";
}

function itemsOf(value: TemplateValue): (readonly [TemplateValue, TemplateValue])[] {
  if (value === null) return [];
  if (typeof value === "bigint" && value <= MOST_STEPS) {
    return Array.from(
      { length: Math.max(0, Number(value)) },
      (_, at) => [BigInt(at), BigInt(at)] as const,
    );
  }
  if (isList(value)) return value.map((item, at) => [BigInt(at), item] as const);
  if (isMap(value) && !(value instanceof TemplateData))
    return sortedKeys(value).map((key) => [key, value.get(key) ?? null] as const);
  throw new TemplateError(`range cannot go over ${goKindOf(value)}`);
}

function runNamed(
  run: TemplateRun,
  node: TemplateNode & { kind: "template" },
  at: TemplatePlace,
): void {
  const nodes = run.template.defined.get(node.name);
  if (nodes === undefined) throw new TemplateError(`there is no template "${node.name}"`);
  const dot = node.pipe === undefined ? null : runPipe(run, node.pipe, at);
  run.depth += 1;
  if (run.depth > DEEPEST) throw new TemplateError("its templates call each other without end");
  runNodes(run, nodes, { dot, scope: [new Map([["$", { value: dot }]])] });
  run.depth -= 1;
}

function runPipe(
  run: TemplateRun,
  { variables, declares, commands }: Pipe,
  at: TemplatePlace,
): TemplateValue {
  let piped: TemplateValue | undefined;
  for (const command of commands) piped = runCommand(run, command, { at, piped });
  const value = piped ?? null;
  const [name] = variables;
  if (name === undefined) return value;
  if (declares) at.scope.at(-1)?.set(name, { value });
  else variableNamed(name, at.scope).value = value;
  return value;
}

function runCommand(
  run: TemplateRun,
  [first, ...args]: readonly Operand[],
  { at, piped }: { at: TemplatePlace; piped: TemplateValue | undefined },
): TemplateValue {
  step(run);
  if (first === undefined) return null;
  if (first.kind === "literal" && first.value === null) {
    throw new TemplateError("nil is not a command");
  }
  const given = [
    ...args.map((arg) => operandValue(run, arg, at)),
    ...(piped === undefined ? [] : [piped]),
  ];
  if (first.kind === "function") return functionNamed(first.name)(given);
  if (given.length > 0) throw new TemplateError("only a function takes values");
  return operandValue(run, first, at);
}

function operandValue(run: TemplateRun, operand: Operand, at: TemplatePlace): TemplateValue {
  switch (operand.kind) {
    case "literal":
      return operand.value;
    case "function":
      return functionNamed(operand.name)([]);
    case "dot":
      return fieldsOf(at.dot, operand.fields);
    case "variable":
      return fieldsOf(variableNamed(operand.name, at.scope).value, operand.fields);
    case "pipe":
      return fieldsOf(runPipe(run, operand.pipe, at), operand.fields);
  }
}

/** A label that is not there is an empty text. */
function fieldsOf(value: TemplateValue, fields: readonly string[]): TemplateValue {
  return fields.reduce((from, field) => {
    if (!isMap(from) || (from instanceof TemplateData && !from.has(field))) {
      throw new TemplateError(`${goKindOf(from)} has no .${field}`);
    }
    return from.get(field) ?? "";
  }, value);
}

function variableNamed(name: string, scope: VariableScope): { value: TemplateValue } {
  const found = scope.findLast((names) => names.has(name))?.get(name);
  if (found === undefined) throw new TemplateError(`there is no variable ${name}`);
  return found;
}

function inside({ dot, scope }: TemplatePlace): TemplatePlace {
  return { dot, scope: [...scope, new Map()] };
}

function step(run: TemplateRun): void {
  run.steps += 1;
  if (run.steps > MOST_STEPS) throw new TemplateError("it has too many steps");
}

function write(run: TemplateRun, text: string): void {
  run.text += text;
  if (run.text.length > MOST_TEXT) throw new TemplateError("its text is too long");
}
