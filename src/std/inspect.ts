/** The key under which `console.log` asks an object how it wants to be shown (Node's `util.inspect.custom`). */
export const inspected: unique symbol = Symbol.for("nodejs.util.inspect.custom") as never;
