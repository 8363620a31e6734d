/** Looking at threads that stand still: stacks, scopes, values. Nothing here changes the run but `set`. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import { MAIN_THREAD, type ThreadId } from "../base/brand.ts";
import { DEBUG_MESSAGES as MESSAGES } from "../base/catalogue/debug.ts";
import type { AssignmentTarget, Frame, Reference, ScopeRow, Value } from "../protocol/step.ts";
import type { Place } from "../trace/finding.ts";
import { type FrameOf, Frames } from "./frames.ts";
import { beginning } from "./functions.ts";
import { refused } from "./refusal.ts";
import { type Counting, sourceOf } from "./sources.ts";
import type { SteppedProgram } from "./stepped-program.ts";
import { sessionThread } from "./threads.ts";
import { counts, hint, variable } from "./values.ts";

export class Inspection {
  readonly #session: SteppedProgram;
  readonly #counting: Counting;
  readonly #frames = new Frames();

  constructor(session: SteppedProgram, counting: Counting) {
    this.#session = session;
    this.#counting = counting;
  }

  /** The run has moved: frames and values of before are good no more. */
  forget(): void {
    this.#frames.forget();
  }

  frame(frameId: number): FrameOf {
    return this.#frames.of(frameId);
  }

  async stackTrace({
    threadId,
    startFrame = 0,
    levels = 0,
  }: DebugProtocol.StackTraceArguments): Promise<DebugProtocol.StackTraceResponse["body"]> {
    const thread = sessionThread(threadId);
    const frames = (await this.#session.ask({ kind: "frames", thread })) as readonly Frame[];
    const isReal = frames.length > 0;
    const all = isReal ? frames : this.#outside(thread);
    const end = levels > 0 ? startFrame + levels : all.length;
    const stackFrames = all.slice(startFrame, end).map(({ name, place, isAsync }, offset) => {
      const id = this.#frames.number({ thread, frame: startFrame + offset });
      const hint = isAsync === "label" ? "label" : place === undefined ? "subtle" : "normal";
      return {
        id,
        name,
        ...this.#where(place),
        canRestart: isReal && isAsync === undefined,
        presentationHint: hint,
      } as const;
    });
    return { stackFrames, totalFrames: all.length };
  }

  async scopes({
    frameId,
  }: DebugProtocol.ScopesArguments): Promise<DebugProtocol.ScopesResponse["body"]> {
    const rows = await this.#scopes(this.#frames.of(frameId));
    return {
      scopes: rows.map(({ name, kind, reference, place }) => ({
        ...{ name, variablesReference: reference, expensive: false },
        ...(kind === "local" ? { presentationHint: "locals" } : {}),
        ...(place === undefined
          ? {}
          : { source: sourceOf(place.file), line: this.#counting.line(place.line) }),
      })),
    };
  }

  async variables({
    variablesReference,
    filter,
    start,
    count,
  }: DebugProtocol.VariablesArguments): Promise<DebugProtocol.VariablesResponse["body"]> {
    const wanted = await this.#filtered(variablesReference, filter, start, count);
    return { variables: wanted.map(variable) };
  }

  async evaluate({
    expression,
    frameId,
  }: DebugProtocol.EvaluateArguments): Promise<DebugProtocol.EvaluateResponse["body"]> {
    const value = await this.#evaluate(expression, frameId);
    return {
      result: value.text,
      type: value.type,
      ...shapeOf(value),
      presentationHint: hint(value),
    };
  }

  async setVariable({
    variablesReference,
    name,
    value,
  }: DebugProtocol.SetVariableArguments): Promise<DebugProtocol.SetVariableResponse["body"]> {
    const set = await this.#set(variablesReference as Reference, name, value);
    return { value: set.text, type: set.type, ...shapeOf(set) };
  }

  async setExpression({
    expression,
    value,
    frameId,
  }: DebugProtocol.SetExpressionArguments): Promise<DebugProtocol.SetExpressionResponse["body"]> {
    const { of, name } = await this.#target(expression, frameId);
    const set = await this.#set(of, name, value);
    return { value: set.text, type: set.type, ...shapeOf(set) };
  }

  /** Of a `@shared` variable: the name that events have for it. Undefined for everything else. */
  async sharedName(container: number, name: string): Promise<string | undefined> {
    const values = await this.#children(container);
    const value = values.find((one) => one.name === name);
    return value?.presentation === "shared" ? (value.expression ?? value.name) : undefined;
  }

  /** The names in sight in a frame, the innermost first. */
  async namesIn(frameId: number): Promise<string[]> {
    const rows = await this.#scopes(this.#frames.of(frameId));
    const scopes = await Promise.all(rows.map(({ reference }) => this.#children(reference)));
    return scopes.flat().map(({ name }) => name);
  }

  /** The names of a value's members; none where the expression cannot be evaluated. */
  async membersOf(expression: string, frameId: number): Promise<string[]> {
    try {
      const { reference } = await this.#evaluate(expression, frameId);
      if (reference === 0) return [];
      const members = await this.#children(reference);
      return members.map(({ name }) => name).filter((name) => !/^\d/.test(name));
    } catch {
      return []; // while one types, most of what stands there is no expression yet
    }
  }

  /** A thread without code of the person's on its stack stands somewhere, too: before its first line, or after its last. */
  #outside(thread: ThreadId): Frame[] {
    const { state, plan } = this.#session;
    const found = state.threads.find(({ id }) => id === thread);
    if (found === undefined) return [];
    const { next, last, place } = found;
    if (found.state === "ended") return [{ name: "ended", place: place ?? last?.place }];
    const start =
      thread === MAIN_THREAD && last === undefined ? beginning(plan.compiled) : undefined;
    return [{ name: `about to ${next?.text ?? "go on"}`, place: place ?? next?.place ?? start }];
  }

  #where(place: Place | undefined): Pick<DebugProtocol.StackFrame, "source" | "line" | "column"> {
    if (place === undefined) return { line: 0, column: 0 };
    const { file, line, column } = place;
    return {
      source: sourceOf(file),
      line: this.#counting.line(line),
      column: this.#counting.column(column),
    };
  }

  /** A session answers elements first, of which alone `start` and `count` speak, and then everything else. */
  async #filtered(
    of: number,
    filter: DebugProtocol.VariablesArguments["filter"],
    start: number | undefined,
    count: number | undefined,
  ): Promise<readonly Value[]> {
    if (filter === "named") return this.#children(of, 0, 0);
    const values = await this.#children(of, start, count === 0 ? undefined : count);
    if (filter === undefined || (start ?? 0) > 0) return values;
    const named = await this.#children(of, 0, 0);
    return values.slice(0, values.length - named.length);
  }

  async #target(
    expression: string,
    frameId: number | undefined,
  ): Promise<{ of: Reference; name: string }> {
    const asked = await this.#session.ask({ kind: "assignment", expression });
    const target = asked as AssignmentTarget | undefined;
    if (target?.kind === "name") {
      const of = await this.#scopeOf(target.name, frameId);
      if (of !== undefined) return { of, name: target.name };
    } else if (target !== undefined) {
      const { reference } = await this.#evaluate(target.of, frameId);
      const name =
        target.kind === "member"
          ? target.member
          : unquoted((await this.#evaluate(target.expression, frameId)).text);
      if (reference > 0) return { of: reference, name };
    }
    throw refused(MESSAGES.notAssignable, { expression });
  }

  /** The innermost scope that has the name. */
  async #scopeOf(name: string, frameId: number | undefined): Promise<Reference | undefined> {
    if (frameId === undefined) return undefined;
    for (const { reference } of await this.#scopes(this.#frames.of(frameId))) {
      const values = await this.#children(reference);
      if (values.some((value) => value.name === name)) return reference;
    }
    return undefined;
  }

  async #scopes({ thread, frame }: FrameOf): Promise<readonly ScopeRow[]> {
    return (await this.#session.ask({ kind: "scopes", thread, frame })) as readonly ScopeRow[];
  }

  async #children(of: number, start?: number, count?: number): Promise<readonly Value[]> {
    return (await this.#session.ask({
      ...{ kind: "children", of: of as Reference },
      ...(start === undefined ? {} : { start }),
      ...(count === undefined ? {} : { count }),
    })) as readonly Value[];
  }

  async #evaluate(expression: string, frameId: number | undefined): Promise<Value> {
    const where = frameId === undefined ? {} : this.#frames.of(frameId);
    return (await this.#session.ask({ kind: "evaluate", expression, ...where })) as Value;
  }

  async #set(of: Reference, name: string, expression: string): Promise<Value> {
    return (await this.#session.ask({ kind: "set", of, name, expression })) as Value;
  }
}

function shapeOf(value: Value) {
  return { variablesReference: value.reference, ...counts(value) };
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, "$2");
}
