/** Twins of what goes through collections: `forEach` of maps and sets, grouping, and what is made from an iterable. */
import { SUSPENDED } from "../../suspension.ts";
import { call2, call3 } from "../calls.ts";
import { collecting } from "../iteration.ts";
import { constructs } from "../stamp.ts";
import { twins } from "./install.ts";

type Body = Generator<unknown, unknown, unknown>;

function* forEach(
  entries: Iterable<readonly [unknown, unknown]>,
  callback: unknown,
  self: unknown,
  collection: unknown,
): Body {
  if (typeof callback !== "function") throw new TypeError(`${String(callback)} is not a function`);
  // The collection's own iterator: it sees what is added on the way, as `forEach` does.
  for (const [key, value] of entries)
    if (call3(callback, self, value, key, collection) === SUSPENDED) yield 0;
  return undefined;
}

twins(Map.prototype, {
  forEach: function* (this: Map<unknown, unknown>, callback: unknown, self?: unknown): Body {
    return yield* forEach(this.entries(), callback, self, this);
  },
});

twins(Set.prototype, {
  forEach: function* (this: Set<unknown>, callback: unknown, self?: unknown): Body {
    return yield* forEach(this.entries(), callback, self, this);
  },
});

/** §7.3.36, GroupBy: what belongs to each key, in order. */
function* grouped(
  items: unknown,
  callback: unknown,
  keyOf: (value: unknown) => unknown,
): Generator<unknown, Map<unknown, unknown[]>, unknown> {
  const groups = new Map<unknown, unknown[]>();
  let index = 0;
  for (const item of yield* collecting(items)) {
    let key = call2(callback, undefined, item, index++);
    if (key === SUSPENDED) key = yield 0;
    key = keyOf(key);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

const propertyKey = (value: unknown): unknown =>
  typeof value === "symbol" ? value : `${value as string}`;

twins(Object, {
  groupBy: function* (items: unknown, callback: unknown): Body {
    const made = Object.create(null) as Record<PropertyKey, unknown>;
    for (const [key, group] of yield* grouped(items, callback, propertyKey))
      made[key as PropertyKey] = group;
    return made;
  },
  fromEntries: function* (items: unknown): Body {
    const entries = (yield* collecting(items)) as [PropertyKey, unknown][];
    return Object.fromEntries<unknown>(entries);
  },
});

twins(Map, {
  groupBy: function* (items: unknown, callback: unknown): Body {
    return yield* grouped(items, callback, (key) => (key === 0 ? 0 : key));
  },
});

/** `new Set(iterable)` and its like: the values first. */
for (const collection of [Map, Set, WeakMap, WeakSet]) {
  constructs(collection, function* (newTarget: Function, items?: unknown): Body {
    const values = items === undefined || items === null ? [] : yield* collecting(items);
    return Reflect.construct(collection, [values], newTarget) as object;
  });
}
