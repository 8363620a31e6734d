/**
 * Small programs with a process, for exploring to be held against brute force: two threads and a process make a few operations
 * each on memory that they should not have in common, so that it shows how far the process came before it was ended.
 */
import fc from "fast-check";
import type { Address } from "../../src/base/brand.ts";
import type { Model } from "../../src/engine/model/model.ts";
import { atomic, AtomicOperation } from "../../src/objects/atomic.ts";
import { channel, ChannelOperation, ChannelWord } from "../../src/objects/channel.ts";
import { unlinkEnd } from "../../src/objects/ends.ts";
import { ProcessOperation, ProcessOutcome, ProcessWord } from "../../src/objects/process.ts";
import { NODE_WORDS } from "../../src/objects/waiters.ts";
import { crossing } from "../../src/std/handle.ts";
import { disown } from "../../src/std/ownership.ts";
import { createProcess, Port } from "../../src/std/process.ts";
import { type Body, engine, may, modelOf, perform, yieldNow } from "../engine/model/by-hand.ts";

export type ProcessDeed = "add 0" | "add 1" | "load 0" | "send" | "tryRecv" | "recv" | "yield";
export type Ending = "waits" | "kills";

export interface SmallProcesses {
  readonly parent: readonly ProcessDeed[];
  /** What the parent does when it has done so; then it goes on with `after`. */
  readonly ending: Ending;
  readonly after: readonly ProcessDeed[];
  readonly child: readonly ProcessDeed[];
  /** Whether the process exits when it has done its deeds, while a thread of its own is at work. */
  readonly exits: boolean;
  readonly other: readonly ProcessDeed[];
}

const READY: readonly ProcessDeed[] = ["add 0", "add 1", "load 0", "send", "tryRecv", "yield"];
const deeds = (most: number, among = READY): fc.Arbitrary<ProcessDeed[]> =>
  fc.array(fc.constantFrom(...among), { maxLength: most });

export const SMALL_PROCESSES: fc.Arbitrary<SmallProcesses> = fc.record({
  parent: deeds(1, [...READY, "recv"]),
  ending: fc.constantFrom<Ending>("waits", "kills", "kills"),
  after: deeds(1),
  // It waits for nothing that others than itself and its parent could bring: no real one can.
  child: deeds(3),
  exits: fc.boolean(),
  other: deeds(2, [...READY, "recv"]),
});

const WITHIN = 7;

/** A model of the program, and what its threads saw in the run that was made last. */
export function modelOfProcesses(program: SmallProcesses): {
  readonly model: Model;
  readonly told: () => string;
} {
  let atomics: Address[] = [];
  let line = 0 as Address;
  let seen: number[][] = [];
  const model: Model = modelOf({
    main: () => {
      atomics = [engine.create(atomic, 0), engine.create(atomic, 0)];
      line = engine.create(channel, -1);
      seen = [[], [], [], []];
    },
    threads: { parent, other: () => doing(program.other, 1) },
  });
  return { model, told: () => JSON.stringify(seen) };

  /** The same literal for all three, as what runs in a process is a literal of the program's. */
  function* parent(given?: unknown): Body {
    if (given instanceof Port) return yield* child(given);
    if (given === WITHIN) return yield* doing(["add 1"], 3);
    const at = createProcess();
    const shared = engine.encode([], "");
    yield* may<unknown>(engine.startProcess(at, engine.encode(body(), ""), shared, "child"));
    yield* doing(program.parent, 0);
    const how = program.ending === "kills" ? ProcessOperation.KILL : ProcessOperation.WAIT;
    seen[0].push(yield* perform(at, how));
    yield* doing(program.after, 0);
    return undefined;
  }

  function* child(port: Port<unknown, unknown>): Body {
    const { process } = letGo(port);
    if (program.exits) {
      yield* may<unknown>(engine.start(body(), "within", WITHIN));
    }
    yield* doing(program.child, 2);
    if (program.exits) {
      const { EXITED } = ProcessOutcome;
      yield* perform(process, ProcessOperation.END, EXITED, 3);
      model.inside.machine.stop(model.inside.machine.current!);
      yield 0;
    }
    return undefined;
  }

  /** Main alone has run the module, which declares the threads; others make their bodies by number. */
  function body(): () => unknown {
    return model.inside.engine.context.modules.makeFunction(0, 0, []) as () => unknown;
  }

  /** Without operations: what is left of the process is its own deeds. */
  function letGo(port: Port<unknown, unknown>): { readonly process: Address } {
    disown(port);
    const process = port[crossing].object;
    const { words } = engine;
    for (const [channelWord, endWord] of [
      [ProcessWord.UP, ProcessWord.UP_SENDER],
      [ProcessWord.DOWN, ProcessWord.DOWN_RECEIVER],
    ] as const) {
      const at = words[process + channelWord];
      unlinkEnd(words, at + ChannelWord.ENDS, words[process + endWord] as Address);
    }
    return { process };
  }

  function* doing(what: readonly ProcessDeed[], who: number): Body {
    for (const deed of what) {
      const result = yield* one(deed, who);
      if (typeof result === "number") seen[who].push(result);
    }
    return undefined;
  }

  function* one(deed: ProcessDeed, who: number): Body {
    switch (deed) {
      case "add 0":
      case "add 1":
        return yield* perform(atomics[deed === "add 0" ? 0 : 1], AtomicOperation.ADD, 1);
      case "load 0":
        return yield* perform(atomics[0], AtomicOperation.LOAD);
      case "send": {
        const block = engine.allocate(NODE_WORDS + 1);
        engine.words[block + NODE_WORDS] = who + 1;
        return yield* perform(line, ChannelOperation.SEND, block);
      }
      case "recv":
      case "tryRecv": {
        const { RECEIVE, TRY_RECEIVE } = ChannelOperation;
        const came = yield* perform(line, deed === "recv" ? RECEIVE : TRY_RECEIVE, engine.node);
        return came > 0 ? 100 + engine.words[came + NODE_WORDS] : came;
      }
      case "yield":
        return yield* yieldNow();
    }
  }
}
