/** One end of a wire of bytes: how bytes get from a program's array to the wire and back, whoever's end it is. */
import type { Address } from "../../base/brand.ts";
import { IO_MESSAGES } from "../../base/catalogue/io.ts";
import { END_WORDS, EndSide, linkEnd } from "../../objects/ends.ts";
import type { ObjectKind } from "../../objects/object.ts";
import { bytesAt, Carried, WireOperation, WireResult, WireWord } from "../../objects/wire.ts";
import { text } from "../errors.ts";
import { engine } from "../intrinsics.ts";

/** What is read or written by one operation, at most: a ring's worth. */
const MOST_AT_ONCE = 1 << 16;

/** A new wire with both its ends, of which this thread is the owner until it gives them away. */
export interface MadeWire {
  readonly at: Address;
  readonly writer: Address;
  readonly reader: Address;
}

/** `capacity`: bytes, a power of two. `own`: further words of the reading end. */
export function makeWire(
  kind: ObjectKind,
  capacity: number,
  carried: Carried,
  own: number,
): MadeWire {
  const at = engine.create(kind, capacity, carried);
  const ring = engine.allocate(capacity / 4);
  const writer = engine.allocate(END_WORDS);
  const reader = engine.allocate(END_WORDS + own);
  engine.words[at + WireWord.RING] = ring;
  linkEnd(engine.words, at + WireWord.ENDS, writer, EndSide.SENDER, engine.thread);
  linkEnd(engine.words, at + WireWord.ENDS, reader, EndSide.RECEIVER, engine.thread);
  return { at, writer, reader };
}

/** Nobody needs its bytes any more. */
export function releaseRing(at: Address): void {
  engine.release(engine.words[at + WireWord.RING] as Address);
}

/** Something was done to it that whoever carries the bytes has to know. */
export function tellCarrier(at: Address): void {
  if (engine.words[at + WireWord.CARRIED] === Carried.TOLD) engine.network.changed(at);
  tellProcess(at);
}

/** The same for a pipe that has an end in another process. */
export function tellProcess(at: Address): void {
  if (engine.words[at + WireWord.PARTED] === 1) engine.sentToProcess();
}

/** Throws `TypeError` for anything but an array of bytes. */
export function checkBytes(value: unknown, operation: string): void {
  if (value instanceof Uint8Array) return;
  const told = value === null ? "null" : typeof value;
  throw new TypeError(text(IO_MESSAGES.noBytes, { value: told, operation }));
}

/** Reads what is there, up to the length of `into`: how many bytes, or one of `WireResult`. */
export function readInto(at: Address, into: Uint8Array, blocking: boolean): number {
  const most = Math.min(into.length, MOST_AT_ONCE);
  const block = engine.allocate(Math.max(1, Math.ceil(most / 4)));
  const operation = blocking ? WireOperation.READ : WireOperation.TRY_READ;
  const count = engine.perform(at, operation, block, most);
  if (count > 0) into.set(bytesAt(engine.words, block, count));
  engine.release(block);
  if (count > 0) tellProcess(at);
  return count;
}

/** Writes all, or as much as there is room for: how many bytes, or one of `WireResult`. */
export function writeFrom(at: Address, bytes: Uint8Array, blocking: boolean): number {
  const { site } = engine;
  const operation = blocking ? WireOperation.WRITE : WireOperation.TRY_WRITE;
  let done = 0;
  do {
    const count = Math.min(bytes.length - done, MOST_AT_ONCE);
    const block = engine.allocate(Math.max(1, Math.ceil(count / 4)));
    bytesAt(engine.words, block, count).set(bytes.subarray(done, done + count));
    engine.site = site;
    const written = engine.perform(at, operation, block, count);
    engine.release(block);
    if (written === WireResult.WOULD_BLOCK) return done > 0 ? done : written;
    if (written < 0) return written;
    tellCarrier(at);
    done += written;
  } while (done < bytes.length);
  return done;
}
