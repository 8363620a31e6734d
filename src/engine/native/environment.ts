/**
 * `process.env` as a recorded program finds it: the variables that it reads are written down by name, and a replay gives these
 * again. What the program has set itself is its own. Which variables there are is not held, nor what it does not read.
 */
import type { World } from "../outside/world.ts";

/** `world`: of the thread that asks; undefined while no code of the program runs. */
export function environmentOf(
  real: NodeJS.ProcessEnv,
  world: () => World | undefined,
): NodeJS.ProcessEnv {
  const own = new Set<string>();
  const read = (name: string): string | undefined => {
    if (own.has(name)) return real[name];
    const asked = world();
    return asked === undefined ? real[name] : asked.environment(name, () => real[name]);
  };
  return new Proxy(real, {
    get: (_, name) =>
      typeof name === "string" ? read(name) : (Reflect.get(real, name) as string | undefined),
    has: (_, name) =>
      typeof name === "string" ? read(name) !== undefined : Reflect.has(real, name),
    set(_, name, value) {
      own.add(String(name));
      return Reflect.set(real, name, value);
    },
    deleteProperty(_, name) {
      own.add(String(name));
      return Reflect.deleteProperty(real, name);
    },
  });
}
