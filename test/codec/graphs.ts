/**
 * Arbitrary graphs, with cycles and aliases: a list of nodes, each with edges that name others by number, built in two
 * strides as the language itself would.
 */
import fc from "fast-check";

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("", "a", "id", "name", "é", "\ud800", "\0", "日本語", "x".repeat(63)),
  fc.integer({ min: 60, max: 70 }).map((length) => "y".repeat(length)),
  fc.integer({ min: 60, max: 70 }).map((length) => `${"y".repeat(length)}ÿ`),
);

export const primitive = fc.oneof(
  fc.integer(),
  fc.integer({ min: -5, max: 5 }),
  fc.double(),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 2 ** 26, -(2 ** 26), 2 ** 26 - 1, 2 ** 31),
  fc.constantFrom(undefined, null, true, false),
  fc.bigInt(),
  fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
  fc.constantFrom(2n ** 63n, -(2n ** 63n), 2n ** 64n, 2n ** 32n, 0n, 2n ** 63n - 1n),
  fc.constantFrom(Symbol.for("shared"), Symbol.iterator, Symbol.asyncIterator, Symbol.for("é")),
  text,
);

const KINDS = [
  "object",
  "bare",
  "array",
  "sparse",
  "map",
  "set",
  "date",
  "regexp",
  "error",
  "boxed",
  "view",
  "buffer",
] as const;

const key = fc.oneof(
  fc.constantFrom<PropertyKey>(
    "id",
    "name",
    "next",
    "__proto__",
    "constructor",
    "length",
    "0",
    "7",
  ),
  fc.constantFrom<PropertyKey>(Symbol.for("key"), Symbol.toStringTag),
  text,
);

/** A primitive, or the number of a node. */
const end = fc.oneof(
  primitive.map((value) => ({ value })),
  fc.nat().map((node) => ({ node })),
);
type End = { value: unknown } | { node: number };

const node = fc.record({
  kind: fc.constantFrom(...KINDS),
  edges: fc.array(fc.tuple(key, end), { maxLength: 6 }),
  seed: fc.nat(1000),
  integrity: fc.oneof(
    { weight: 9, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.nat(3) },
  ),
});
type Node = typeof node extends fc.Arbitrary<infer N> ? N : never;

export const graph: fc.Arbitrary<unknown> = fc
  .array(node, { minLength: 1, maxLength: 24 })
  .map(build);

function build(nodes: readonly Node[]): unknown {
  const objects: object[] = [];
  for (const { kind, seed } of nodes) objects.push(shell(kind, seed, objects));
  const at = (to: End): unknown => ("value" in to ? to.value : objects[to.node % objects.length]);
  nodes.forEach(({ kind, edges }, index) => {
    fill(
      objects[index],
      kind,
      edges.map(([name, to]) => [name, at(to)] as const),
    );
  });
  nodes.forEach(({ kind, integrity }, index) => {
    if (kind === "view" || kind === "buffer" || kind === "boxed") return;
    const protect = [undefined, Object.preventExtensions, Object.seal, Object.freeze][integrity];
    protect?.(objects[index]);
  });
  return objects[0];
}

const ERRORS = [Error, TypeError, RangeError, SyntaxError, EvalError, URIError, ReferenceError];
type ViewOf = new (buffer: ArrayBuffer, offset: number, length: number) => object;
const VIEWS: ViewOf[] = [Uint8Array, Int8Array, Uint8ClampedArray, DataView];
const BOXED = [1.5, "boxed", true, 10n, Symbol.for("boxed")];

function shell(kind: Node["kind"], seed: number, before: readonly object[]): object {
  switch (kind) {
    case "object":
      return {};
    case "bare":
      return Object.create(null) as object;
    case "array":
    case "sparse":
      return [];
    case "map":
      return new Map();
    case "set":
      return new Set();
    case "date":
      return new Date(seed % 7 === 0 ? NaN : seed * 1e10);
    case "regexp":
      return new RegExp(seed % 2 === 0 ? "a/b|é" : "", ["", "g", "iu", "dgimsuy"][seed % 4]);
    case "error":
      return seed % 5 === 0
        ? new AggregateError([seed], "several")
        : new ERRORS[seed % ERRORS.length](
            `e${seed}`,
            seed % 2 === 0 ? { cause: seed } : undefined,
          );
    case "boxed":
      return Object(BOXED[seed % BOXED.length]) as object;
    case "buffer":
      return seed % 3 === 0
        ? new ArrayBuffer(seed % 16, { maxByteLength: 16 })
        : new Uint8Array(seed % 40).fill(seed).buffer;
    case "view": {
      const shared = before.find((one) => one instanceof ArrayBuffer && !one.resizable);
      const buffer = (shared as ArrayBuffer | undefined) ?? new ArrayBuffer(8 + (seed % 9));
      const offset = seed % (buffer.byteLength + 1);
      return new VIEWS[seed % VIEWS.length](buffer, offset, (buffer.byteLength - offset) >> 1);
    }
  }
}

function fill(
  object: object,
  kind: Node["kind"],
  edges: (readonly [PropertyKey, unknown])[],
): void {
  const put = (name: PropertyKey, value: unknown): void => {
    Object.defineProperty(object, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  };
  switch (kind) {
    case "array":
      for (const [, value] of edges) (object as unknown[]).push(value);
      return;
    case "sparse":
      edges.forEach(([, value], index) => ((object as unknown[])[index ** 4 * 3] = value));
      (object as unknown[]).length += 2;
      return;
    case "map":
      for (const [name, value] of edges) {
        (object as Map<unknown, unknown>).set(value, name).set(name, value);
      }
      for (const [name, value] of edges.slice(4)) put(name, value);
      return;
    case "set":
      for (const [, value] of edges) (object as Set<unknown>).add(value);
      for (const [name, value] of edges.slice(4)) put(name, value);
      return;
    case "object":
    case "bare":
      for (const [name, value] of edges) put(name, value);
      return;
    case "error":
    case "date":
    case "regexp":
      for (const [name, value] of edges) {
        // An error tells its stack by its name: one that is itself has none.
        if (!["name", "constructor", "__proto__"].includes(String(name))) put(name, value);
      }
      return;
    default:
      return;
  }
}
