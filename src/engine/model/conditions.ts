/** `@final` and `@invariant`: expressions of the program's annotations, evaluated by the engine outside of every thread. */
import { MODEL_MESSAGES } from "../../base/catalogue/model.ts";
import { tell } from "../../base/catalogue/message.ts";
import type { CompiledProgram, Condition } from "../../protocol/program.ts";
import { EventKind } from "../../trace/event.ts";
import type { Finding } from "../../trace/finding.ts";
import { finalFinding, type Thrown, thrownOf } from "../ended-badly.ts";
import type { Modules } from "../program/modules.ts";

/** Events after which the shared state that a condition reads is another one. */
const WRITES: ReadonlySet<EventKind> = new Set([
  EventKind.write,
  EventKind.store,
  EventKind.update,
  EventKind.unlock,
  EventKind.send,
  EventKind.receive,
  EventKind.insert,
  EventKind.replace,
  EventKind.remove,
  EventKind.countAdd,
]);

export function mayBreakInvariant(event: EventKind): boolean {
  return WRITES.has(event);
}

export interface ConditionsParts {
  readonly program: CompiledProgram;
  /** Main's: its closures are the conditions. */
  readonly modules: () => Modules;
  /** Runs `look` as if main ran, with members that only annotations have. */
  readonly evaluating: <T>(look: () => T) => T;
  readonly show: (value: unknown) => string;
}

type Looked = { readonly holds: boolean } | { readonly thrown: Thrown };

export class Conditions {
  readonly #parts: ConditionsParts;

  constructor(parts: ConditionsParts) {
    this.#parts = parts;
  }

  /** Findings for the `@final` conditions that do not hold. */
  finals(time: number): Finding[] {
    return this.#parts.program.finals.flatMap((condition) => {
      const looked = this.#look(condition);
      if ("holds" in looked && looked.holds) return [];
      return [finalFinding(condition, "thrown" in looked ? looked.thrown : undefined, time)];
    });
  }

  /** The first `@invariant` that does not hold any more after a step of `thread` at `place`. */
  invariant(thread: string, place: string, time: number): Finding | undefined {
    for (const condition of this.#parts.program.invariants) {
      const looked = this.#look(condition);
      if ("holds" in looked && looked.holds) continue;
      const { text } = condition;
      const told =
        "holds" in looked
          ? tell(MODEL_MESSAGES.invariantFailed, { condition: text, thread, place })
          : tell(MODEL_MESSAGES.invariantThrew, { condition: text, reason: looked.thrown.message });
      return {
        kind: "assertion",
        severity: "error",
        sites: [condition.place],
        time,
        ...told,
      };
    }
    return undefined;
  }

  /** Before `main` has set them up they cannot be looked at, and hold. */
  #look({ module, index }: Condition): Looked {
    const { modules, evaluating, show } = this.#parts;
    const evaluate = modules().byId(module).conditions[index];
    if (evaluate === undefined) return { holds: true };
    try {
      return { holds: Boolean(evaluating(evaluate)) };
    } catch (error) {
      // A variable that is not initialised yet: the program has not come to what the condition speaks of.
      if (error instanceof ReferenceError) return { holds: true };
      return { thrown: thrownOf(error, show) };
    }
  }
}
