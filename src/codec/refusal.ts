/** What the codec itself refuses, and what can be done instead. The engine refuses the rest: see `Outgoing`. */
import type { Code } from "./externals.ts";
import type { Refusal } from "./crossing-error.ts";

/** By prototype. */
const refusedPrototypes = refusals();
export const REFUSED: ReadonlyMap<object, Refusal> = refusedPrototypes;

function refusals(): Map<object, Refusal> {
  const refused = new Map<object, Refusal>();
  const refuse = (prototype: unknown, what: string, why: string, remedy: string): void => {
    if (typeof prototype === "object" && prototype !== null)
      refused.set(prototype, { what, why, remedy });
  };
  refuse(
    Promise.prototype,
    "a Promise",
    "its outcome comes only to the thread that made it",
    "Await it first and let its value cross, or send that value through a channel.",
  );
  const weak = "what it holds depends on which objects of its own thread are still in use";
  refuse(WeakMap.prototype, "a WeakMap", weak, "Use a Map.");
  refuse(WeakSet.prototype, "a WeakSet", weak, "Use a Set.");
  refuse(WeakRef.prototype, "a WeakRef", weak, "Let the object itself cross.");
  refuse(
    FinalizationRegistry.prototype,
    "a FinalizationRegistry",
    weak,
    "Make one in each thread.",
  );
  if (typeof SharedArrayBuffer === "function") {
    refuse(
      SharedArrayBuffer.prototype,
      "a SharedArrayBuffer",
      "accesses to it could be neither seen nor ordered",
      "Use a `@shared` variable, an atomic or a Mutex; or let a copy cross, `new Uint8Array(view)`.",
    );
  }
  const suspended = "it is suspended in the middle of its function, on this thread";
  const collect = "Collect its values into an array first, or make it in the other thread.";
  const prototypeOf = (object: object): object => Object.getPrototypeOf(object) as object;
  const generators = (literal: object): unknown =>
    (prototypeOf(literal) as { readonly prototype: unknown }).prototype;
  refuse(
    generators(function* () {}),
    "a generator",
    suspended,
    collect,
  );
  refuse(
    generators(async function* () {}),
    "an async generator",
    suspended,
    collect,
  );
  const walks = "it is in the middle of walking an object of this thread";
  const iterators: [string, object][] = [
    ["an iterator of an array", [][Symbol.iterator]()],
    ["an iterator of a Map", new Map()[Symbol.iterator]()],
    ["an iterator of a Set", new Set()[Symbol.iterator]()],
    ["an iterator of a string", ""[Symbol.iterator]()],
    ["an iterator of matches", "".matchAll(/x/g)],
  ];
  for (const [what, iterator] of iterators) refuse(prototypeOf(iterator), what, walks, collect);
  const helper = (iterators[0][1] as { map?: (by: () => void) => object }).map?.(() => undefined);
  if (helper !== undefined) refuse(prototypeOf(helper), "an iterator", walks, collect);
  return refused;
}

/** Has objects of another prototype refused as those of a known one are: what an engine puts in the language's place. */
export function refuseAs(prototype: object, known: object): void {
  const refusal = REFUSED.get(known);
  if (refusal !== undefined) refusedPrototypes.set(prototype, refusal);
}

export const UNIQUE_SYMBOL: Refusal = {
  what: "a unique symbol",
  why: "no other thread can have the same one",
  remedy: 'Use a registered symbol: `Symbol.for("name")`.',
};

export const DETACHED: Refusal = {
  what: "a detached ArrayBuffer",
  why: "its bytes were transferred away",
  remedy: "Let the bytes cross before they are transferred, or copy them first: `buffer.slice()`.",
};

/** Within what is published: all threads shall see the same, for ever. */
export const unfreezable = (name: string): Refusal => ({
  what: `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`,
  why: "what threads share by reference is frozen, and nothing can freeze what it holds",
  remedy:
    "Hold a frozen array or plain object instead; or share it in a Mutex, which lets one thread at a time change it.",
});

/** An object of a class of the platform's. */
export const NATIVE_STATE = (name: string): Refusal => ({
  what: `an object of the platform's class \`${name}\``,
  why: "its state lies outside the program's memory",
  remedy: "Let the data cross that it was made from, and make another in the other thread.",
});

export const nativeFunction = (made: Code): Refusal => {
  const name = String(made.name);
  const kind = name.startsWith("bound ") ? "bound" : "native";
  return {
    what: `the ${kind} function \`${name.replace(/^bound /, "") || "(anonymous)"}\``,
    why: "it does not stem from a function literal of the program's own files",
    remedy: "Wrap it in a literal of your own: `(...values) => f(...values)`.",
  };
};

/** An instance of a class that extends what can only be made by its own constructor. */
export const closedBase = (of: Code, base: string): Refusal => ({
  what: `an instance of \`${of.name || "(anonymous class)"}\`, which extends ${base}`,
  why: `a ${base} cannot be made without its constructor`,
  remedy: `Hold the ${base} in a field of the class instead of extending it.`,
});

/** An instance whose class does not cross. */
export const closedClass = (of: Code): Refusal => ({
  what: `an instance of \`${of.name || "(anonymous class)"}\``,
  why: "its class does not stem from the program's own files",
  remedy: "Let its data cross in a plain object, and make the instance in the other thread.",
});
