/**
 * A value in words, and what is in it, without running a line of anybody's code: own data properties and the language's own
 * internal slots alone. A getter is said to be one, and not asked.
 *
 * Left out: proxies, whose traps cannot be told from outside.
 */
import { crossing, type Handle } from "../../../std/handle.ts";
import { isGuard, peeked } from "../../../std/value-guard.ts";
import { SAVE } from "../../program/externals.ts";
import { hiddenOf, LookedHandle, namesSaved } from "./inert.ts";

export interface Preview {
  readonly text: string;
  readonly type: string;
  /** Whether there is something in it. */
  readonly opens: boolean;
  /** How many elements it has, where it has them. */
  readonly indexed?: number;
}

export interface Member {
  readonly name: string;
  readonly value: unknown;
  readonly kind: "field" | "element" | "private" | "getter";
}

/** A handle's own words: "held by worker-1". */
export type TellHandle = (kind: string, object: number) => string;

const TEXT_LIMIT = 100;
const SHOWN_MEMBERS = 5;

export function preview(value: unknown, tell: TellHandle, depth = 1): Preview {
  switch (typeof value) {
    case "undefined":
      return plain("undefined", "undefined");
    case "boolean":
      return plain(String(value), "boolean");
    case "number":
      return plain(Object.is(value, -0) ? "-0" : String(value), "number");
    case "bigint":
      return plain(`${value}n`, "bigint");
    case "string":
      return plain(quoted(value), "string");
    case "symbol":
      return plain(String(value), "symbol");
    case "function":
      return ofFunction(value);
    case "object":
      return value === null ? plain("null", "null") : ofObject(value, tell, depth);
  }
}

const plain = (text: string, type: string): Preview => ({ text, type, opens: false });

function quoted(text: string): string {
  const cut = text.length > TEXT_LIMIT ? `${text.slice(0, TEXT_LIMIT)}…` : text;
  return JSON.stringify(cut);
}

function ofFunction(value: Function): Preview {
  const name = dataOf(value, "name");
  const own = typeof name === "string" ? name : "";
  const isClass = Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
  return {
    text: isClass ? `class ${own}` : own === "" ? "function" : `function ${own}`,
    type: "function",
    opens: false,
  };
}

function ofObject(value: object, tell: TellHandle, depth: number): Preview {
  const handle = handleOf(value);
  if (handle !== undefined) {
    const { kind, object } = handle;
    return { text: `${kind} ${tell(kind, object)}`.trim(), type: kind, opens: false };
  }
  if (isGuard(value)) {
    const { kind, lockKind, lock, released } = value[peeked]();
    const text = `${kind} of ${tell(lockKind, lock)}${released ? ", released" : ""}`;
    return { text, type: kind, opens: !released };
  }
  const type = classNameOf(value);
  const slot = ofSlots(value);
  if (slot !== undefined) return { ...slot, type };
  const members = membersOf(value, 0, SHOWN_MEMBERS + 1);
  const indexed = lengthOf(value);
  const head =
    indexed === undefined ? (type === "Object" ? "" : `${type} `) : headOf(type, indexed);
  const opens = members.length > 0;
  if (depth === 0) {
    return {
      text: indexed === undefined ? `${head}{…}` : head.trim(),
      type,
      opens,
      ...sized(indexed),
    };
  }
  const shown = members.slice(0, SHOWN_MEMBERS).map(({ name, value: inner, kind }) => {
    const text = kind === "getter" ? "(…)" : preview(inner, tell, depth - 1).text;
    return kind === "element" && !(value instanceof Map) ? text : `${name}: ${text}`;
  });
  if (members.length > SHOWN_MEMBERS) shown.push("…");
  const [open, close] = Array.isArray(value) || ArrayBuffer.isView(value) ? ["[", "]"] : ["{", "}"];
  return { text: `${head}${open}${shown.join(", ")}${close}`, type, opens, ...sized(indexed) };
}

const sized = (indexed: number | undefined): { readonly indexed?: number } =>
  indexed === undefined ? {} : { indexed };

const headOf = (type: string, count: number): string =>
  type === "Array" ? `(${count}) ` : `${type}(${count}) `;

/** Dates, expressions and errors are shown by what they are. */
function ofSlots(value: object): Preview | undefined {
  if (isDate(value)) {
    const time = Date.prototype.getTime.call(value);
    const text = Number.isNaN(time) ? "Invalid Date" : Date.prototype.toISOString.call(value);
    return { text, type: "", opens: false };
  }
  if (value instanceof RegExp) {
    const source = slot(RegExp.prototype, "source", value);
    const flags = slot(RegExp.prototype, "flags", value);
    return { text: `/${String(source)}/${String(flags)}`, type: "", opens: false };
  }
  if (value instanceof Error) {
    const message = dataOf(value, "message");
    const name = classNameOf(value);
    const told = typeof message === "string" && message !== "" ? `${name}: ${message}` : name;
    return { text: told, type: "", opens: true };
  }
  return undefined;
}

function isDate(value: object): value is Date {
  try {
    Date.prototype.getTime.call(value as Date);
    return true;
  } catch {
    return false; // it has no time within
  }
}

function slot(prototype: object, name: string, of: object): unknown {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get?.call(of);
}

function dataOf(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** What stands under `constructor` along its prototypes, by name. */
export function classNameOf(value: object): string {
  for (
    let at = Object.getPrototypeOf(value) as object | null;
    at !== null;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    const made: unknown = dataOf(at, "constructor");
    if (typeof made !== "function") continue;
    const name = dataOf(made, "name");
    return typeof name === "string" && name !== "" ? name : "Object";
  }
  return "Object";
}

export function handleOf(value: object): { kind: string; object: number } | undefined {
  if (value instanceof LookedHandle) return value;
  if (!(crossing in value)) return undefined;
  const { kind, object } = (value as Handle)[crossing];
  return { kind, object };
}

/** How many elements there are, of what has elements. */
export function lengthOf(value: object): number | undefined {
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map) return slot(Map.prototype, "size", value) as number;
  if (value instanceof Set) return slot(Set.prototype, "size", value) as number;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return slot(Object.getPrototypeOf(Int32Array.prototype) as object, "length", value) as number;
  return undefined;
}

/** Elements first, then fields, then what it hides. `start` and `count` are of the elements. */
export function membersOf(value: object, start = 0, count = Infinity): Member[] {
  const members: Member[] = [];
  const put = (name: string, inner: unknown, kind: Member["kind"]): void => {
    members.push({ name, value: inner, kind });
  };
  const length = lengthOf(value) ?? 0;
  const end = Math.min(length, start + count);
  if (value instanceof Map) {
    let at = 0;
    Map.prototype.forEach.call(value, (inner: unknown, key: unknown) => {
      if (at >= start && at < end) put(preview(key, () => "", 0).text, inner, "element");
      at++;
    });
  } else if (value instanceof Set) {
    let at = 0;
    Set.prototype.forEach.call(value, (inner: unknown) => {
      if (at >= start && at < end) put(String(at), inner, "element");
      at++;
    });
  } else if (length > 0) {
    for (let index = start; index < end; index++) {
      const found = Object.getOwnPropertyDescriptor(value, index);
      if (found !== undefined) put(String(index), found.value, "element");
    }
  }
  if (start > 0) return members;
  for (const key of Reflect.ownKeys(value)) {
    if (members.length > count + length) break;
    if (length > 0 && typeof key === "string" && /^\d+$/.test(key)) continue;
    const found = Object.getOwnPropertyDescriptor(value, key)!;
    if (found.enumerable !== true && !(value instanceof Error)) continue;
    if (found.get !== undefined) put(String(key), undefined, "getter");
    else put(String(key), found.value, "field");
  }
  for (const [name, inner] of hiddenIn(value)) put(name, inner, "private");
  return members;
}

/** `#private` fields, by the method that the compiler gave the class for that. */
function hiddenIn(value: object): readonly (readonly [name: string, value: unknown])[] {
  const known = hiddenOf.get(value);
  if (known !== undefined) return known;
  const prototype = Object.getPrototypeOf(value) as object | null;
  const made: unknown = prototype === null ? undefined : dataOf(prototype, "constructor");
  if (typeof made !== "function" || !Object.hasOwn(made, SAVE)) return [];
  const save = (made as unknown as Record<typeof SAVE, (instance: object) => unknown[]>)[SAVE];
  const names = namesSaved(`.save](o) ${bodyOf(String(save))}`);
  try {
    return save(value).map((inner, index) => [names[index] ?? `#${index}`, inner]);
  } catch {
    return []; // it is still being made, or its prototype was set by hand
  }
}

const bodyOf = (text: string): string => text.slice(text.indexOf("{"));
