/** `threadloom:actors`, on real threads and on the model. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const HEAD = `// @threadloom
  import * as std from "threadloom:std";
  import { actor, TimeoutError, type ActorRef, type Context } from "threadloom:actors";
  void [actor, TimeoutError, std];
  type Any = Context<any>;
`;
const prints = async (
  text: string,
  expected: readonly string[],
  ending?: string,
): Promise<void> => {
  const ran = await programs.printed(HEAD + text, expected);
  if (ending !== undefined) assert.equal(ran.ending.kind, ending);
};

test("an actor handles one message after another, whoever tells it", () =>
  prints(
    `const counter = actor({
       state: () => ({ n: 0 }),
       receive(state: { n: number }, message: "add" | "get", context: Any) {
         if (message === "add") state.n++;
         else context.reply(state.n);
       },
     }, { name: "counter" });
     const threads = [1, 2, 3].map(() => std.spawn(() => { for (let i = 0; i < 4; i++) counter.tell("add"); }));
     for (const thread of threads) thread.join();
     console.log(counter.ask<number>("get"), counter);
     counter.stop();
     counter.join();`,
    ["12 ActorRef(counter)"],
  ));

test("what receive answers is the next state; nothing, and it is the one it was", () =>
  prints(
    `const sum = actor({ state: () => 1, receive: (n: number, by: number, context: Any) => { context.reply(n); return by === 0 ? undefined : n + by; } });
     console.log(sum.ask(5), sum.ask(0), sum.ask(1), sum.ask(0));
     sum.stop();`,
    ["1 6 6 7"],
  ));

test("ask: in time, too late, without a reply, and of one that has stopped", () =>
  prints(
    `const slow = actor({ state: () => 0, receive: (_: number, time: number, context: Any) => { std.sleep(time); if (time > 0) context.reply("late"); } });
     console.log(slow.ask(1, 10_000));
     try { slow.ask(200, 5); } catch (error: any) { console.log(error.name, error instanceof TimeoutError); }
     try { slow.ask(0); } catch (error: any) { console.log(error.name, error.message.slice(-8)); }
     try { slow.ask(0, 5); } catch (error: any) { console.log(error.name); }
     slow.stop();
     slow.join();
     try { slow.ask(1, 5); } catch (error: any) { console.log(error.name); }
     try { slow.tell(1); } catch (error: any) { console.log(error.name); }
     slow.stop();`,
    [
      ...["late", "TimeoutError true", "ChannelClosedError [TL2300]"],
      "TimeoutError",
      ...["ChannelClosedError", "ChannelClosedError"],
    ],
  ));

test("tell blocks while the mailbox is full", () =>
  prints(
    `const gate = new std.Latch(1);
     const told = new std.AtomicI32(0);
     const busy = actor({ state: () => 0, receive: () => gate.wait(), mailbox: 1 });
     const teller = std.spawn(() => { for (let i = 0; i < 4; i++) { busy.tell(i); told.fetchAdd(1); } });
     std.sleep(30);
     console.log(told.load() < 4);
     gate.countDown();
     teller.join();
     console.log(told.load());
     busy.stop();`,
    ["true", "4"],
  ));

test("restart begins with a new state, stop ends it quietly, escalate is its thread's panic", () =>
  prints(
    `const behave = (onFailure: "restart" | "stop" | "escalate") => ({
       state: () => 10,
       receive(n: number, message: string, context: Any) {
         if (message === "fail") throw new RangeError("failed");
         context.reply(n);
         return n + 1;
       },
       onFailure,
     });
     const phoenix = actor(behave("restart"));
     console.log(phoenix.ask("get"), phoenix.ask("get"));
     phoenix.tell("fail");
     console.log(phoenix.ask("get"));
     phoenix.stop();
     const quiet = actor(behave("stop"));
     quiet.tell("fail");
     quiet.join();
     console.log("joined");
     const loud = actor(behave("escalate"));
     try { loud.ask("fail"); } catch (error: any) { console.log(error.name); }
     try { loud.join(); } catch (error: any) { console.log(error.name, error.cause.message); }`,
    ["10 11", "10", "joined", "ChannelClosedError", "PanicError failed"],
  ));

test("a child's failure is its parent's, and a parent that stops stops its children", () =>
  prints(
    `const child = {
       state: () => 0,
       receive: (_: number, message: string, context: Any) => { if (message === "die") throw new RangeError("child died"); context.reply("alive"); },
     };
     const parent = (onFailure: "restart" | "escalate") => actor({
       state: () => undefined as ActorRef<string> | undefined,
       receive(state: ActorRef<string> | undefined, message: string, context: Any) {
         const own = state ?? context.spawn(child);
         if (message === "child") context.reply(own);
         else own.tell(message);
         return own;
       },
       onFailure,
     });
     const strict = parent("escalate");
     strict.tell("die");
     try { strict.join(); } catch (error: any) { console.log(error.name, error.cause.message); }
     const lenient = parent("restart");
     const first = lenient.ask<ActorRef<string>>("child");
     console.log(first.ask("how"));
     first.tell("die");
     try { first.join(); } catch { console.log("gone"); }
     const second = lenient.ask<ActorRef<string>>("child");
     console.log(second.ask("how"));
     lenient.stop();
     lenient.join();
     try { second.ask("how"); } catch (error: any) { console.log(error.name); }`,
    ["PanicError child died", "alive", "gone", "alive", "ChannelClosedError"],
  ));

test("what is no behaviour is refused; what it captures crosses, or is refused by its path", () =>
  prints(
    `try { (actor as any)({ state: 1 }); } catch (error: any) { console.log(error.name, error.message.slice(-8)); }
     const promise = Promise.resolve(1);
     try { actor({ state: () => promise, receive: () => {} }); } catch (error: any) { console.log(error.name); }
     try { actor({ state: () => 0, receive: () => {}, mailbox: 0 }); } catch (error: any) { console.log(error.name); }`,
    ["TypeError [TL2301]", "NotSendError", "RangeError"],
    "finished",
  ));

test("an actor that nobody stops is a leak, and said so", async () => {
  const { ending, kinds } = await programs.run(
    `${HEAD} const idle = actor({ state: () => 0, receive: () => {} }); idle.tell(1);`,
  );
  assert.equal(ending.kind, "stuck");
  assert.ok(kinds.includes("leak") && !kinds.includes("deadlock"), kinds.join());
});
