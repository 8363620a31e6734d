/** Channels of every kind, and `select`. */
import type { ExpectedProgram } from "./expected.ts";

export const MESSAGES: Readonly<Record<string, ExpectedProgram>> = {
  ...Object.fromEntries(
    (["a receive", "a select"] as const).map((how): [string, ExpectedProgram] => [
      `two workers who take orders by ${how}, as many as they come to`,
      {
        text: `
          const [tx, rx] = std.channel<any>();
          const next = (rx: any) => ${how === "a receive" ? "rx.recv()" : "std.select([rx.case((m: any) => m.value)])"};
          const work = (rx: any) => { for (;;) { const m: any = next(rx); if (m === "stop") return; m.send(std.current().name); } };
          const rx2 = rx.clone();
          const [a, b] = [std.spawn(() => work(rx)), std.spawn(() => work(rx2))];
          const [r1, w1] = std.oneshot<string>(), [r2, w2] = std.oneshot<string>();
          tx.send(r1); tx.send(r2);
          console.log(w1.recv(), w2.recv());
          tx.send("stop"); tx.send("stop");
          a.join(); b.join();
        `,
        verdict: "ok",
        findings: ["nondeterministic-output"],
        outputs: [
          "worker-1 worker-1",
          "worker-1 worker-2",
          "worker-2 worker-1",
          "worker-2 worker-2",
        ],
        executions: 24,
      },
    ]),
  ),

  "messages of two senders come in any order, and the end after them": {
    text: `
      const [tx, rx] = std.channel<string>();
      for (const name of ["a", "b"]) { const mine = tx.clone(); std.spawn(() => { mine.send(name); }); }
      tx.drop();
      console.log([...rx].join(""));
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["ab", "ba"],
    executions: 2,
  },
  "a channel that is never closed": {
    text: `
      const [tx, rx] = std.channel<number>();
      const reader = std.spawn(() => { for (const message of rx) console.log(message); });
      tx.send(1);
    `,
    verdict: "leak",
    findings: ["leak", "never-closed"],
  },
  "a channel that is never closed, and main waits for the reader": {
    text: `
      const [tx, rx] = std.channel<number>();
      const reader = std.spawn(() => { for (const message of rx) console.log(message); });
      tx.send(1);
      reader.join();
    `,
    verdict: "deadlock",
    findings: ["deadlock", "never-closed"],
  },
  "two who hand over to each other, both giving first": {
    text: `
      const [there, here] = std.syncChannel<number>(0);
      const [back, home] = std.syncChannel<number>(0);
      const one = std.spawn(() => { there.send(1); home.recv(); });
      const other = std.spawn(() => { back.send(1); here.recv(); });
      one.join();
      other.join();
    `,
    verdict: "deadlock",
    executions: 1,
  },
  "two who hand over to each other, one taking first": {
    text: `
      const [there, here] = std.syncChannel<number>(0);
      const [back, home] = std.syncChannel<number>(0);
      const one = std.spawn(() => { there.send(1); return home.recv(); });
      const other = std.spawn(() => { const got = here.recv(); back.send(got + 1); });
      console.log(one.join());
    `,
    verdict: "ok",
    outputs: ["2"],
  },
  "a buffer of one keeps the order": {
    text: `
      const [tx, rx] = std.syncChannel<number>(1);
      std.spawn(() => { for (let i = 0; i < 3; i++) tx.send(i); });
      console.log([...rx].join(" "));
    `,
    verdict: "ok",
    outputs: ["0 1 2"],
  },
  "a select takes any case that is ready": {
    text: `
      const [a, fromA] = std.channel<string>();
      const [b, fromB] = std.channel<string>();
      std.spawn(() => { a.send("a"); });
      std.spawn(() => { b.send("b"); });
      const got = (m: { kind: string; value?: string }) => m.value ?? m.kind;
      console.log(std.select([fromA.case((m) => got(m as never)), fromB.case((m) => got(m as never))]));
    `,
    verdict: "ok",
    findings: ["nondeterministic-output", "send-to-nobody"],
    outputs: ["a", "b"],
  },
  "a message that is waited for with patience": {
    text: `
    const [tx, rx] = std.channel<number>();
    std.spawn(() => { tx.send(1); });
    console.log(rx.recvFor(10).kind);
  `,
    verdict: "ok",
    findings: ["nondeterministic-output", "send-to-nobody"],
    outputs: ["value", "empty"],
  },
  "two receivers share what is sent": {
    text: `
    const [tx, rx] = std.channel<number>();
    const readers = [rx.clone(), rx].map((mine) => std.spawn(() => [...mine].length));
    tx.send(1);
    tx.send(2);
    tx.drop();
    const [one, other] = readers.map((reader) => reader.join());
    std.assert(one + other === 2);
    console.log(one);
  `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["0", "1", "2"],
  },
  "a sender that is dropped without a word": {
    text: `
    const [tx, rx] = std.oneshot<number>();
    std.spawn(() => { tx.drop(); });
    try { rx.recv(); } catch (error) { console.log((error as Error).name); }
  `,
    verdict: "ok",
    outputs: ["ChannelClosedError"],
  },
  "whoever watches sees the newest": {
    text: `
    const [tx, rx] = std.watch(0);
    std.spawn(() => { tx.send(1); tx.send(2); });
    const seen: number[] = [];
    try { for (;;) seen.push(rx.changed()); } catch { console.log(seen.join(" ")); }
  `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["1 2", "2"],
  },
  "every subscriber hears everything": {
    text: `
    const news = std.broadcast<number>(4);
    const readers = [1, 2].map(() => { const mine = news.subscribe(); return std.spawn(() => [...mine].join("")); });
    news.send(1);
    news.send(2);
    news.drop();
    console.log(readers.map((reader) => reader.join()).join(" "));
  `,
    verdict: "ok",
    outputs: ["12 12"],
  },
  "a message to somebody who may be gone": {
    text: `
    const [tx, rx] = std.channel<number>();
    std.spawn(() => { rx.drop(); });
    try { tx.send(1); console.log("sent"); } catch (error) { console.log((error as Error).name); }
  `,
    verdict: "ok",
    findings: ["nondeterministic-output", "send-to-nobody"],
    outputs: ["sent", "ChannelClosedError"],
  },
  "a select whose patience may end": {
    text: `
    const [tx, rx] = std.channel<string>();
    std.spawn(() => { tx.send("message"); });
    console.log(std.select([rx.case(() => "message"), std.timeout(10, () => "bored")]));
  `,
    verdict: "ok",
    findings: ["nondeterministic-output", "send-to-nobody"],
    outputs: ["message", "bored"],
  },
  "a select that does not wait": {
    text: `
    const [tx, rx] = std.channel<string>();
    std.spawn(() => { tx.send("message"); });
    console.log(std.select([rx.case(() => "message"), std.otherwise(() => "nothing")]));
  `,
    verdict: "ok",
    findings: ["nondeterministic-output", "send-to-nobody"],
    outputs: ["message", "nothing"],
  },
  "a sender with patience gives up before the receiver comes": {
    text: `
      const [tx, rx] = std.syncChannel<number>(0);
      std.spawn(() => { tx.sendFor(1, 10); });
      try { rx.recv(); console.log("value"); } catch { console.log("closed"); }
    `,
    verdict: "ok",
    findings: ["nondeterministic-output"],
    outputs: ["closed", "value"],
  },
  "a channel with room for one, used as a lock: who takes the message makes room for who sends next":
    {
      text: `
      /** @shared */ let x = 0;
      const [tx, rx] = std.syncChannel<number>(1);
      const [tx2, rx2] = [tx.clone(), rx.clone()];
      const other = std.spawn(() => { tx2.send(1); x++; rx2.recv(); });
      tx.send(1); x++; rx.recv();
      other.join();
    `,
      verdict: "ok",
      findings: [],
    },
  "a channel with room for two is no lock": {
    text: `
      /** @shared */ let x = 0;
      const [tx, rx] = std.syncChannel<number>(2);
      const [tx2, rx2] = [tx.clone(), rx.clone()];
      const other = std.spawn(() => { tx2.send(1); x++; rx2.recv(); });
      tx.send(1); x++; rx.recv();
      other.join();
    `,
    verdict: "race",
  },
  "without room, whoever sends knows what the receiver did before": {
    text: `
      /** @shared */ let x = 0;
      const [tx, rx] = std.syncChannel<number>(0);
      const other = std.spawn(() => { x = 1; rx.recv(); });
      tx.send(1);
      console.log(x);
      other.join();
    `,
    verdict: "ok",
    findings: [],
    outputs: ["1"],
  },
  "a select takes a message from a sender who waits, with all that this one did": {
    text: `
      /** @shared */ let x = 0;
      const [tx, rx] = std.syncChannel<number>(0);
      const [idle, other] = std.syncChannel<number>(0);
      const taking = std.spawn(() => { std.select([rx.case(() => 0), other.case(() => 0)]); x = 2; });
      x = 1;
      tx.send(1);
      taking.join();
      idle.drop();
    `,
    verdict: "ok",
    findings: [],
  },
};
