/** `pipe`: bytes from one thread to another, with as much room as a system's pipe. The rules are in `objects/wire.ts`. */
import type { Address } from "../../base/brand.ts";
import { IO_MESSAGES } from "../../base/catalogue/io.ts";
import { Carried, pipe as pipeKind, Ready, WireOperation, WireResult } from "../../objects/wire.ts";
import { End } from "../end.ts";
import { ChannelClosedError, text } from "../errors.ts";
import { crosses } from "../handle.ts";
import { engine } from "../intrinsics.ts";
import { directions, polled, type PolledSource, type Question } from "./sources.ts";
import { checkBytes, makeWire, readInto, releaseRing, tellProcess, writeFrom } from "./wire-end.ts";

/** As Linux has it. */
const CAPACITY = 1 << 16;

export class PipeWriter extends End implements PolledSource {
  protected override get kind(): "PipeWriter" {
    return "PipeWriter";
  }

  protected override get side(): string {
    return "writing end";
  }

  protected override get dropping(): number {
    return WireOperation.CLOSE_WRITER;
  }

  protected override last(at: Address, both: number): void {
    if (both === 1) releaseRing(at);
    tellProcess(at);
  }

  write(bytes: Uint8Array): number {
    const at = this.check();
    checkBytes(bytes, "write");
    const written = writeFrom(at, bytes, true);
    if (written >= 0) return written;
    throw new ChannelClosedError(text(IO_MESSAGES.nobodyReads, { pipe: engine.nameOf(at) }));
  }

  close(): void {
    this.drop();
  }

  [polled](): readonly Question[] | undefined {
    if (this.isOver) return undefined;
    return [{ object: this.check(), operation: WireOperation.WRITABLE, surely: 0 }];
  }

  get [directions](): number {
    return Ready.WRITABLE;
  }
}

export class PipeReader extends End implements PolledSource {
  #blocking = true;

  protected override get kind(): "PipeReader" {
    return "PipeReader";
  }

  protected override get side(): string {
    return "reading end";
  }

  protected override get dropping(): number {
    return WireOperation.CLOSE_READER;
  }

  protected override last(at: Address, result: number): void {
    if ((result & 1) === 1) releaseRing(at);
    tellProcess(at);
  }

  read(into: Uint8Array): number | undefined {
    const at = this.check();
    checkBytes(into, "read");
    const count = readInto(at, into, this.#blocking);
    return count === WireResult.WOULD_BLOCK ? undefined : count;
  }

  setBlocking(on: boolean): void {
    this.check();
    this.#blocking = on;
  }

  close(): void {
    this.drop();
  }

  [polled](): readonly Question[] | undefined {
    if (this.isOver) return undefined;
    const operation = WireOperation.READABLE;
    return [{ object: this.check(), operation, surely: WireOperation.SURELY_READABLE }];
  }

  get [directions](): number {
    return Ready.READABLE;
  }
}

crosses("PipeWriter", "moves", (object, end) => new PipeWriter(object, end as Address));
crosses("PipeReader", "moves", (object, end) => new PipeReader(object, end as Address));

export function pipe(): [PipeWriter, PipeReader] {
  const carried = engine.followsProcesses ? Carried.FOLLOWED : Carried.AT_ONCE;
  const { at, writer, reader } = makeWire(pipeKind, CAPACITY, carried, 0);
  return [new PipeWriter(at, writer), new PipeReader(at, reader)];
}
