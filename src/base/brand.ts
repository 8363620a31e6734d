/**
 * Branded numbers: a name says its space, and no bare `number` crosses a room's door.
 * A brand costs nothing at run time; it is put on where the number is made, and nowhere else.
 */
declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** A thread of the person's program; main is 0. */
export type ThreadId = Brand<number, "ThreadId">;
/** A primitive (lock, channel, cell …), numbered in order of creation; never used again within a run. */
export type ObjectId = Brand<number, "ObjectId">;
/** An instrumented place in the person's sources: index into the program's site table. 0 means "no place". */
export type SiteId = Brand<number, "SiteId">;
/** Index of a 32-bit word in the memory of a run. 0 means "nowhere". */
export type Address = Brand<number, "Address">;
/** Nanoseconds since the run began. */
export type Nanoseconds = Brand<number, "Nanoseconds">;
/** Milliseconds: what programs and settings speak in. */
export type Milliseconds = Brand<number, "Milliseconds">;
/** CSS pixels. */
export type Pixels = Brand<number, "Pixels">;

export const NO_SITE = 0 as SiteId;
export const MAIN_THREAD = 0 as ThreadId;
