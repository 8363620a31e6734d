// Checks that a program asks for: `threadloom:check`.

declare module "threadloom:check" {
  /**
   * Explores a program under every interleaving, in a test's own process: what `threadloom/testing` exports by the same name. A
   * program's file works everywhere there; a function needs the test's files to be prepared (`--import threadloom/register`, the
   * Vite plugin, the Jest transformer), else it throws an error that prints the line to add.
   *
   * Within a program that Threadloom runs it throws: `threadloom check` explores such a program from outside.
   *
   * @param program the URL of a program's file, or a function that is one.
   * @param options.entry a function of the file's top level that is called last.
   * @param options.strategy how orders are tried; `auto` by default.
   * @param options.maxExecutions executions at most; as many as there is time for, by default.
   * @param options.seed makes what is by chance repeatable; 0 by default.
   * @returns how many executions were made, whether these are all there are, and each way in which the program can end.
   * @throws {Error} with story and schedule where the program fails, and within a program that Threadloom runs.
   *
   * @example
   * ```ts
   * import { explore } from "threadloom:check";
   * import { assert, Mutex, spawn } from "threadloom:std";
   *
   * export function losesNothing(): void {
   *   explore(() => {
   *     const total = new Mutex(0);
   *     const threads = [1, 2].map((n) =>
   *       spawn(() => {
   *         using guard = total.lock();
   *         guard.value += n;
   *       }),
   *     );
   *     for (const thread of threads) thread.join();
   *     using guard = total.lock();
   *     assert(guard.value === 3);
   *   });
   * }
   * ```
   */
  export function explore(
    program: { readonly href: string } | (() => void),
    options?: {
      entry?: string;
      strategy?: "auto" | "dpor" | "bounded" | "random" | "pos" | "pct";
      maxExecutions?: number;
      seed?: number;
    },
  ): {
    executions: number;
    complete: boolean;
    outcomes: {
      output: string;
      shared: Record<string, unknown>;
      count: number;
      schedule: string;
    }[];
  };
  /**
   * Whether somebody tries every order of this program (`threadloom check`, Explore, `threadloom/testing`), or steps through it. The
   * number of orders grows faster than any power of the number of threads, while two of a kind mostly meet in every way that a
   * thousand do: say a small number then, and what you like for a run.
   *
   * It is the same throughout a run. A recorded run that is made again is as large as it was.
   *
   * @example
   * ```ts
   * import { AtomicI32, scope } from "threadloom:std";
   * import { exploring } from "threadloom:check";
   *
   * const CLIENTS = exploring() ? 2 : 20;
   * const served = new AtomicI32(0);
   * scope((s) => {
   *   for (let i = 0; i < CLIENTS; i++) s.spawn(() => served.fetchAdd(1));
   * });
   * console.log(served.load() === CLIENTS);
   * ```
   */
  export function exploring(): boolean;

  /**
   * Checks that a structure which threads share is **linearizable**: whatever they do at once, each call comes to what it would in
   * some order of all calls, one after another, in which no call comes after one that was invoked when it had returned already.
   *
   * Exploring (`threadloom check`, Explore, `threadloom/testing`) makes up small scenarios of the operations, tries every interleaving
   * of each, and looks for such an order. Where there is none, the verdict is `assertion`, with the smallest scenario that shows it. A
   * run that nobody explores makes the calls of one scenario, and judges nothing.
   *
   * What is called is each operation by its name; one that takes an argument is called with small numbers. What it returns, or the
   * name of what it throws, is compared as `console.log` shows it. An operation that blocks for ever is one that did not happen.
   *
   * @param options.create makes the structure: a handle (an atomic, a Mutex, a collection), or an object made of handles.
   * @param options.operations what threads call; the names are those of the story. By themselves, called one after another,
   *   they must be deterministic.
   * @param options.model makes what answers in turn for what is right; by default the structure itself does, which `create` makes.
   * @param options.threads how many threads call at once; 2 by default, 8 at most.
   * @param options.operationsPerThread how many calls each makes at most; 2 by default.
   * @throws {TypeError} when there is no operation, or one that is no function.
   *
   * @example
   * ```ts
   * import { AtomicI32 } from "threadloom:std";
   * import { linearizable } from "threadloom:check";
   *
   * linearizable({
   *   create: () => new AtomicI32(0),
   *   operations: {
   *     increment: (counter) => counter.fetchAdd(1),
   *     read: (counter) => counter.load(),
   *   },
   * });
   * ```
   * @see {@link https://dl.acm.org/doi/10.1145/78969.78972 | Herlihy and Wing, Linearizability, 1990}
   */
  export function linearizable<S>(options: {
    create: () => S;
    operations: Record<string, (structure: S, argument: number) => unknown>;
    model?: () => S;
    threads?: number;
    operationsPerThread?: number;
  }): void;
}
