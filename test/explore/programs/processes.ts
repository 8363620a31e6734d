/** Processes: what they share, which is nothing, and who waits for whom across them. */
import type { ExpectedProgram } from "./expected.ts";

export const PROCESSES: Readonly<Record<string, ExpectedProgram>> = {
  "two processes that each wait for the other's message": {
    text: `
      const child = std.Process.spawn<string, string>((parent) => { parent.recv(); parent.send("pong"); });
      child.recv();
      child.send("ping");
    `,
    verdict: "deadlock",
    findings: ["deadlock"],
  },

  "a variable is two variables, one in each process": {
    text: `
      /** @shared */ let count = 0;
      const add = () => { count++; return count; };
      const child = std.Process.spawn<number, number>((parent) => parent.send(add()));
      add();
      console.log(child.recv(), count, child.wait().code);
    `,
    verdict: "ok",
    outputs: ["1 1 0"],
  },

  "a process is killed before, between and after what it does": {
    text: `
      const child = std.Process.spawn<number>((parent) => { parent.send(1); parent.send(2); });
      child.kill();
      let got = 0;
      for (;;) { const m = child.tryRecv(); if (m.kind !== "value") break; got += m.value; }
      console.log(got, child.wait().signal);
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["0 SIGKILL", "1 SIGKILL", "3 SIGKILL", "3 null"],
  },

  "threads of one process share what is theirs": {
    text: `
      /** @shared */ let count = 0;
      const child = std.Process.spawn<number>((parent) => {
        const adding = std.spawn(() => { count++; });
        count++;
        adding.join();
        parent.send(count);
      });
      console.log(child.recv());
      child.wait();
    `,
    verdict: "race",
    findings: ["race", "nondeterministic-output"],
  },

  "a process that nobody waits for is warned of, in whatever order it ends": {
    text: `
      const child = std.Process.spawn<number, number>((parent) => { parent.send(parent.recv() + 1); });
      child.send(1);
      console.log(child.recv());
    `,
    verdict: "ok",
    findings: ["leaked-process"],
    outputs: ["2"],
  },

  "a process that fails before it answers takes down only who does not look": {
    text: `
      const child = std.Process.spawn<number, number>((parent) => {
        if (parent.recv() > 1) throw new RangeError("too much");
        parent.send(1);
      });
      child.send(2);
      const answer = child.tryRecv();
      console.log(child.wait().code, answer.kind === "value");
    `,
    verdict: "ok",
    findings: ["failed-process"],
    outputs: ["1 false"],
  },

  "three processes of which each waits for the next": {
    text: `
      const first = std.Process.spawn<number, number>((parent) => {
        const second = std.Process.spawn<number, number>((up) => { up.send(up.recv()); });
        parent.send(second.recv());
        second.send(1);
      });
      first.recv();
      first.wait();
    `,
    verdict: "deadlock",
    findings: ["deadlock"],
  },
};
