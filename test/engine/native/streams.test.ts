/** `Stream` of `threadloom:async`, on real threads and on the model. */
import { test } from "node:test";
import { Programs } from "./fixture.ts";

const programs = new Programs();
const prints = (text: string, expected: readonly string[]): Promise<void> =>
  programs.prints(
    `// @threadloom
     import "threadloom:std";
     import { sleep, Stream } from "threadloom:async";
     ${text}`,
    expected,
  );

test("a stream makes a value when it is asked for one: whoever is slow holds up the source", () =>
  prints(
    `const made: number[] = [];
     function* numbers() { for (let i = 0; ; i++) { made.push(i); yield i; } }
     for await (const n of Stream.from(numbers()).map((n) => n * 2)) { if (n === 4) break; }
     console.log(made.join());
     void sleep;`,
    ["0,1,2"],
  ));

test("map, filter, take and collect, with functions that await or do not", () =>
  prints(
    `const values = Stream.from([1, 2, 3, 4, 5, 6])
       .map(async (n) => { await sleep(1); return n * n; })
       .filter(async (n) => { await sleep(1); return n % 2 === 0; })
       .filter((n) => n > 4)
       .take(2);
     console.log((await values.collect()).join());
     console.log((await Stream.from([]).collect()).length, (await Stream.from([1]).take(0).collect()).length);`,
    ["16,36", "0 0"],
  ));

test("buffer has so many under way at once, and keeps their order", () =>
  prints(
    `let under = 0, most = 0;
     const slow = (time: number) => async (n: number) => { most = Math.max(most, ++under); await sleep(n === 1 ? 9 : time); under--; return n; };
     console.log((await Stream.from([1, 2, 3, 4, 5]).map(slow(2)).buffer(3).collect()).join(), most);
     most = 0;
     console.log((await Stream.from([1, 2, 3]).map(slow(2)).collect()).join(), most);`,
    ["1,2,3,4,5 3", "1,2,3 1"],
  ));

test("throttle leaves time between two values, interval counts, merge takes what comes first", () =>
  prints(
    `const log: string[] = [];
     const ticking = (async () => { for (let i = 0; i < 8; i++) { await sleep(3); log.push("t"); } })();
     for await (const _ of Stream.from([1, 2, 3]).throttle(10)) log.push("v");
     await ticking;
     console.log(log.join("").slice(0, 9));
     console.log((await Stream.interval(2).take(3).collect()).join());
     const late = Stream.from(["x", "y"]).map(async (s) => { await sleep(20); return s; });
     console.log((await Stream.from<unknown>(["a", "b"]).merge(late).collect()).join());`,
    ["vtttvtttv", "0,1,2", "a,b,x,y"],
  ));

test("what a source or a function throws comes to whoever asks; leaving a loop closes the source", () =>
  prints(
    `async function* source() { try { yield 1; yield 2; } finally { console.log("closed"); } }
     try { await Stream.from(source()).map((n) => { if (n === 2) throw new Error("two"); return n; }).collect(); }
     catch (error: any) { console.log(error.message); }
     for await (const n of Stream.from(source())) { console.log(n); break; }
     try { Stream.from([1]).buffer(0); } catch (error: any) { console.log(error.name); }`,
    ["two", "1", "closed", "RangeError"],
  ));
