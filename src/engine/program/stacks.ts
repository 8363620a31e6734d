/**
 * Error stacks in the person's own lines: frames of compiled modules are looked up in their source maps, frames of ours are
 * left out. Installed as V8's `Error.prepareStackTrace`; maps are decoded when the first error needs them.
 */
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { CompiledProgram } from "../../protocol/program.ts";
import { type AsyncCaller, writtenCallers } from "../../std/tasks/written-callers.ts";
import type { Place } from "../../trace/finding.ts";
import { siteAsPlace } from "./names.ts";

export interface StackMaps {
  /** Where a place of a module's compiled text lies in the person's file; undefined for text of ours. */
  original(module: string, line: number, column: number): Place | undefined;
}

/** Lines and columns count from 1, as V8's do. */
export function stackMaps(program: CompiledProgram): StackMaps {
  const texts = new Map(program.modules.map((module) => [module.id, module.map]));
  const maps = new Map<string, TraceMap>();
  return {
    original(module, line, column) {
      const json = texts.get(module);
      if (json === undefined) return undefined;
      let map = maps.get(module);
      if (map === undefined) maps.set(module, (map = new TraceMap(json)));
      const found = originalPositionFor(map, { line, column: column - 1 });
      if (found.line === null) return undefined;
      return { file: module, line: found.line, column: found.column + 1 };
    },
  };
}

/** What V8 calls the function that holds a module's top-level code, which has no name for a person. */
const TOP_LEVEL = /^\$_*m\.main$/;

/**
 * `bundle`: the URL that our own code runs from, whose frames are hidden. Absent: all but the program's own are, as in a
 * browser's worker, where nobody else has code. Elsewhere than in V8 stacks stay as they are.
 */
export function installStacks(program: CompiledProgram, bundle?: string): void {
  const maps = stackMaps(program);
  const modules = new Set(program.modules.map((module) => module.id));
  Error.prepareStackTrace = (error, sites) => {
    const lines = sites.flatMap((site) => {
      // Text that was evaluated has no file, but says where it came from.
      const file = site.getFileName() ?? site.getScriptNameOrSourceURL();
      if (bundle === undefined && !modules.has(file ?? "")) return [];
      if (file === null || file === undefined) return resumes(site) ? [] : [frame(site)];
      if (file === bundle || file.startsWith("node:internal/")) return [];
      if (!modules.has(file)) return [frame(site)];
      const place = maps.original(file, site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0);
      if (place === undefined) return [];
      const where = `${place.file}:${place.line}:${place.column}`;
      const name = site.getFunctionName() ?? "";
      return [
        name === "" || TOP_LEVEL.test(name) ? `    at ${where}` : `    at ${name} (${where})`,
      ];
    });
    lines.push(...writtenCallers.flatMap((caller) => callerLine(program, caller)));
    const head = headOf(error);
    return lines.length === 0 ? head : `${head}\n${lines.join("\n")}`;
  };
}

/** An async function that waits, as V8 writes it. */
function callerLine(program: CompiledProgram, { name, site }: AsyncCaller): readonly string[] {
  const place = siteAsPlace(program, site);
  if (place === undefined) return [];
  const where = `${place.file}:${place.line}:${place.column}`;
  return [name === "" ? `    at async ${where}` : `    at async ${name} (${where})`];
}

/** The language's own function by which a task, or a thread of the model, is taken up again. */
const resumes = (site: NodeJS.CallSite): boolean =>
  site.getFunctionName() === "next" || site.getFunctionName() === "throw";

/** A frame as V8 writes it. */
function frame(site: NodeJS.CallSite): string {
  const name = site.getFunctionName() ?? site.getTypeName() ?? "";
  const where = `${site.getFileName() ?? "native"}:${site.getLineNumber()}:${site.getColumnNumber()}`;
  return name === "" ? `    at ${where}` : `    at ${name} (${where})`;
}

function headOf(error: Error): string {
  try {
    return `${error.name}: ${error.message}`;
  } catch {
    // A name or message that throws is the program's own doing; V8 says the same of it.
    return "<error>";
  }
}

/** The topmost place of a mapped stack. */
export function placeOfStack(stack: string, modules: readonly string[]): Place | undefined {
  for (const line of stack.split("\n")) {
    const place = placeOfLine(line, modules);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The frames of a mapped stack that are in the program's own files, the innermost first. No name: the text has none. */
export function framesOfStack(
  stack: string,
  modules: readonly string[],
): { readonly name: string | undefined; readonly place: Place }[] {
  return stack.split("\n").flatMap((line) => {
    const place = placeOfLine(line, modules);
    return place === undefined ? [] : [{ name: /^ +at (.+) \(/.exec(line)?.[1], place }];
  });
}

function placeOfLine(line: string, modules: readonly string[]): Place | undefined {
  const match = /(?:\(| at )([^()]*):(\d+):(\d+)\)?$/.exec(line);
  if (match === null) return undefined;
  const [, file, row, column] = match;
  const known = modules.find((id) => file.endsWith(id));
  return known === undefined
    ? undefined
    : { file: known, line: Number(row), column: Number(column) };
}
