/** What threads do to plain shared variables and to atomics. */
import type { ExpectedProgram } from "./expected.ts";

export const MEMORY: Readonly<Record<string, ExpectedProgram>> = {
  "an update is lost": {
    text: `
      /** @shared */ let counter = 0;
      /** @thread */ function alice() { counter++; }
      /** @thread */ function bob() { counter++; }
      // @final counter === 2
    `,
    verdict: "assertion",
    findings: ["assertion", "race"],
  },
  "a race alone does not stop the search": {
    text: `
      /** @shared */ let counter = 0;
      /** @thread */ function alice() { counter++; }
      /** @thread */ function bob() { counter++; }
    `,
    verdict: "race",
  },
  "an invariant does not hold between two writes": {
    text: `
      /** @shared */ let a = 0;
      /** @shared */ let b = 0;
      /** @thread */ function both() { a = 1; b = 1; }
      // @invariant a === b
    `,
    verdict: "assertion",
    executions: 1,
  },
  "an invariant is broken in one order alone": {
    text: `
      /** @shared */ let a = 0;
      /** @shared */ let b = 0;
      /** @thread */ function one() { a = 1; a = 0; }
      /** @thread */ function other() { b = 1; b = 0; }
      // @invariant a + b < 2
    `,
    verdict: "assertion",
  },
  "threads that never meet": {
    text: `for (let i = 0; i < 2; i++) std.spawn(() => i);`,
    verdict: "ok",
    findings: ["nothing-concurrent"],
    executions: 1,
  },
  "lines of two threads stand in any order": {
    text: `for (const name of ["a", "b"]) std.spawn(() => { console.log(name); });`,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["a\nb", "b\na"],
    executions: 2,
  },
  "lines of two threads, each thread's for itself": {
    text: `for (const name of ["a", "b"]) std.spawn(() => { console.log(name); });`,
    verdict: "ok",
    findings: ["nothing-concurrent"],
    executions: 1,
    options: { perThreadOutput: true },
  },
  "store buffering, in sequential order": {
    text: `
    const x = new std.AtomicI32(0);
    const y = new std.AtomicI32(0);
    const one = std.spawn(() => { x.store(1); return y.load(); });
    const other = std.spawn(() => { y.store(1); return x.load(); });
    console.log(one.join(), other.join());
  `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["0 1", "1 0", "1 1"],
    executions: 3,
  },
  "independent reads of independent writes": {
    text: `
    const x = new std.AtomicI32(0);
    const y = new std.AtomicI32(0);
    std.spawn(() => { x.store(1); });
    std.spawn(() => { y.store(1); });
    const one = std.spawn(() => [x.load(), y.load()]);
    const other = std.spawn(() => [y.load(), x.load()]);
    const seen = [...one.join(), ...other.join()].join("");
    std.assert(seen !== "1010");
  `,
    verdict: "ok",
    executions: 15,
  },
  "three additions to one atomic": {
    text: `
    const n = new std.AtomicI32(0);
    for (let i = 0; i < 3; i++) std.spawn(() => { n.fetchAdd(1); });
  `,
    verdict: "ok",
    executions: 6,
  },
  "fields of one object are cells of their own": {
    text: `
    /** @shared */ const pair = { a: 0, b: 0 };
    /** @thread */ function one() { pair.a++; }
    /** @thread */ function other() { pair.b++; }
    // @final pair.a + pair.b === 2
  `,
    verdict: "ok",
    findings: ["nothing-concurrent"],
    executions: 1,
  },
  "two who push to one array": {
    text: `
    /** @shared */ const list: number[] = [];
    /** @thread */ function one() { list.push(1); }
    /** @thread */ function other() { list.push(2); }
    // @final list.length === 2
  `,
    verdict: "assertion",
    findings: ["assertion", "race"],
  },
  "what an atomic flag publishes is no race": {
    text: `
    const ready = new std.AtomicBool(false);
    /** @shared */ let data = 0;
    /** @thread */ function writer() { data = 42; ready.store(true); }
    /** @thread */ function reader() { if (ready.load()) std.assert(data === 42); }
  `,
    verdict: "ok",
    executions: 2,
  },
  "what is published too soon": {
    text: `
    const ready = new std.AtomicBool(false);
    /** @shared */ let data = 0;
    /** @thread */ function writer() { ready.store(true); data = 42; }
    /** @thread */ function reader() { if (ready.load()) std.assert(data === 42); }
  `,
    verdict: "assertion",
    findings: ["assertion", "race"],
  },
  "main reads what a thread wrote that it has joined": {
    text: `
    /** @shared */ let data = 0;
    std.spawn(() => { data = 42; }).join();
    std.assert(data === 42);
  `,
    verdict: "ok",
    executions: 1,
  },
};
