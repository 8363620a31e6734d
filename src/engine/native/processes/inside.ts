/**
 * A run that is a process of another one: its main's body is what the process was started with, what it is sent and sends goes
 * over the process channel, and what it records becomes part of the other's recording.
 */
import type { Address, ThreadId } from "../../../base/brand.ts";
import { tell } from "../../../base/catalogue/message.ts";
import { PROCESS_MESSAGES } from "../../../base/catalogue/processes.ts";
import { DATA_ONLY } from "../../../codec/externals.ts";
import { Encoder } from "../../../codec/encoder.ts";
import { channel, ChannelWord } from "../../../objects/channel.ts";
import { END_WORDS, EndSide, linkEnd } from "../../../objects/ends.ts";
import { Head } from "../../../objects/object.ts";
import { process_, ProcessWord } from "../../../objects/process.ts";
import type { FromProcess, ProcessStart, ToProcess } from "../../../protocol/process.ts";
import type { Finding } from "../../../trace/finding.ts";
import type { Ending, OutputLine } from "../../../trace/tables.ts";
import type { Heap } from "../../heap.ts";
import { RunWord, SlotWord, THREAD_TABLE } from "../layout.ts";
import type { RunMemory } from "../memory.ts";
import type { Attach } from "../messages.ts";
import { OutsideAgent } from "../outside-agent.ts";
import { createObject } from "../new-objects.ts";
import { encodedBlock, Line } from "./line.ts";

export interface InsideParts {
  readonly start: ProcessStart;
  readonly say: (said: FromProcess) => void;
  /** Ends this process of the system with this code, once that is said. */
  readonly leave: (said: FromProcess, code: number) => void;
}

const MAIN = 0 as ThreadId;

export class InsideProcess {
  /** What main's worker begins with. */
  readonly attached: NonNullable<Attach["process"]>;
  readonly #parts: InsideParts;
  readonly #line: Line;
  #told: readonly [taken: number, given: number] | undefined;
  #pieces: Uint8Array[] = [];

  constructor(memory: RunMemory, heap: Heap, cores: number, parts: InsideParts) {
    this.#parts = parts;
    const { start, say } = parts;
    const at = createObject(memory, heap, process_, 1, 0, start.site);
    const down = createObject(memory, heap, channel, -1, 0, start.site);
    const up = createObject(memory, heap, channel, -1, 0, start.site);
    const link = (word: number, on: Address, endWord: number, side: number): void => {
      const end = heap.allocate(END_WORDS);
      const words = memory.fresh();
      linkEnd(words, on + ChannelWord.ENDS, end, side, MAIN);
      words[at + word] = on;
      words[at + endWord] = end;
    };
    link(ProcessWord.DOWN, down, ProcessWord.DOWN_SENDER, EndSide.SENDER);
    link(ProcessWord.DOWN, down, ProcessWord.DOWN_RECEIVER, EndSide.RECEIVER);
    link(ProcessWord.UP, up, ProcessWord.UP_SENDER, EndSide.SENDER);
    link(ProcessWord.UP, up, ProcessWord.UP_RECEIVER, EndSide.RECEIVER);
    const body = encodedBlock(memory, heap, start.body);
    const shared = encodedBlock(memory, heap, start.shared);
    const called = new Encoder(DATA_ONLY).encode(start.name, "name");
    const name = encodedBlock(memory, heap, called.words.subarray(0, called.length));
    const words = memory.fresh();
    words[at + ProcessWord.PID] = process.pid;
    words[at + ProcessWord.NAME] = name;
    this.attached = { at, body, shared };
    const agent = new OutsideAgent(memory, heap, cores);
    this.#line = new Line({ memory, heap, agent, at, isParent: false });
    const pipes = this.#line.pipes.opened(start.pipes);
    memory.words[RunWord.PROCESS] = at;
    const main = words[words[THREAD_TABLE] + SlotWord.OBJECT];
    const idOf = (object: number): number => memory.fresh()[object + Head.ID];
    say({
      type: "begun",
      objects: [idOf(words[RunWord.CONSOLE]), idOf(main), idOf(at), idOf(down), idOf(up)],
      pipes,
    });
  }

  /** Takes the trace's bytes; undefined: nothing is recorded. They are handed over with the round. */
  get trace(): ((bytes: Uint8Array) => void) | undefined {
    return this.#parts.start.traced ? (bytes) => void this.#pieces.push(bytes) : undefined;
  }

  /** Once a round, when what was recorded has been collected: a message comes before the record of its sending. */
  look(): void {
    const { say } = this.#parts;
    const parcel = this.#line.take();
    if (parcel !== undefined) say({ type: "parcel", parcel });
    for (const bytes of this.#pieces) say({ type: "trace", bytes });
    this.#pieces = [];
  }

  hear({ parcel }: ToProcess): void {
    this.#told = undefined;
    const pipes = this.#line.give(parcel);
    if (pipes.length > 0) this.#parts.say({ type: "piped", pipes });
  }

  lines(lines: readonly OutputLine[]): void {
    if (!this.#parts.start.traced) this.#parts.say({ type: "lines", lines });
  }

  /** Whether nothing moves here is told once, with what it stands on. */
  rest(nothingMoves: boolean): void {
    if (!nothingMoves) return;
    const { taken, given } = this.#line;
    if (this.#told?.[0] === taken && this.#told[1] === given) return;
    this.#told = [taken, given];
    this.#parts.say({ type: "idle", taken, given });
  }

  /** All is written: hands over the last of it, and ends this process of the system. */
  over(ending: Ending, panicked: boolean, findings: readonly Finding[]): void {
    this.look();
    const code = ending.kind === "exited" ? ending.code & 0xff : panicked ? 1 : 0;
    const failed = ending.kind === "finished" || ending.kind === "exited" ? code : 1;
    const told = findings.map((finding) =>
      finding.kind === "panic" ? this.#failed(finding) : finding,
    );
    this.#parts.leave({ type: "over", findings: told }, failed);
  }

  #failed({ message, ...finding }: Finding): Finding {
    const { name } = this.#parts.start;
    const reason = message.replace(/^.*? panicked/, "");
    const values = { process: name, how: "exit code 1", reason };
    return {
      ...finding,
      ...tell(PROCESS_MESSAGES.failed, values),
      kind: "failed-process",
      severity: "warning",
    };
  }
}
