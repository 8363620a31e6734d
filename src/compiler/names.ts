/**
 * The names that emitted code adds to a person's: `$`, `$m`, `$std0`, `$l3` … They begin with a dollar, or, in a file
 * that has names with dollars itself, with something longer that no name of the file begins with.
 */
export interface Names {
  /** `$`, the engine's `ProgramRuntime`. */
  readonly runtime: string;
  /** `$m`, the file's `ModuleRecord`. */
  readonly module: string;
  readonly std: (index: number) => string;
  readonly external: (index: number) => string;
  /** The factory of a lifted function or class. */
  readonly factory: (index: number, of: "function" | "class") => string;
  readonly this: string;
  readonly arguments: string;
  readonly newTarget: string;
  /** A name that nothing else has: `$u`, then `$u1`, `$u2` … */
  readonly fresh: (stem: string) => string;
}

export function makeNames(used: ReadonlySet<string>): Names {
  let prefix = "$";
  while ([...used].some((name) => name.startsWith(prefix))) prefix += "_";
  const counts = new Map<string, number>();
  return {
    runtime: prefix,
    module: `${prefix}m`,
    std: (index) => `${prefix}std${index === 0 ? "" : index}`,
    external: (index) => `${prefix}x${index}`,
    factory: (index, of) => `${prefix}${of === "class" ? "c" : "l"}${index}`,
    this: `${prefix}this`,
    arguments: `${prefix}arguments`,
    newTarget: `${prefix}target`,
    fresh(stem) {
      const count = counts.get(stem) ?? 0;
      counts.set(stem, count + 1);
      return `${prefix}${stem}${count === 0 ? "" : count}`;
    },
  };
}
