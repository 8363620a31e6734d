/**
 * What is let go of when a process ends: the processes that its thread has, and what an exit or a kill leaves open. Left out:
 * stopping threads, which is the engine's, and in what order a process ends (`engine/process-ends.ts`).
 */
import type { Address } from "../base/brand.ts";
import { ChannelOperation, ChannelWord } from "../objects/channel.ts";
import { isLinked } from "../objects/ends.ts";
import { ProcessOperation, ProcessOutcome, ProcessWord } from "../objects/process.ts";
import { WireWord } from "../objects/wire.ts";
import { here, type Owned } from "./activation.ts";
import { crossingOf } from "./handle.ts";
import { engine } from "./intrinsics.ts";
import { closeGiven, isPipeEnd } from "./process-pipes.ts";

/** `process.exit` in a thread of this process, which makes no step after it. */
export function exitProcess(process: Address, code: number): void {
  engine.perform(process, ProcessOperation.END, ProcessOutcome.EXITED, code & 0xff);
  closeLeftOpen(process);
}

/** Whether this thread has processes, or pipes to any, though it has ended: those that module variables hold. */
export function ownsProcesses(): boolean {
  return here.owned.size > 0 && ownProcesses().length > 0;
}

/** Lets go of them: what they still wait for does not come any more. */
export function dropProcesses(): void {
  for (const one of ownProcesses()) one.drop();
}

function ownProcesses(): Owned[] {
  return [...here.owned].filter((one) => crossingOf(one)?.kind === "Process" || isParted(one));
}

function isParted(end: Owned): boolean {
  return isPipeEnd(end) && engine.words[crossingOf(end)!.object + WireWord.PARTED] === 1;
}

/** By who has ended a process: the ends that it still has are dropped, as they would be had it ended. */
export function closeLeftOpen(at: Address): void {
  const { words } = engine;
  const up = words[at + ProcessWord.UP] as Address;
  const sender = words[at + ProcessWord.UP_SENDER] as Address;
  if (isLinked(words, up + ChannelWord.ENDS, sender)) {
    engine.perform(up, ChannelOperation.DROP_SENDER, sender);
  }
  const down = engine.words[at + ProcessWord.DOWN] as Address;
  const receiver = engine.words[at + ProcessWord.DOWN_RECEIVER] as Address;
  if (isLinked(engine.words, down + ChannelWord.ENDS, receiver)) {
    engine.perform(down, ChannelOperation.DROP_RECEIVER, receiver);
  }
  closeGiven(at);
}
