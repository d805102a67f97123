/** A template's tree and its data -> text. */

import { functionNamed } from "./template-functions.ts";
import type { Operand, ParsedTemplate, Pipe, TemplateNode } from "./template-node.ts";
import { timeMethod } from "./template-time.ts";
import {
  goKindOf,
  isList,
  isMap,
  isTrue,
  printed,
  sortedKeys,
  TemplateData,
  TemplateError,
  TemplateTime,
  type TemplateValue,
} from "./template-value.ts";

/** Steps and characters of one template: somebody's loop is not worth more. */
const MOST_STEPS = 20_000;
const MOST_TEXT = 20_000;
const DEEPEST = 50;
const ONLY_FUNCTIONS = "only a function takes values";
const MOST_INT = 2n ** 63n - 1n;

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
  const all = inside(at);
  const items = itemsOf(runPipe(run, node.pipe, all), node.pipe.variables.length);
  if (items.length === 0) return runNodes(run, node.otherwise, all);
  for (const [key, value] of items) {
    const { scope } = inside(all);
    const [first, second] = node.pipe.variables;
    const named = second === undefined ? [value] : [key, value];
    for (const [index, name] of [first, second].entries()) {
      if (name !== undefined) setVariable(scope, node.pipe, name, named[index] ?? null);
    }
    if (runNodes(run, node.body, { dot: value, scope }) === "break") break;
  }
  return "done";
}

function itemsOf(
  value: TemplateValue,
  variables: number,
): (readonly [TemplateValue, TemplateValue])[] {
  if (value === null) return [];
  if (typeof value === "bigint" && value <= MOST_STEPS && variables < 2) {
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

function runPipe(run: TemplateRun, pipe: Pipe, at: TemplatePlace): TemplateValue {
  let piped: TemplateValue | undefined;
  for (const command of pipe.commands) piped = runCommand(run, command, { at, piped });
  const value = piped ?? null;
  for (const name of pipe.variables) setVariable(at.scope, pipe, name, value);
  return value;
}

function setVariable(
  scope: VariableScope,
  { declares }: Pipe,
  name: string,
  value: TemplateValue,
): void {
  if (declares) scope.at(-1)?.set(name, { value });
  else variableNamed(name, scope).value = value;
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
  const values = args.map((arg) => () => operandValue(run, arg, at));
  if (piped !== undefined) values.push(() => piped);
  if (first.kind === "function") return called(first.name, values);
  const given = values.map((value) => value());
  return operandValue(run, first, at, given);
}

/** `and` and `or` do not ask for the values behind the one that decides. */
function called(name: string, values: readonly (() => TemplateValue)[]): TemplateValue {
  const isOr = name === "or";
  if ((!isOr && name !== "and") || values.length === 0) {
    return functionNamed(name)(values.map((value) => value()));
  }
  let last: TemplateValue = null;
  for (const value of values) {
    last = value();
    if (isTrue(last) === isOr) break;
  }
  return last;
}

/** What is given goes to the method that the last field names. */
function operandValue(
  run: TemplateRun,
  operand: Operand,
  at: TemplatePlace,
  given: readonly TemplateValue[] = [],
): TemplateValue {
  switch (operand.kind) {
    case "literal":
      if (given.length > 0) throw new TemplateError(ONLY_FUNCTIONS);
      if (typeof operand.value === "bigint" && operand.value > MOST_INT) {
        throw new TemplateError(`${operand.value} is too large`);
      }
      return operand.value;
    case "function":
      return functionNamed(operand.name)([]);
    case "dot":
      return fieldsOf(at.dot, operand.fields, given);
    case "variable":
      return fieldsOf(variableNamed(operand.name, at.scope).value, operand.fields, given);
    case "pipe":
      return fieldsOf(runPipe(run, operand.pipe, at), operand.fields, given);
  }
}

/** A label that is not there is an empty text, and what no value has is no value. */
function fieldsOf(
  value: TemplateValue,
  fields: readonly string[],
  given: readonly TemplateValue[],
): TemplateValue {
  if (fields.length === 0 && given.length > 0) throw new TemplateError(ONLY_FUNCTIONS);
  return fields.reduce((from, field, at) => {
    const own = at === fields.length - 1 ? given : [];
    if (from instanceof TemplateTime) return timeMethod(from, field, own);
    if (own.length > 0) throw new TemplateError(ONLY_FUNCTIONS);
    if (from === null) return null;
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
