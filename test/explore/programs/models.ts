/** Tasks, choices, and execution models. */
import type { ExpectedProgram } from "./expected.ts";

export const MODELS: Readonly<Record<string, ExpectedProgram>> = {
  "each choice is made once": {
    text: `console.log(std.choose(2), std.choose(3));`,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["0 0", "0 1", "0 2", "1 0", "1 1", "1 2"],
    executions: 6,
  },
  "nobody is interrupted under a cooperative model": {
    text: `// @threadloom model=cooperative
      import * as std from "threadloom:std";
      const n = new std.AtomicI32(0);
      const threads = [1, 2].map(() => std.spawn(() => { n.store(n.load() + 1); }));
      for (const thread of threads) thread.join();
      console.log(n.load());
    `,
    verdict: "ok",
    outputs: ["2"],
  },
  "an update is lost under a cooperative model where somebody yields": {
    text: `// @threadloom model=cooperative
      import * as std from "threadloom:std";
      const n = new std.AtomicI32(0);
      const threads = [1, 2].map(() => std.spawn(() => { const seen = n.load(); std.yieldNow(); n.store(seen + 1); }));
      for (const thread of threads) thread.join();
      std.assert(n.load() === 2);
    `,
    verdict: "assertion",
  },
  "tasks of one thread lose an update over an await": {
    text: `
      let n = 0;
      const add = async () => { const seen = n; await undefined; n = seen + 1; };
      await Promise.all([add(), add()]);
      std.assert(n === 2);
    `,
    verdict: "assertion",
    executions: 1,
  },
  "tasks whose timers end in any order": {
    text: `
      const [tx, rx] = std.channel<string>();
      const after = (name: string, ms: number, to: typeof tx) =>
        std.spawn(async () => { await new Promise((go) => setTimeout(go, ms)); to.send(name); });
      after("late", 50, tx.clone());
      after("soon", 1, tx.clone());
      tx.drop();
      console.log([...rx].join(" "));
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["late soon", "soon late"],
  },
  "threads by turns under a cooperative model": {
    text: `// @threadloom model=cooperative
    import * as std from "threadloom:std";
    for (const name of ["a", "b"]) std.spawn(() => { console.log(name + 1); std.yieldNow(); console.log(name + 2); });
  `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
  },
};
