/** Reads and writes of properties whose accessors may stop. */
/* eslint-disable @typescript-eslint/unbound-method -- functions are taken as values, and called with the `this` they need */
import { call0, call1 } from "./calls.ts";
import { twinOf } from "./stamp.ts";

type Accessed = Record<PropertyKey, unknown>;

function descriptorOf(object: unknown, key: PropertyKey): PropertyDescriptor | undefined {
  for (let at: unknown = Object(object); at !== null; at = Object.getPrototypeOf(at) as unknown) {
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function get(object: unknown, key: PropertyKey): unknown {
  if (object !== null && object !== undefined) {
    const getter = descriptorOf(object, key)?.get;
    if (getter !== undefined && twinOf(getter) !== undefined) return call0(getter, object);
  }
  return (object as Accessed)[key];
}

export function set(object: unknown, key: PropertyKey, value: unknown): unknown {
  if (object !== null && object !== undefined) {
    const setter = descriptorOf(object, key)?.set;
    if (setter !== undefined && twinOf(setter) !== undefined) return call1(setter, object, value);
  }
  return ((object as Accessed)[key] = value);
}
