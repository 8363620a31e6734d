/** Compares what a compiled program prints with what the plain one does, run by TypeScript's own transpilation. */
import assert from "node:assert/strict";
import { compileFunction } from "node:vm";
import ts from "typescript";
import { makeEngine } from "./engine.ts";
import { compiled } from "./fixture.ts";

/** After so many calls of `tick()` a program ends by an error, on both sides at the same one. */
const FUEL = 600;

export async function sameBehaviour(text: string): Promise<void> {
  const expected = await output(text, plain);
  const program = compiled(text);
  const runOn = (cross: boolean) => (_: string, globals: Globals) =>
    makeEngine(program, { cross, console: globals.console, globals: { tick: globals.tick } }).run();
  const show = (): string => `\n${text}\n────\n${program.modules[0].code}`;
  assert.equal(await output(text, runOn(false)), expected, `compiled, it does otherwise:${show()}`);
  assert.equal(
    await output(text, runOn(true)),
    expected,
    `made again, it does otherwise:${show()}`,
  );
}

interface Globals {
  readonly console: { log(...values: unknown[]): void };
  readonly tick: () => void;
}

async function output(
  text: string,
  run: (text: string, globals: Globals) => Promise<void>,
): Promise<string> {
  const lines: string[] = [];
  let fuel = FUEL;
  const globals: Globals = {
    console: { log: (...values) => lines.push(values.map((value) => show(value)).join(" ")) },
    tick() {
      if (--fuel < 0) throw new Error("out of fuel");
    },
  };
  // Compiled functions have another text: programs see their names.
  const original = Object.getOwnPropertyDescriptor(Function.prototype, "toString")!;
  const textOf = original.value as (this: unknown) => string;
  Function.prototype.toString = function () {
    return `${/^class/.test(textOf.call(this)) ? "class" : "function"} ${this.name}`;
  };
  try {
    await run(text, globals);
  } catch (error) {
    lines.push(`thrown: ${show(error)}`);
  } finally {
    Object.defineProperty(Function.prototype, "toString", original);
  }
  return lines.join("\n");
}

async function plain(text: string, { console, tick }: Globals): Promise<void> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const code = outputText.replace(/^export \{\};$/m, "");
  const run = compileFunction(`"use strict"; return (async () => {\n${code}\n}).call();`, [
    "console",
    "tick",
  ]) as (console: Globals["console"], tick: Globals["tick"]) => Promise<void>;
  await run(console, tick);
}

/** Enough of a value to tell two programs apart: names and lengths of functions too, but no identities. */
function show(value: unknown, depth = 3): string {
  if (typeof value === "function") return `[${value.name} ${value.length}]`;
  if (value instanceof ReferenceError) return "ReferenceError";
  if (value instanceof Error) return `${value.name}`;
  if (typeof value !== "object" || value === null)
    return Object.is(value, -0) ? "-0" : String(value);
  if (depth === 0) return "…";
  const entries = Object.keys(value).map(
    (key) => `${key}:${show((value as Record<string, unknown>)[key], depth - 1)}`,
  );
  const name = (value.constructor as { name?: string } | undefined)?.name ?? "";
  return `${name}{${entries.join()}}`;
}
