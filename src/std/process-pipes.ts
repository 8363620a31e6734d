/**
 * How ends of pipes go into a process. On the model engine they are what they were, in the one memory that there is. Into a process
 * of the system goes the name of the pipe, and whoever carries bytes between the two makes it there, too
 * (`engine/native/processes/far-pipes.ts`).
 */
import type { Address } from "../base/brand.ts";
import { EndSide, isLinked } from "../objects/ends.ts";
import { addGiven, GIVEN_WORDS, givenPipes, hasGone, takeBack } from "../objects/given-pipes.ts";
import { WireOperation, WireWord } from "../objects/wire.ts";
import { crosses, type Crossing, crossingOf, kindNumber } from "./handle.ts";
import { engine } from "./intrinsics.ts";
import { PipeReader, PipeWriter } from "./io/pipe.ts";
import { releaseRing } from "./io/wire-end.ts";

const NAMED_WRITER = "PipeWriter of another process";
const NAMED_READER = "PipeReader of another process";

export function isPipeEnd(value: unknown): value is PipeReader | PipeWriter {
  return value instanceof PipeReader || value instanceof PipeWriter;
}

/** The words by which one is known in a process. */
export function pipeWordsForProcess(
  value: PipeReader | PipeWriter,
  { kind, object, detail }: Crossing,
): readonly number[] {
  if (!engine.remoteProcesses) return [kindNumber(kind), object, detail];
  return [kindNumber(value instanceof PipeReader ? NAMED_READER : NAMED_WRITER), object, 0];
}

/** What is about to go into a process, with what was encoded. */
export interface Giving {
  readonly ends: readonly (PipeReader | PipeWriter)[];
  readonly blocks: readonly Address[];
}

/** From here on nobody owns them: those among `handles` that are ends of pipes. */
export function giveEnds(process: Address, handles: readonly object[]): Giving {
  const ends = handles.filter(isPipeEnd);
  const blocks: Address[] = [];
  for (const end of ends) {
    const { object, detail, moves } = crossingOf(end)!;
    moves!.belongsTo(-1);
    const block = engine.allocate(GIVEN_WORDS);
    const side = end instanceof PipeReader ? EndSide.RECEIVER : EndSide.SENDER;
    engine.words[object + WireWord.PARTED] = 1;
    const given = { pipe: object, end: detail as Address, side, name: object, isGone: false };
    addGiven(engine.words, process, block, given);
    blocks.push(block);
  }
  return { ends, blocks };
}

/** They went: this thread has them no more. */
export function givenAway({ ends, blocks }: Giving): void {
  for (const block of blocks) hasGone(engine.words, block);
  for (const end of ends) crossingOf(end)!.moves!.moved();
}

/** They did not go, and are this thread's as before. */
export function notGiven({ ends, blocks }: Giving): void {
  for (const block of blocks) takeBack(engine.words, block);
  for (const end of ends) crossingOf(end)!.moves!.belongsTo(engine.thread);
}

/** By who has ended a process: what it has not closed is closed now. */
export function closeGiven(process: Address): void {
  for (const { pipe, end, side, isGone } of givenPipes(engine.words, process)) {
    if (!isGone || !isLinked(engine.words, pipe + WireWord.ENDS, end)) continue;
    const { CLOSE_READER, CLOSE_WRITER } = WireOperation;
    const closes = side === EndSide.RECEIVER ? CLOSE_READER : CLOSE_WRITER;
    const result = engine.perform(pipe, closes, end);
    if ((result & 1) === 1) releaseRing(pipe);
  }
}

/** In a process of the system: the end that another one calls so. */
function given(name: number, side: number): { readonly pipe: Address; readonly end: Address } {
  return givenPipes(engine.words, engine.process).find(
    (one) => one.name === name && one.side === side,
  )!;
}

crosses(NAMED_WRITER, "moves", (name) => {
  const { pipe, end } = given(name, EndSide.SENDER);
  return new PipeWriter(pipe, end);
});
crosses(NAMED_READER, "moves", (name) => {
  const { pipe, end } = given(name, EndSide.RECEIVER);
  return new PipeReader(pipe, end);
});
