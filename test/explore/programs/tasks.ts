/** Tasks, futures, runtimes and actors: what awaits another thread is a select, and so explored as one. */
import type { ExpectedProgram } from "./expected.ts";

const IMPORTS = `import * as std from "threadloom:std";
      import { channel, join, Mutex, Notify, Runtime, select, sleep, spawn, spawnBlocking, timeout, yieldNow } from "threadloom:async";
      import { actor, type Context } from "threadloom:actors";
`;

export const TASKS: Readonly<Record<string, ExpectedProgram>> = {
  "an update lost between two awaits of one thread": {
    text: `${IMPORTS}
      let total = 0;
      const add = async () => { const seen = total; await sleep(1); total = seen + 1; };
      await join(add(), add());
      std.assert(total === 2);
    `,
    verdict: "assertion",
  },
  "two threads whose tasks share an async mutex": {
    text: `${IMPORTS}
      const total = new Mutex(0);
      const threads = [1, 2].map(() => std.spawn(async () => {
        using guard = await total.lock();
        const seen = guard.value;
        await yieldNow();
        guard.value = seen + 1;
      }));
      for (const thread of threads) thread.join();
      using guard = await total.lock();
      std.assert(guard.value === 2);
    `,
    verdict: "ok",
  },
  "two async mutexes taken in opposite order by tasks of two threads": {
    text: `${IMPORTS}
      const [a, b] = [new Mutex(), new Mutex()];
      const thread = std.spawn(async () => { using one = await b.lock(); using two = await a.lock(); });
      { using one = await a.lock(); using two = await b.lock(); }
      thread.join();
    `,
    verdict: "deadlock",
    findings: ["deadlock", "lock-order"],
  },
  "whichever comes first of a message and a timer": {
    text: `${IMPORTS}
      const [tx, rx] = channel<string>();
      const thread = std.spawn(async () => { await tx.send("message"); });
      const late = async () => { await sleep(5); return "timer"; };
      const { value } = await select<string | undefined>(rx.recv(), late());
      console.log(value);
      thread.join();
    `,
    verdict: "ok",
    findings: ["nondeterministic-output", "send-to-nobody"],
    outputs: ["message", "timer"],
  },
  "a notification that nobody misses, and a flag that is read too early": {
    text: `${IMPORTS}
      const bell = new Notify();
      const flag = new std.AtomicBool(false);
      const thread = std.spawn(() => { bell.notifyOne(); flag.store(true); });
      await bell.notified();
      console.log(flag.load());
      thread.join();
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["true", "false"],
  },
  "a race of tasks that run on two threads of a runtime": {
    text: `${IMPORTS}
      /** @shared */ let total = 0;
      using runtime = new Runtime({ threads: 2 });
      const add = async () => { total++; };
      runtime.blockOn(join(runtime.spawn(add), runtime.spawn(add)));
    `,
    verdict: "race",
    options: { maxSeconds: 60 },
  },
  "a job that blocks beside a task": {
    text: `${IMPORTS}
      const flag = new std.AtomicI32(0);
      const [seen] = await join(spawnBlocking(() => flag.load()), (async () => { flag.store(1); })());
      console.log(seen);
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["0", "1"],
  },
  "a time-out that cancels a task while it holds a lock": {
    text: `${IMPORTS}
      const lock = new Mutex(0);
      const hold = async () => { using guard = await lock.lock(); guard.value++; await sleep(100); };
      await timeout(1, hold()).then(() => {}, () => {});
      using guard = await lock.lock();
      std.assert(guard.value <= 1);
    `,
    verdict: "ok",
    findings: ["nothing-concurrent"],
  },
  "two who tell one actor": {
    text: `${IMPORTS}
      const log = actor({ state: () => "", receive: (all: string, word: string, context: Context<string>) => {
        if (word === "?") context.reply(all);
        return all + word;
      } });
      const thread = std.spawn(() => log.tell("a"));
      log.tell("b");
      thread.join();
      console.log(log.ask("?"));
      log.stop();
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["ab", "ba"],
  },
  "two actors that ask each other": {
    text: `${IMPORTS}
      type Other = { tell(message: unknown): void; ask(message: unknown): unknown };
      const make = () => actor({ state: () => undefined as Other | undefined, receive(other: Other | undefined, message: any, context: Context<any>) {
        if (message.other !== undefined) return message.other;
        if (message.ask) { other!.ask({ ask: false }); return other; }
        context.reply("pong");
        return other;
      } });
      const [a, b] = [make(), make()];
      a.tell({ other: b });
      b.tell({ other: a });
      a.tell({ ask: true });
      b.tell({ ask: true });
      a.stop(); b.stop();
      a.join(); b.join();
    `,
    verdict: "deadlock",
  },
  "an actor that nobody stops": {
    text: `${IMPORTS}
      const idle = actor({ state: () => 0, receive: () => {} });
      idle.tell(1);
    `,
    verdict: "leak",
    findings: ["leak", "never-closed"],
  },
  "a task that awaits with a lock in its hand, and another of its thread that wants it": {
    text: `
      import { Mutex, spawn } from "threadloom:std";
      import { sleep } from "threadloom:async";
      const lock = new Mutex(0);
      spawn(async () => {
        const hold = async () => { using guard = lock.lock(); await sleep(1); };
        const take = async () => { using guard = lock.lock(); };
        await Promise.all([hold(), take()]);
      });
    `,
    verdict: "deadlock",
    findings: ["await-under-lock", "deadlock"],
  },
  "a task that awaits with a lock for tasks in its hand": {
    text: `
      import { spawn } from "threadloom:std";
      import { Mutex, sleep } from "threadloom:async";
      const lock = new Mutex(0);
      spawn(async () => {
        const hold = async () => { using guard = await lock.lock(); await sleep(1); };
        await Promise.all([hold(), hold()]);
      });
    `,
    verdict: "ok",
    findings: ["nothing-concurrent"],
  },
};
