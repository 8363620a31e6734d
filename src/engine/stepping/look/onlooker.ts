/** Who looks at a run that stands still: frames, scopes, values, expressions. Everything is looked up anew once the run has moved. */
import type { ThreadId } from "../../../base/brand.ts";
import type { CompiledProgram } from "../../../protocol/program.ts";
import type { Reference, ScopeRow, Value } from "../../../protocol/step.ts";
import { Standing } from "../../model/thread.ts";
import type { Passing } from "../stepper.ts";
import { told } from "./deeds.ts";
import { type Evaluation, type Names, parse } from "./evaluate.ts";
import { callerFrames, framesOf, type LookedFrame, type Variable, variablesOf } from "./frames.ts";
import type { ObjectView } from "./objects.ts";
import { type Target, Values } from "./values.ts";
import type { RunLook } from "./view.ts";

const MAIN = 0 as ThreadId;

export class Onlooker {
  readonly #program: CompiledProgram;
  readonly #look: RunLook;
  #values: Values | undefined;

  constructor(program: CompiledProgram, look: RunLook) {
    this.#program = program;
    this.#look = look;
  }

  /** The run has moved: what was looked up means nothing any more. */
  forget(): void {
    this.#values = undefined;
  }

  /** The innermost first; none of a thread that has ended or not begun. */
  frames(thread: ThreadId): LookedFrame[] {
    const found = this.#look.threads[thread];
    if (found === undefined || found.standing === Standing.ENDED) return [];
    const frames = framesOf(this.#program, found);
    if (frames.length === 0) return frames;
    return [...frames, ...callerFrames(this.#program, this.#look.callersOf(thread))];
  }

  frame(thread: ThreadId, index = 0): LookedFrame | undefined {
    return this.frames(thread)[index];
  }

  /** Whose frame it is. */
  threadOf(frame: LookedFrame): ThreadId {
    const found = this.#look.threads.find(({ stack }) => stack.probes.includes(frame.probe));
    return found?.id ?? MAIN;
  }

  scopes(thread: ThreadId, frame: number): ScopeRow[] {
    return this.#now.scopes(this.frame(thread, frame), this.#module, this.named);
  }

  children(of: Reference, start?: number, count?: number): Value[] {
    return this.#now.children(of, start, count);
  }

  evaluate(expression: string, thread?: ThreadId, frame = 0): Value {
    const found = thread === undefined ? undefined : this.frame(thread, frame);
    const value = parse(expression)(this.names(found));
    return this.#now.value(expression, value, expression, found);
  }

  target(of: Reference, name: string): Target {
    return this.#now.target(of, name);
  }

  assign(target: Target, evaluation: Evaluation): void {
    const names = this.names(target.frame);
    this.#now.assign(names, target, evaluation(names));
  }

  names(frame: LookedFrame | undefined): Names {
    return this.#now.names(
      frame,
      () => this.#module,
      () => this.named,
    );
  }

  /** Objects that the program's text has a name for. */
  get named(): ObjectView[] {
    return this.#look.objects().filter(({ isNamed }) => isNamed);
  }

  // ---- at breakpoints, while a thread's code is on its way

  passedFrame({ point, probe, depth }: Passing): LookedFrame {
    const row = this.#program.points?.[point];
    if (row === null || row === undefined) return { name: "", place: undefined, probe, depth };
    const { file, line, column } = row;
    return { name: row.function ?? "", place: { file, line, column }, probe, depth };
  }

  /** A condition that cannot be told holds: better to stop once too often. */
  holds(condition: Evaluation, frame: LookedFrame): boolean {
    this.forget();
    try {
      return Boolean(condition(this.names(frame)));
    } catch {
      return true; // the debugger shows why when the person evaluates it
    }
  }

  /** What a logpoint says. */
  said(log: readonly (string | Evaluation)[], frame: LookedFrame): string {
    this.forget();
    const parts = log.map((part) => {
      if (typeof part === "string") return part;
      try {
        const value = part(this.names(frame));
        return typeof value === "string" ? value : told(this.#look.looked, value);
      } catch (error) {
        return `{${error instanceof Error ? error.message : String(error)}}`;
      }
    });
    return parts.join("");
  }

  get #now(): Values {
    return (this.#values ??= new Values(this.#look.looked));
  }

  /** Main's own variables, as far as it is still there. */
  get #module(): readonly Variable[] {
    const probe = this.frames(MAIN).findLast((frame) => frame.probe !== undefined)?.probe;
    return variablesOf(this.#program, probe).filter(({ of }) => of === "module");
  }
}
