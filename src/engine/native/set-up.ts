/** What is in a run's memory before its first thread begins. */
import type { ThreadId } from "../../base/brand.ts";
import { console_ } from "../../objects/console.ts";
import { ports } from "../../objects/ports.ts";
import { thread as threadKind } from "../../objects/thread.ts";
import type { CompiledProgram } from "../../protocol/program.ts";
import type { Heap } from "../heap.ts";
import { usesNetwork } from "../program/network.ts";
import { SameNames } from "../program/same-names.ts";
import { CONTROL_WORDS, ControlWord } from "./control/words.ts";
import { RunWord } from "./layout.ts";
import type { RunMemory } from "./memory.ts";
import { createObject, createSlot } from "./new-objects.ts";

export interface SetUp {
  readonly program: CompiledProgram;
  readonly traced: boolean;
  readonly controlled: boolean;
  /** Threads write down where they are in their code. */
  readonly stacks: boolean;
}

export function setUpRun(memory: RunMemory, heap: Heap, parts: SetUp): void {
  const { program, traced, controlled, stacks } = parts;
  const { words } = memory;
  words[RunWord.TRACED] = traced ? 1 : 0;
  words[RunWord.CONSOLE] = createObject(memory, heap, console_, 0, 0, 0);
  if (usesNetwork(program)) words[RunWord.PORTS] = createObject(memory, heap, ports, 0, 0, 0);
  words[RunWord.NAMED] = memory.region(new SameNames(program).count);
  words[RunWord.NEXT_THREAD] = 1;
  words[RunWord.RUNNING] = 1;
  if (controlled) {
    const control = heap.allocate(CONTROL_WORDS);
    memory.words.fill(0, control, control + CONTROL_WORDS);
    memory.words[control + ControlWord.MOVING] = 1;
    memory.words[control + ControlWord.STACKS] = stacks ? 1 : 0;
    memory.words[RunWord.CONTROL] = control;
  }
  const object = createObject(memory, heap, threadKind, 0, 0, 0);
  createSlot(memory, heap, 0 as ThreadId, object, -1);
}
