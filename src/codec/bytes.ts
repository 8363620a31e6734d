/**
 * Buffers and their views. Views that share a buffer still share it when they arrive, so the whole buffer crosses, as it
 * does with structured clone. A Node `Buffer` is the exception: it is a window on a pool that others use too, so its
 * own bytes cross alone.
 */
import { VIEWS } from "./builtin.ts";
import type { Reader } from "./reader.ts";
import { Tag, TAG_BITS } from "./word.ts";
import type { Writer } from "./writer.ts";

type View = DataView | Uint8Array;
type ViewConstructor = new (buffer: ArrayBuffer, offset?: number, length?: number) => View;

/** `Buffer` where Node is. */
const NodeBuffer = (
  globalThis as {
    Buffer?: { from(buffer: ArrayBuffer, offset: number, length: number): Uint8Array };
  }
).Buffer;

/** Whether the bytes are gone. Older platforms have no `detached`, but then a view on it cannot be made. */
export function isDetached(buffer: ArrayBuffer): boolean {
  if (buffer.byteLength > 0) return false;
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

export function writeBuffer(out: Writer, buffer: ArrayBuffer): void {
  out.sized(Tag.BUFFER, buffer.byteLength);
  out.double(buffer.resizable ? buffer.maxByteLength + 1 : 0);
  out.bytes(new Uint8Array(buffer));
}

/** `before`: the buffer of an earlier decoding, refreshed if it is as long. */
export function readBuffer(from: Reader, word: number, before: object | undefined): ArrayBuffer {
  const length = from.sizeOf(word);
  const most = from.double();
  from.expect(Math.ceil(length / 4));
  const known = before as ArrayBuffer | undefined;
  const resizable = most > 0;
  if (
    known !== undefined &&
    known.resizable === resizable &&
    (resizable ? known.maxByteLength === most - 1 : known.byteLength === length) &&
    !isDetached(known)
  ) {
    if (known.byteLength !== length) known.resize(length);
    new Uint8Array(known).set(from.window(length));
    return known;
  }
  const buffer = resizable
    ? new ArrayBuffer(length, { maxByteLength: most - 1 })
    : new ArrayBuffer(length);
  new Uint8Array(buffer).set(from.window(length));
  return buffer;
}

/**
 * The words behind a view's buffer. Whether a view of a resizable buffer follows its length cannot be asked; one that
 * reaches the end is taken to, as `new Uint8Array(buffer)` does.
 */
export function writeWindow(out: Writer, view: View): void {
  const { buffer } = view;
  const end = view.byteOffset + view.byteLength;
  const width = "BYTES_PER_ELEMENT" in view ? view.BYTES_PER_ELEMENT : 1;
  const follows = (buffer as ArrayBuffer).resizable && buffer.byteLength - end < width;
  out.double(view.byteOffset);
  out.double(follows ? -1 : view.byteLength / width);
}

/** `before`: a view of an earlier decoding, kept if it shows the same. Throws a RangeError for what is no window. */
export function readWindow(
  from: Reader,
  word: number,
  buffer: unknown,
  before: object | undefined,
): View {
  const constructor = VIEWS[word >> TAG_BITS] as ViewConstructor | undefined;
  const offset = from.double();
  const length = from.double();
  if (constructor === undefined) from.damaged(`there is no view of type ${word >> TAG_BITS}`);
  if (!(buffer instanceof ArrayBuffer)) from.damaged("a view has no buffer");
  const fresh =
    length < 0 ? new constructor(buffer, offset) : new constructor(buffer, offset, length);
  const known = before as View | undefined;
  // Of one kind and on one buffer: only a length can differ, where the buffer was resized.
  const same = known?.buffer === buffer && known.byteLength === fresh.byteLength;
  return same ? known : fresh;
}

export function writeNodeBuffer(out: Writer, bytes: Uint8Array): void {
  out.sized(Tag.BYTES, bytes.length);
  out.bytes(bytes);
}

export function readNodeBuffer(from: Reader, word: number, before: object | undefined): object {
  const length = from.sizeOf(word);
  const bytes = from.bytes(length);
  const known = before as Uint8Array | undefined;
  if (known?.length === length) {
    known.set(bytes);
    return known;
  }
  return NodeBuffer === undefined ? bytes : NodeBuffer.from(bytes.buffer, 0, length);
}
