/**
 * A lowered `using` block (ECMA-262, Explicit Resource Management): disposes in reverse order, chains errors as
 * SuppressedError, and tells what it disposes whether an exception passes, which the language itself does not: only that
 * poisons a lock.
 */
import type { Uses } from "../protocol/emitted.ts";
import { here } from "./activation.ts";
import { type Body, runTask } from "./tasks/task.ts";

/** Whether the disposal under way is because of an exception. */
export function passing(): boolean {
  return here.exceptionPasses;
}

type Dispose = (this: unknown) => unknown;

interface Resource {
  readonly value: unknown;
  readonly dispose: Dispose;
}

function suppressed(error: unknown, before: unknown): Error {
  const message = "An error was suppressed during disposal.";
  if (typeof SuppressedError === "function") return new SuppressedError(error, before, message);
  // Before Node 24 there is no SuppressedError: an error of the same shape.
  return Object.assign(new Error(message), { name: "SuppressedError", error, suppressed: before });
}

export class UsesBlock implements Uses {
  readonly #resources: Resource[] = [];
  #failed = false;
  #error: unknown;

  add<T>(resource: T): T {
    if (resource !== null && resource !== undefined) {
      this.#push(resource, (resource as Partial<Disposable>)[Symbol.dispose], "Symbol.dispose");
    }
    return resource;
  }

  addAsync<T>(resource: T): T {
    if (resource === null || resource === undefined) {
      this.#resources.push({ value: undefined, dispose: () => undefined });
      return resource;
    }
    const both = resource as Partial<Disposable & AsyncDisposable>;
    this.#push(resource, both[Symbol.asyncDispose] ?? both[Symbol.dispose], "Symbol.asyncDispose");
    return resource;
  }

  fail(error: unknown): void {
    this.#failed = true;
    this.#error = error;
  }

  end(): void {
    for (let resource = this.#resources.pop(); resource; resource = this.#resources.pop()) {
      try {
        this.#dispose(resource);
      } catch (error) {
        this.#chain(error);
      }
    }
    if (this.#failed) throw this.#error;
  }

  endAsync(): Promise<void> {
    return runTask(this.#endAsync()) as unknown as Promise<void>;
  }

  *#endAsync(): Body<void> {
    for (let resource = this.#resources.pop(); resource; resource = this.#resources.pop()) {
      try {
        yield this.#dispose(resource);
      } catch (error) {
        this.#chain(error);
      }
    }
    if (this.#failed) throw this.#error;
  }

  #push(value: unknown, dispose: unknown, name: string): void {
    if (typeof dispose !== "function") {
      throw new TypeError(`what \`using\` declares must be disposable: it has no [${name}]()`);
    }
    this.#resources.push({ value, dispose: dispose as Dispose });
  }

  #dispose({ value, dispose }: Resource): unknown {
    const { exceptionPasses } = here;
    here.exceptionPasses = this.#failed;
    try {
      return dispose.call(value);
    } finally {
      here.exceptionPasses = exceptionPasses;
    }
  }

  #chain(error: unknown): void {
    this.#error = this.#failed ? suppressed(error, this.#error) : error;
    this.#failed = true;
  }
}
