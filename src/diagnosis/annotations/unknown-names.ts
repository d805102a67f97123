/** What Go refuses in a template before it is ever rendered: names of functions and variables that nothing has. */

import { isTemplateFunction } from "./template-functions.ts";
import type { Operand, ParsedTemplate, Pipe, TemplateNode } from "./template-node.ts";

type Names = ReadonlySet<string>;

/** The first unknown name, in a sentence; `variables` are those that are set before. */
export function unknownTemplateName(
  { nodes, defined }: ParsedTemplate,
  variables: readonly string[],
): string | undefined {
  const inDefined = [...defined.values()].map((own) => inNodes(own, new Set(["$"])));
  return [inNodes(nodes, new Set(["$", ...variables])), ...inDefined].find(isFound);
}

function isFound(problem: string | undefined): problem is string {
  return problem !== undefined;
}

/** A variable lives from where it is declared to the end of its list. */
function inNodes(nodes: readonly TemplateNode[], before: Names): string | undefined {
  let names = before;
  for (const node of nodes) {
    if (!("pipe" in node) || node.pipe === undefined) continue;
    // A variable is known from its name on: `$x := len $x` fails only when it is rendered.
    const declared = withDeclared(node.pipe, names);
    const problem = inPipe(node.pipe, declared) ?? inBranch(node, declared);
    if (problem !== undefined) return problem;
    if (node.kind === "action") names = declared;
  }
  return undefined;
}

function inBranch(node: TemplateNode, names: Names): string | undefined {
  if (!("body" in node)) return undefined;
  return inNodes(node.body, names) ?? inNodes(node.otherwise, names);
}

/** `$x = 1` alone is refused only when it is rendered. */
function withDeclared({ variables }: Pipe, names: Names): Names {
  return new Set([...names, ...variables]);
}

function inPipe({ commands }: Pipe, names: Names): string | undefined {
  return commands
    .flat()
    .map((operand) => inOperand(operand, names))
    .find(isFound);
}

function inOperand(operand: Operand, names: Names): string | undefined {
  switch (operand.kind) {
    case "function":
      return isTemplateFunction(operand.name) ? undefined : `there is no function ${operand.name}`;
    case "variable":
      return names.has(operand.name) ? undefined : `there is no variable ${operand.name}`;
    case "pipe":
      return inPipe(operand.pipe, names);
    case "dot":
    case "literal":
      return undefined;
  }
}
