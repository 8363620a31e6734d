/** What programs find by the names of the language and of Node: put into place by each engine before any of their code runs. */
import { COMBINATORS } from "./combinators.ts";
import { fromAsync } from "./from-async.ts";
import { clearImmediate, queueMicrotask, setImmediate } from "./immediates.ts";
import { TaskPromise } from "./promise.ts";
import { clearTimeout, setInterval, setTimeout } from "./timers.ts";

for (const [name, value] of Object.entries(COMBINATORS))
  Object.defineProperty(TaskPromise, name, { value, writable: true, configurable: true });

/** The language's own classes and functions. */
const LANGUAGE = { TaskPromise, fromAsync };
const FUNCTIONS = {
  ...{ setTimeout, setInterval, clearTimeout, clearInterval: clearTimeout },
  ...{ setImmediate, clearImmediate, queueMicrotask },
};

const hidden = (value: unknown): PropertyDescriptor => ({
  value,
  writable: true,
  configurable: true,
});

/** Puts them into `target`, the global object. */
export function installTasks(target: object): void {
  for (const [name, value] of Object.entries(FUNCTIONS))
    Object.defineProperty(target, name, { ...hidden(value), enumerable: true });
  Object.defineProperty(target, "Promise", hidden(LANGUAGE.TaskPromise));
  Object.defineProperty(Array, "fromAsync", hidden(LANGUAGE.fromAsync));
}
