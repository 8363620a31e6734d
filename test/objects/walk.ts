/** Random walks through an object's states, steered by a list of numbers, so that fast-check can shorten them. */
import fc from "fast-check";
import type { Address } from "../../src/base/brand.ts";
import { type Happening, SmallEngine } from "./small-engine.ts";
import { type Choice, choices, type Subject } from "./subject.ts";

export interface Stage {
  readonly engine: SmallEngine;
  readonly at: Address;
}

export function begin(subject: Subject): Stage {
  const engine = new SmallEngine();
  return { engine, at: subject.create(engine) };
}

/** Steers: each number picks one of the choices that are open. */
export const steering = fc.array(fc.nat({ max: 997 }), { maxLength: 40 });

/** Takes the choices that `picks` point at. `then` is called after each, with what went through by it, in order. */
export function walk(
  subject: Subject,
  { engine, at }: Stage,
  picks: readonly number[],
  then: (happened: readonly Happening[], choice: Choice) => void,
): void {
  for (const pick of picks) {
    const open = choices(subject, engine, at);
    if (open.length === 0) return;
    const before = engine.log.length;
    const choice = open[pick % open.length];
    choice.take(engine);
    const happened = engine.log.slice(before).sort((one, other) => one.version - other.version);
    then(happened, choice);
  }
}
