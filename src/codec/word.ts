/**
 * How a value is laid out in 32-bit words. The first word of everything is `payload << 5 | tag`; the payload has 27 bits
 * and a sign. Words are the platform's own (little-endian wherever VS Code runs).
 *
 * ```
 * message   = definition* value contents*        the contents that LATER put off, in the order of their heads
 * value     = definition* prefix* (primitive | reference | object)
 * definition= DEFINE object                      an object that others need before they can be made
 * prefix    = INTEGRITY | ID low | LATER
 * object    = head contents                      after LATER: head alone
 *
 * CONSTANT  payload: see `Constant`              INTEGER   payload: the number itself
 * DOUBLE    low high                             BIGINT    payload: size; sign, magnitude from its low word on
 * ASCII     payload: length; four to a word      WIDE      payload: length; UTF-16, two to a word
 * SYMBOL    payload: 0 registered, 1 well-known; its key as a string
 * REFERENCE payload: the object's number; objects are numbered from 0 as they come to be in decoding: a function after
 *           what it captures, everything else at its head
 *
 * object    | head (words after the first)                | contents
 * OBJECT    | payload: 1 without a prototype              | fields
 * ARRAY     |                                             | length, elements
 * MATCH     | an array with fields                        | length, elements; fields
 * MAP, SET  |                                             | count, keys and values; fields
 * DATE      |                                             | low high of its time; fields
 * REGEXP    | source, flags                               | lastIndex; fields
 * ERROR     | payload: which constructor                  | see `error-parts.ts`; fields
 * BOX       |                                             | value, or CONSTANT empty
 * INSTANCE  | payload: its base as the first word of a     | as its base; fields; count of hidden values, or -1,
 *           | head; number of its class                   | and these
 * BOXED     | primitive                                   |
 * BUFFER    | payload: length in bytes; maximal length + 1, or 0, as a DOUBLE's two words; bytes
 * VIEW      | payload: type; number of its buffer; offset and length (-1: to the end) as doubles' words
 * BYTES     | payload: length; bytes of a Node `Buffer`   |
 * HANDLE    | payload: count; the engine's words          |
 * FUNCTION  | payload: count; module, literal, captured values
 * CLASS     | payload: count; module, literal, uid, captured values
 *
 * fields    = shape, a value for each key        elements = values, or HOLES with their number as payload
 * shape     = number << 1                        the shape of that number in this message
 *           | count << 1 | 1, hash, number of words, keys as values
 * ```
 * A payload that is a size, and does not fit, is -1; the size then follows as an unsigned word.
 */
export const Tag = {
  /** Never written: cleared memory is no value. */
  NOTHING: 0,
  CONSTANT: 1,
  INTEGER: 2,
  DOUBLE: 3,
  ASCII: 4,
  WIDE: 5,
  BIGINT: 6,
  SYMBOL: 7,
  REFERENCE: 8,
  DEFINE: 9,
  INTEGRITY: 10,
  ID: 11,
  LATER: 12,
  HOLES: 13,
  OBJECT: 14,
  ARRAY: 15,
  MATCH: 16,
  MAP: 17,
  SET: 18,
  DATE: 19,
  REGEXP: 20,
  ERROR: 21,
  BOX: 22,
  INSTANCE: 23,
  BOXED: 24,
  BUFFER: 25,
  VIEW: 26,
  BYTES: 27,
  HANDLE: 28,
  FUNCTION: 29,
  CLASS: 30,
} as const;

export const TAG_BITS = 5;
export const TAG_MASK = 31;
/** Sizes from here on take a word of their own. */
export const SIZE_LIMIT = 1 << 26;

const constant = (number: number): number => (number << TAG_BITS) | Tag.CONSTANT;

/** Whole words. */
export const Constant = {
  UNDEFINED: constant(0),
  NULL: constant(1),
  FALSE: constant(2),
  TRUE: constant(3),
  NAN: constant(4),
  NEGATIVE_ZERO: constant(5),
  INFINITY: constant(6),
  NEGATIVE_INFINITY: constant(7),
  /** The content of a box that was never initialised. */
  EMPTY: constant(8),
} as const;

/** How deep values stand within each other in the words; what lies deeper is put off by LATER. */
export const DEPTH_LIMIT = 48;

/** The payload of INTEGRITY: what a program did to an object with `Object.preventExtensions`, `seal` or `freeze`. */
export const Integrity = { EXTENSIBLE: 0, CLOSED: 1, SEALED: 2, FROZEN: 3 } as const;

export function integrityOf(object: object): number {
  if (Object.isExtensible(object)) return Integrity.EXTENSIBLE;
  if (Object.isFrozen(object)) return Integrity.FROZEN;
  return Object.isSealed(object) ? Integrity.SEALED : Integrity.CLOSED;
}
