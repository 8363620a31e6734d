/**
 * How a thread waits that shares its worker with others (`model=green`): its operation is set aside, and the worker goes on with
 * another thread. What a thread waits for is the gate's, where it stood before it was known that it has to.
 */
import type { Address, SiteId } from "../../../base/brand.ts";

/** An operation that could not go through. */
export interface Blocked {
  readonly at: Address;
  readonly operation: number;
  readonly a: number;
  readonly b: number;
  readonly site: SiteId;
  readonly low: number;
  readonly high: number;
  /** By `performance.now`; `Infinity` for none. */
  readonly deadline: number;
}

export interface Waiting {
  /** Answers what stands for "suspended" there. */
  block(blocked: Blocked): number;
}
