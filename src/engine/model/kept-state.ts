/**
 * What a graph of objects held at some moment, to tell later whether somebody has written to it since, and where. Objects keep
 * their identity, so only what each of them held is kept: what is new can be reached through something that changed.
 *
 * `#private` fields of the program's classes are asked of the pair of methods by which they cross (`compiler/steps/classes.ts`).
 *
 * Left out: what handles and functions stand for: these are one object for all.
 */
import { crossing } from "../../std/handle.ts";
import { hiding, SAVE } from "../program/externals.ts";
import { namesSaved } from "../stepping/look/inert.ts";

interface Part {
  readonly object: object;
  /** How one comes to it from the root: `.rows[2]`. */
  readonly path: string;
  readonly held: readonly Held[];
}

/** One thing that an object holds: what it is called in it, and the value. */
interface Held {
  readonly name: string;
  readonly value: unknown;
}

export class KeptState {
  readonly #parts: Part[] = [];

  /** O(what can be reached from `root`). */
  constructor(root: object) {
    const seen = new Set<object>([root]);
    this.#parts.push({ object: root, path: "", held: heldBy(root) });
    for (let index = 0; index < this.#parts.length; index++) {
      const { path, held } = this.#parts[index];
      for (const { name, value } of held) {
        if (!isKept(value) || seen.has(value)) continue;
        seen.add(value);
        this.#parts.push({ object: value, path: path + name, held: heldBy(value) });
      }
    }
  }

  /** The path of something that is not as it was; undefined: all is. */
  changed(): string | undefined {
    for (const { object, path, held } of this.#parts) {
      const now = heldBy(object);
      for (let index = 0; index < Math.max(now.length, held.length); index++) {
        const [before, after] = [held[index], now[index]] as [Held | undefined, Held | undefined];
        const isSame = before?.name === after?.name && Object.is(before?.value, after?.value);
        if (!isSame) return path + (now.length > held.length ? after : before)!.name;
      }
    }
    return undefined;
  }
}

function isKept(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(crossing in value);
}

/** Getters are not asked: what they would answer is no state of the object. */
function heldBy(object: object): Held[] {
  if (object instanceof Date) return [{ name: "", value: object.getTime() }];
  if (object instanceof RegExp) return [{ name: ".lastIndex", value: object.lastIndex }];
  if (ArrayBuffer.isView(object)) return bytesOf(object);
  const held: Held[] = [];
  if (object instanceof Map) {
    for (const [key, value] of object as Map<unknown, unknown>) {
      held.push({ name: `.get(${shown(key)})`, value }, { name: `, a key`, value: key });
    }
  } else if (object instanceof Set) {
    for (const value of object as Set<unknown>) held.push({ name: `, a member`, value });
  }
  const isArray = Array.isArray(object);
  for (const key of Reflect.ownKeys(object)) {
    const property = Reflect.getOwnPropertyDescriptor(object, key);
    if (property === undefined || !("value" in property)) continue;
    const isIndex = isArray && typeof key === "string" && /^\d+$/.test(key);
    held.push({ name: isIndex ? `[${key}]` : `.${String(key)}`, value: property.value });
  }
  hiddenBy(object, held);
  return held;
}

/** What an instance of the program's keeps in `#private` fields, those of base classes first. */
function hiddenBy(object: object, held: Held[]): void {
  const prototype = Object.getPrototypeOf(object) as object | null;
  if (prototype === null || prototype === Object.prototype || prototype === Array.prototype) return;
  const made: unknown = Reflect.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  if (typeof made !== "function") return;
  for (const hides of hiding(made)) {
    const names = namesSaved(String(hides[SAVE]));
    for (const [index, value] of hides[SAVE](object).entries()) {
      held.push({ name: `.${names[index] ?? "#…"}`, value });
    }
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Held[] {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const held: Held[] = [];
  for (let index = 0; index < bytes.length; index++) {
    held.push({ name: ", its bytes", value: bytes[index] });
  }
  return held;
}

function shown(key: unknown): string {
  if (typeof key === "string") return JSON.stringify(key);
  return typeof key === "number" ? String(key) : "…";
}
