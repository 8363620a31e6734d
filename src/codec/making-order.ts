/**
 * A function or class can only be made when all that it captures exists. Objects and boxes exist before they are
 * filled, so they may lead back to the function; other functions, and the classes of captured instances, must be made
 * first. This puts them in order, by an explicit stack: compositions of functions are as deep as a program likes.
 */
import { builtinOf } from "./builtin.ts";
import type { Code, Outgoing } from "./externals.ts";
import type { Place } from "./place.ts";
import { Way, within } from "./place.ts";

type Literal = Extract<Outgoing, { kind: "function" | "class" }>;

export interface Making {
  readonly object: object;
  readonly literal: Literal;
  readonly place: Place;
}

interface Asking {
  outgoing(value: object): Outgoing | undefined;
  /** Whether the object is written already. */
  has(object: object): boolean;
}

/** How a captured variable is reached. */
export function capture(place: Place, literal: Literal, index: number): Place {
  const way = place === undefined ? Way.CAPTURE : Way.CAPTURE_WITHIN;
  return within(place, way, literal.names?.[index] ?? index);
}

/** What must be made and is not yet, in order; `last` comes last. Linear in what is captured. */
export function makingOrder(last: Making, asking: Asking): readonly Making[] {
  const isNeedless = (value: unknown): boolean => neededFor(value, undefined, asking) === undefined;
  if (last.literal.environment.every(isNeedless)) return [last];
  const order: Making[] = [];
  const begun = new Set<object>([last.object]);
  const done = new Set<object>();
  const stack = [{ making: last, next: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { object, literal, place } = top.making;
    if (top.next === literal.environment.length) {
      order.push(top.making);
      done.add(object);
      stack.pop();
      continue;
    }
    const index = top.next++;
    const needed = neededFor(literal.environment[index], capture(place, literal, index), asking);
    if (needed === undefined || done.has(needed.object)) continue;
    if (begun.has(needed.object)) throw new TypeError("A literal captures itself by value.");
    begun.add(needed.object);
    stack.push({ making: needed, next: 0 });
  }
  return order;
}

/** The literal that must be made before `value` is mentioned. What is refused is refused when it is written. */
function neededFor(value: unknown, place: Place, asking: Asking): Making | undefined {
  if (typeof value === "function") return literalOf(value, place, asking);
  if (typeof value !== "object" || value === null || asking.has(value)) return undefined;
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) return undefined;
  if (builtinOf(prototype, value) !== undefined) return undefined;
  const outgoing = asking.outgoing(value);
  if (outgoing?.kind !== "instance") return undefined;
  const { of, as } = outgoing;
  const ofClass = within(place, Way.FIELD, "constructor");
  if (as === undefined) return literalOf(of, ofClass, asking);
  return asking.has(of) ? undefined : { object: of, literal: as, place: ofClass };
}

function literalOf(object: Code, place: Place, asking: Asking): Making | undefined {
  if (asking.has(object)) return undefined;
  const literal = asking.outgoing(object);
  if (literal?.kind !== "function" && literal?.kind !== "class") return undefined;
  return { object, literal, place };
}
