/**
 * `new`, where constructors or field initialisers may stop. The compiler takes both out of the class: its constructor, as a
 * twin, gets an instance that is allocated but for its fields (`allocate`), or what the parent's twin has made
 * (`superConstruct`, `adopt`), and fills in fields and runs the body.
 *
 * Only a class's own constructor puts its private members on an object. So to allocate is to run it while it knows that it
 * is to do nothing else; for a class that extends another, over the object that the other has made.
 */
import type { ConstructTwin } from "../../../protocol/twins.ts";
import { SUSPENDED } from "../suspension.ts";
import { start, textOf } from "./calls.ts";
import { constructTwinOf, twinOf } from "./stamp.ts";

export function construct(
  callee: unknown,
  args: readonly unknown[],
  newTarget: unknown = callee,
): unknown {
  if (typeof callee !== "function") {
    throw new TypeError(`${textOf(callee)} is not a constructor`);
  }
  const maker: ConstructTwin | undefined = constructTwinOf(callee);
  if (maker !== undefined) return start(maker(newTarget as Function, ...(args as never[])));
  // A function with a twin, called by `new`; methods, arrows and generator functions have no such prototype.
  if (twinOf(callee) !== undefined && isConstructor(callee))
    return start(constructing(callee, args, newTarget as Function));
  return Reflect.construct(callee, args as unknown[], newTarget as Function);
}

const nothing = Object.freeze({ construct: () => ({}) });

/** Whether `new` may be called on it, found out without calling it. */
function isConstructor(callee: Function): boolean {
  if (!Object.hasOwn(callee, "prototype")) return false;
  try {
    new (new Proxy(callee, nothing) as unknown as new () => object)();
    return true;
  } catch {
    return false; // that is how the language tells
  }
}

function* constructing(
  callee: Function,
  args: readonly unknown[],
  newTarget: Function,
): Generator<unknown, unknown, unknown> {
  const { prototype } = newTarget as { prototype: unknown };
  const instance = Object.create(isObject(prototype) ? prototype : Object.prototype) as object;
  let result = start(twinOf(callee)!.apply(instance, args as never[]));
  if (result === SUSPENDED) result = yield 0;
  return isObject(result) ? result : instance;
}

const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

/** The class whose constructor is to do nothing but allocate. */
let bare: Function | undefined;

export function allocating(made: Function): boolean {
  if (bare !== made) return false;
  bare = undefined;
  return true;
}

export function allocate(made: Function, newTarget: Function): object {
  bare = made;
  return Reflect.construct(made, [], newTarget) as object;
}

/** A parent for the time of adopting: gives the instance that there is. */
let adopted: object | undefined;
const Adopting = function () {
  return adopted;
};

export function adopt(made: Function, instance: object): object {
  const parent = Object.getPrototypeOf(made) as Function;
  bare = made;
  adopted = instance;
  Object.setPrototypeOf(made, Adopting);
  try {
    return Reflect.construct(made, []) as object;
  } finally {
    Object.setPrototypeOf(made, parent);
    adopted = undefined;
  }
}

export function superConstruct(
  made: Function,
  newTarget: Function,
  args: readonly unknown[],
): unknown {
  const parent: unknown = Object.getPrototypeOf(made);
  if (typeof parent !== "function" || parent === Function.prototype)
    throw new TypeError("Super constructor is not a constructor");
  return construct(parent, args, newTarget);
}

export function constructed(value: unknown, instance: unknown, derived: boolean): unknown {
  if (isObject(value)) return value;
  if (derived && value !== undefined)
    throw new TypeError("Derived constructors may only return object or undefined");
  if (instance === undefined)
    throw new ReferenceError(
      "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
    );
  return instance;
}

/** As a field is defined. */
export function define(object: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** `super.key` in a constructor of `made`. */
export function superGet(made: Function, key: PropertyKey, self: unknown): unknown {
  const home = Object.getPrototypeOf(made.prototype) as object;
  return Reflect.get(home, key, self);
}
