/** Structures without locks, of references that are exchanged; what each thread has of its own. */
import type { ExpectedProgram } from "./expected.ts";

/** A stack whose head is one reference. */
const STACK = `
      type Node = { readonly value: number; readonly next: Node | null };
      const head = new std.AtomicRef<Node | null>(null);
      const pop = () => {
        for (;;) {
          const top = head.load();
          if (top === null) return 0;
          if (head.compareExchange(top, top.next) === top) return top.value;
        }
      };
      const sum = () => { let all = 0; for (let at = head.load(); at !== null; at = at.next) all += at.value; return all; };
`;
const PUSH = `
      const push = (value: number) => {
        for (;;) {
          const next = head.load();
          if (head.compareExchange(next, { value, next }) === next) return;
        }
      };
`;

export const REFERENCES: Readonly<Record<string, ExpectedProgram>> = {
  "two who push onto a stack without a lock": {
    text: `${STACK}${PUSH}
      const other = std.spawn(() => push(1));
      push(2);
      other.join();
      std.assert(sum() === 3);
    `,
    verdict: "ok",
  },
  "one pushes, one pops": {
    text: `${STACK}${PUSH}
      push(1);
      const other = std.spawn(() => push(2));
      const taken = pop();
      other.join();
      std.assert(taken + sum() === 3);
      console.log(taken);
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["1", "2"],
  },
  "a push that stores without looking loses what came between": {
    text: `${STACK}
      const push = (value: number) => { head.store({ value, next: head.load() }); };
      const other = std.spawn(() => push(1));
      push(2);
      other.join();
      std.assert(sum() === 3);
    `,
    verdict: "assertion",
  },
  "a pop that stores without looking takes what another took": {
    text: `${STACK}${PUSH}
      push(1);
      const take = () => { const top = head.load(); if (top === null) return 0; head.store(top.next); return top.value; };
      const other = std.spawn(take);
      const mine = take();
      std.assert(other.join() + mine === 1);
    `,
    verdict: "assertion",
  },
  "what a reference publishes is no race": {
    text: `
      /** @shared */ let data = 0;
      const ready = new std.AtomicRef<{ by: string } | null>(null);
      /** @thread */ function writer() { data = 42; ready.store({ by: "writer" }); }
      /** @thread */ function reader() { if (ready.load()?.by === "writer") std.assert(data === 42); }
    `,
    verdict: "ok",
    executions: 2,
  },
  "two who look at a reference, one of whom expects another value": {
    text: `
      const ref = new std.AtomicRef("a");
      /** @thread */ function one() { ref.load(); }
      /** @thread */ function other() { std.assert(ref.compareExchange("b", "c") === "a"); }
    `,
    verdict: "ok",
    executions: 1,
  },
  "an object that was taken off and put back is the same one": {
    text: `
      type Node = { readonly name: string };
      const ref = new std.AtomicRef<Node>({ name: "A" });
      const first = ref.load();
      std.spawn(() => { const a = ref.swap({ name: "B" }); ref.store(a); });
      const was = ref.compareExchange(first, { name: "C" });
      console.log(was === first);
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["false", "true"],
  },
};
