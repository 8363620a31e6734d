/** What can be looked into: scopes and values by reference, until the run moves. */
import type { Address } from "../../../base/brand.ts";
import { STEPPING_MESSAGES as MESSAGES } from "../../../base/catalogue/stepping.ts";
import { cell } from "../../../objects/cell.ts";
import type { Reference, ScopeRow, Value } from "../../../protocol/step.ts";
import { type Names, parse } from "./evaluate.ts";
import { LookedHandle } from "./inert.ts";
import { type LookedFrame, type Variable, variablesOf } from "./frames.ts";
import { type LookedRun, ObjectView } from "./objects.ts";
import { type AnyGuard, isGuard, peeked } from "../../../std/value-guard.ts";
import { handleOf, type Member, membersOf, preview } from "./preview.ts";
import { refuse } from "./refusal.ts";

/** What a reference stands for. */
type Opened =
  | {
      readonly kind: "variables";
      readonly variables: readonly Variable[];
      readonly frame: LookedFrame | undefined;
    }
  | { readonly kind: "objects"; readonly objects: readonly ObjectView[] }
  | {
      readonly kind: "value";
      readonly value: object;
      readonly expression: string;
      /** Where it was found, if it is the thread's own: then its fields can be set. */
      readonly frame: LookedFrame | undefined;
    };

/** What `set` would change: a variable of a frame, or a field of what an expression gives there. */
export interface Target {
  readonly frame: LookedFrame;
  readonly of: string | undefined;
  readonly name: string;
  /** The whole, as a person would write it. */
  readonly path: string;
}

const NO_REFERENCE = 0 as Reference;
const TITLES = { local: "Local", closure: "Closure", module: "Module" } as const;

export class Values {
  readonly #run: LookedRun;
  readonly #opened: Opened[] = [];

  constructor(run: LookedRun) {
    this.#run = run;
  }

  /** Of a frame, the innermost first; what the program shares, last. `module`: main's own variables, for those that are not in the frame. */
  scopes(
    frame: LookedFrame | undefined,
    module: readonly Variable[],
    objects: readonly ObjectView[],
  ): ScopeRow[] {
    const { program } = this.#run;
    const variables = variablesOf(program, frame?.probe);
    const known = new Set(variables.map(({ name }) => name));
    const all = [...variables, ...module.filter(({ name }) => !known.has(name))];
    const rows = (["local", "closure", "module"] as const).flatMap((kind): ScopeRow[] => {
      const own = all.filter((one) => one.of === kind && !isMissingThis(one));
      const isShown = own.length > 0 || (kind === "local" && frame !== undefined);
      if (!isShown || program.probes === undefined) return [];
      const reference = this.#open({ kind: "variables", variables: own, frame });
      return [{ name: TITLES[kind], kind, reference }];
    });
    const shared = this.#open({ kind: "objects", objects });
    return [...rows, { name: "Shared", kind: "shared", reference: shared }];
  }

  children(of: Reference, start = 0, count = Infinity): Value[] {
    const opened = this.#opened[of - 1];
    if (opened === undefined) return [];
    switch (opened.kind) {
      case "variables":
        return opened.variables.map((one) => this.#variable(one, opened.frame));
      case "objects":
        return opened.objects.map((view) => this.object(view));
      case "value": {
        if (isGuard(opened.value)) return [this.#guarded(opened.value, opened)];
        const handle = handleOf(opened.value);
        if (handle !== undefined) return this.#held(handle.object as Address, opened.expression);
        return membersOf(opened.value, start, count).map((member) =>
          this.#member(member, opened.expression, opened.frame, opened.value),
        );
      }
    }
  }

  /** A value under a name. `frame`: where it was found, if it is the thread's own, so that its fields can be set. */
  value(name: string, value: unknown, expression: string, frame?: LookedFrame): Value {
    const { text, type, opens, indexed } = preview(value, (_kind, object) => this.#tell(object));
    const handle = typeof value === "object" && value !== null ? handleOf(value) : undefined;
    const isOpen = opens || handle !== undefined;
    return {
      name,
      text,
      type,
      reference: isOpen
        ? this.#open({ kind: "value", value: value as object, expression, frame })
        : NO_REFERENCE,
      ...(indexed === undefined ? {} : { indexed }),
      canSet: false,
      expression,
    };
  }

  object(view: ObjectView): Value {
    const { name, text } = view;
    const presentation = ({ mutex: "lock", channel: "channel", thread: "thread" } as const)[
      view.kind.name as "mutex"
    ];
    if (view.kind === cell) {
      const made = this.value(name, view.value, name);
      return { ...made, presentation: "shared" };
    }
    const reference =
      view.held.length > 0
        ? this.#open({
            kind: "value",
            value: new LookedHandle(view.kind.name, view.at),
            expression: name,
            frame: undefined,
          })
        : NO_REFERENCE;
    return {
      name,
      text,
      type: view.kind.name,
      reference,
      canSet: false,
      expression: name,
      ...(presentation === undefined ? { presentation: "shared" } : { presentation }),
    };
  }

  /** Names for an expression in a frame. What is not in the frame is looked for only when it is asked for. */
  names(
    frame: LookedFrame | undefined,
    module: () => readonly Variable[],
    objects: () => readonly ObjectView[],
  ): Names {
    const variables = variablesOf(this.#run.program, frame?.probe);
    return {
      isWithoutVariables: this.#run.program.probes === undefined,
      lookUp: (name) => {
        const isIt = (one: Variable): boolean => one.name === name;
        const found = variables.find(isIt) ?? module().find(isIt);
        if (found !== undefined) return { value: found.read() };
        const object = objects().find((one) => one.name === name);
        if (object === undefined) return undefined;
        return {
          value:
            object.kind === cell ? object.value : new LookedHandle(object.kind.name, object.at),
        };
      },
      memberOf: (object, name) => this.#memberOf(object, name),
    };
  }

  /** What `name` in a scope or value is, for setting it; refused where it cannot be set. */
  target(of: Reference, name: string): Target {
    const opened = this.#opened[of - 1];
    if (opened?.kind === "variables") {
      const found = opened.variables.find((one) => one.name === name);
      if (found === undefined) return refuse(MESSAGES.unknownName, { name });
      if (!found.canSet || opened.frame === undefined) {
        const why = "each function that uses it has a copy of its own, as it is never assigned";
        return refuse(MESSAGES.cannotSet, { name, why });
      }
      return { frame: opened.frame, of: undefined, name, path: name };
    }
    if (opened?.kind !== "value" || opened.frame === undefined) {
      const why = "it is looked at as a copy; what a lock protects is set where its guard is";
      return refuse(MESSAGES.cannotSet, { name, why });
    }
    return {
      frame: opened.frame,
      of: opened.expression,
      name,
      path: memberOf(opened.expression, name),
    };
  }

  /** Changes it. Threads stand still. */
  assign(names: Names, { frame, of, name }: Target, value: unknown): void {
    if (of === undefined) {
      const found = variablesOf(this.#run.program, frame.probe).find((one) => one.name === name);
      if (found === undefined) return refuse(MESSAGES.unknownName, { name });
      found.write(value);
      return;
    }
    const parent = parse(of)(names);
    const found =
      typeof parent === "object" && parent !== null
        ? Object.getOwnPropertyDescriptor(parent, name)
        : undefined;
    if (found === undefined || found.get !== undefined || found.writable === false) {
      return refuse(MESSAGES.cannotSet, { name, why: "it is no field that can be written" });
    }
    Object.defineProperty(parent, name, { ...found, value });
  }

  #variable(variable: Variable, frame: LookedFrame | undefined): Value {
    const { name } = variable;
    const canSet = variable.canSet && frame !== undefined;
    try {
      return { ...this.value(name, variable.read(), name, frame), canSet };
    } catch {
      // Its declaration has not been reached.
      return {
        name,
        text: "not initialised yet",
        type: "",
        reference: NO_REFERENCE,
        canSet: false,
        presentation: "unset",
      };
    }
  }

  #member(
    { name, value, kind }: Member,
    of: string,
    frame: LookedFrame | undefined,
    parent: object,
  ): Value {
    if (kind === "getter") {
      return {
        name,
        text: "(a getter: not asked)",
        type: "",
        reference: NO_REFERENCE,
        canSet: false,
        presentation: "method",
      };
    }
    const isIndex = kind === "element";
    const expression = isIndex ? `${of}[${name}]` : `${of}.${name}`;
    const made = this.value(name, value, expression, frame);
    const canSet =
      frame !== undefined &&
      kind !== "private" &&
      !(parent instanceof Map || parent instanceof Set);
    return { ...made, canSet, ...(kind === "private" ? { presentation: "private" } : {}) };
  }

  #held(object: Address, expression: string): Value[] {
    return new ObjectView(this.#run, object).held.map(([name, value]) =>
      this.value(name, value, `${expression}.${name}`),
    );
  }

  /** What a guard gives: the thread's own once it has looked at it, until then what the lock keeps. */
  #guarded(guard: AnyGuard, { expression, frame }: Extract<Opened, { kind: "value" }>) {
    const { live, isLive } = this.#valueBehind(guard);
    return this.value("value", live, `${expression}.value`, isLive ? frame : undefined);
  }

  #valueBehind(guard: AnyGuard): { readonly live: unknown; readonly isLive: boolean } {
    const seen = guard[peeked]();
    if ("live" in seen) return { live: seen.live, isLive: true };
    return { live: new ObjectView(this.#run, seen.lock).value, isLive: false };
  }

  #memberOf(object: object, name: string): { readonly value: unknown } | undefined {
    if (isGuard(object)) {
      return name === "value" ? { value: this.#valueBehind(object).live } : undefined;
    }
    const handle = handleOf(object);
    if (handle === undefined) return undefined;
    const view = new ObjectView(this.#run, handle.object as Address);
    if (name === "value") return { value: view.value };
    if (name === "length") return { value: view.messages.length };
    const found = view.held.find(([one]) => one === name);
    return found && { value: found[1] };
  }

  #tell(object: number): string {
    const view = new ObjectView(this.#run, object as Address);
    return view.kind === cell ? view.name : `${view.name} (${view.text})`;
  }

  #open(opened: Opened): Reference {
    return this.#opened.push(opened) as Reference;
  }
}

const isMissingThis = (variable: Variable): boolean => {
  if (variable.name !== "this") return false;
  try {
    return variable.read() === undefined;
  } catch {
    return true; // before `super()`
  }
};

/** As a person would write it. */
const memberOf = (of: string, name: string): string => {
  if (/^\d+$/.test(name)) return `${of}[${name}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `${of}.${name}`
    : `${of}[${JSON.stringify(name)}]`;
};
