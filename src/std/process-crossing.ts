/**
 * What goes into another process, which shares no memory with this one (SEMANTICS, Values): plain data and functions are copied
 * as between threads, `@shared` variables that a body captures as they are at the spawn, ends of pipes move into a process that
 * this one has started, and every other handle is refused.
 *
 * While a value is encoded for a process, the engine's side of the codec asks here what its handles are. A `@shared` variable
 * is written as the how manieth it is; its value is read afterwards, by events, and goes along.
 */
import type { Address } from "../base/brand.ts";
import { OF_ONE_MEMORY, ONLY_DOWN } from "../base/one-memory.ts";
import { crosses, type Crossing, kindNumber } from "./handle.ts";
import { engine } from "./intrinsics.ts";
import { isPipeEnd, pipeWordsForProcess } from "./process-pipes.ts";
import { Place } from "./shared/place.ts";

const COPIED = "copied variable";

/** The variables that the value under way refers to, each once; undefined where none may. */
type Variables = Place[] | undefined;

let isUnderWay = false;
let pipesMove = false;
let variables: Variables;
/** Where a value is being decoded that came from another process: the variables that it brought. */
let arrived: readonly Place[] = [];

/** Whether the value that is being encoded goes into another process. */
export function goesIntoProcess(): boolean {
  return isUnderWay;
}

/**
 * Encodes for another process. `pipes`: whether ends of pipes may move there. `into`: takes the `@shared` variables in it; without
 * it they are refused. Throws `NotSendError`.
 */
export function encodeForProcess(
  value: unknown,
  what: string,
  pipes: boolean,
  into?: Place[],
): Address {
  isUnderWay = true;
  pipesMove = pipes;
  variables = into;
  try {
    return engine.encode(value, what);
  } finally {
    isUnderWay = false;
    variables = undefined;
  }
}

/** Decodes what another process has encoded, with these for the variables in it. */
export function decodeFromProcess(block: Address, brought: readonly Place[] = []): unknown {
  arrived = brought;
  try {
    return engine.decode(block);
  } finally {
    arrived = [];
  }
}

/** What a handle is in another process: the words that stand for it, or why there is none. */
export function handleForProcess(
  value: object,
  crossing: Crossing,
):
  | { readonly words: readonly number[] }
  | { readonly what: string; readonly why: string; readonly remedy: string } {
  if (value instanceof Place) {
    if (variables !== undefined)
      return { words: [kindNumber(COPIED), numberOf(value, variables), 0] };
    return {
      what: "a `@shared` variable",
      why: "a process has copies of such variables from when it was started, and gets no others",
      remedy: "Send its value: `snapshot(variable)`.",
    };
  }
  const { kind } = crossing;
  const what = `${/^[AEIO]/.test(kind) ? "an" : "a"} ${kind}`;
  if (!isPipeEnd(value)) return { what, ...OF_ONE_MEMORY };
  if (pipesMove) return { words: pipeWordsForProcess(value, crossing) };
  return { what, ...ONLY_DOWN };
}

function numberOf(place: Place, known: Place[]): number {
  const at = known.findIndex((one) => one.at === place.at);
  return at >= 0 ? at : known.push(place) - 1;
}

// It is found by its number, never by an address: so it is none of those that a thread keeps.
crosses(COPIED, "moves", (number) => arrived[number]);
