/** Compares what a compiled program prints with what the plain one does, run by TypeScript's own transpilation. */
import assert from "node:assert/strict";
import { compileFunction } from "node:vm";
import ts from "typescript";
import { drive, pinned, SUSPENDED } from "../../src/engine/model/suspension.ts";
import { $t } from "../../src/engine/model/twins/runtime.ts";
import type { CompiledProgram } from "../../src/protocol/program.ts";
import type { Twin } from "../../src/protocol/twins.ts";
import { makeEngine, nestCalls } from "./engine.ts";
import { compiled } from "./fixture.ts";

/** After so many calls of `tick()` a program ends by an error, on both sides at the same one. */
const FUEL = 600;

export async function sameBehaviour(text: string): Promise<void> {
  const expected = await output(text, plain);
  const native = compiled(text);
  const model = compiled(text, "model");
  const debug = compiled(text, "debug");
  const check = async (how: string, program: CompiledProgram, run: Run): Promise<void> => {
    const show = (): string => `\n${text}\n────\n${program.modules[0].code}`;
    assert.equal(await output(text, run), expected, `${how}, it does otherwise:${show()}`);
  };
  const runOn =
    (program: CompiledProgram, cross: boolean): Run =>
    (_, globals) =>
      makeEngine(program, {
        cross,
        console: globals.console,
        globals: { tick: globals.tick },
      }).run();
  await check("compiled", native, runOn(native, false));
  await check("made again", native, runOn(native, true));
  for (const [how, stops] of Object.entries(STOPPING)) {
    const run =
      (program: CompiledProgram, cross: boolean): Run =>
      async (_, globals) => {
        const suspend = stops();
        const log = stopping((...values) => globals.console.log(...values), suspend);
        const tick = stopping(globals.tick, suspend);
        // Statements of the debug form are places to stop at as well.
        drive({
          edge: () => undefined,
          turns: () => undefined,
          pause: () => (suspend() ? SUSPENDED : undefined),
        });
        try {
          await makeEngine(program, { cross, console: { log }, globals: { tick } }).run();
        } finally {
          drive(undefined);
          nestCalls(Infinity);
        }
      };
    await check(`modelled, ${how}`, model, run(model, false));
    await check(`modelled and made again, ${how}`, model, run(model, true));
    // What differs in the debug form is stopping at statements: one way of being made will do.
    if (how !== "never stopping") await check(`in the debug form, ${how}`, debug, run(debug, true));
  }
}

type Run = (text: string, globals: Globals) => Promise<void>;

/** When a call stops, and is resumed at once: asked at each `tick` and each line. */
const STOPPING: Readonly<Record<string, () => () => boolean>> = {
  "never stopping": () => () => false,
  "every call set aside": () => {
    nestCalls(0);
    return () => true;
  },
  "stopping now and then": () => {
    let seed = 1;
    const next = (): number => (seed = (seed * 48271) % 0x7fff_ffff);
    return () => {
      nestCalls(next() % 5);
      return next() % 3 === 0;
    };
  },
};

/** A function that may stop before it does what it does. */
function stopping<A extends unknown[]>(
  act: (...args: A) => void,
  stops: () => boolean,
): (...args: A) => void {
  return $t.link((...args: A) => act(...args), function* (...args: A) {
    if (stops() && pinned.depth === 0) yield 0;
    act(...args);
  } as unknown as Twin);
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
