/** What the parts of the codec ask of the encoder and of the decoder that they are parts of. */
import type { Refusal } from "./crossing-error.ts";
import type { Way } from "./place.ts";
import type { Reader } from "./reader.ts";
import type { ShapeReader, ShapeWriter } from "./shape.ts";
import type { TextReader } from "./text.ts";
import type { Writer } from "./writer.ts";

export interface Encoding {
  readonly out: Writer;
  readonly shapes: ShapeWriter;
  /** Writes a value that the object at `depth` holds; `way` and `key` tell where. */
  child(value: unknown, depth: number, way: Way, key: unknown): void;
  /** Refuses something that the object at `depth` holds. */
  refuseChild(depth: number, way: Way, key: unknown, refusal: Refusal): never;
}

export interface Decoding {
  readonly from: Reader;
  readonly texts: TextReader;
  readonly shapes: ShapeReader;
  /** Reads a value that stands at `depth`. */
  value(depth: number): unknown;
}
