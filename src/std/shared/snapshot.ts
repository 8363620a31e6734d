/**
 * `snapshot` as an ordinary function. Compiled code calls it on places of shared memory; what reaches it otherwise is no
 * shared memory, and is given back as it is.
 */
import { Place, snapshot as snapshotOf } from "./place.ts";

export function snapshot<T>(shared: T): T {
  return shared instanceof Place ? (snapshotOf(shared) as T) : shared;
}
