/**
 * Objects of one name are told apart by numbers, in the order in which they were made: `fork`, `fork #2`, `fork #3`. An engine
 * counts them as it makes them; here is what it counts together.
 */
import type { SiteId } from "../../base/brand.ts";
import { connection, pipe } from "../../objects/wire.ts";
import type { ObjectKind } from "../../objects/object.ts";
import { process_ } from "../../objects/process.ts";
import { thread } from "../../objects/thread.ts";
import type { CompiledProgram } from "../../protocol/program.ts";

/** They have names of their own, or come in pairs that share one. */
const NOT_COUNTED: ReadonlySet<ObjectKind> = new Set<ObjectKind>([
  thread,
  process_,
  pipe,
  connection,
]);

export class SameNames {
  /** How many names there are. */
  readonly count: number;
  readonly #bySite: Int32Array;

  /** O(sites). */
  constructor({ sites }: CompiledProgram) {
    const numbers = new Map<string, number>();
    this.#bySite = Int32Array.from(sites, (site) => {
      if (site?.name === undefined) return -1;
      const number = numbers.get(site.name) ?? numbers.size;
      numbers.set(site.name, number);
      return number;
    });
    this.count = numbers.size;
  }

  /** The number of the name that an object has which is made there; -1 where it has none, or is not counted. */
  of(kind: ObjectKind, site: SiteId): number {
    return NOT_COUNTED.has(kind) ? -1 : (this.#bySite[site] ?? -1);
  }
}
