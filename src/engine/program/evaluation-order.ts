/** Which of the person's files are evaluated with one, and in which order (ECMA-262, InnerModuleEvaluation). */
import type { CompiledModule } from "../../protocol/program.ts";

type ById = (id: string) => CompiledModule;

/** `from`, after what it imports statically: post-order, depth first, a file already begun is not begun again. */
export function inEvaluationOrder(from: CompiledModule, byId: ById): CompiledModule[] {
  const begun = new Set<CompiledModule>();
  const order: CompiledModule[] = [];
  const visit = (module: CompiledModule): void => {
    if (begun.has(module)) return;
    begun.add(module);
    for (const id of module.requests) visit(byId(id));
    order.push(module);
  };
  visit(from);
  return order;
}

/** `from` and all that its code may lead to, imported in either way. */
export function withinReach(from: CompiledModule, byId: ById): CompiledModule[] {
  const reached = new Set([from]);
  for (const module of reached)
    for (const id of [...module.requests, ...module.imports]) reached.add(byId(id));
  return [...reached];
}
