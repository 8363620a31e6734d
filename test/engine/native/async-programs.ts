/**
 * Grows small asynchronous programs from a list of numbers: whatever the list, the program is one for Node as well, prints
 * each of its steps, and ends, be it by a rejection that nobody handles.
 */

const PRELUDE = `
const show = (v) => v instanceof AggregateError ? "many(" + v.errors.map(show) + ")"
  : v instanceof Error ? v.name + ":" + v.message
  : typeof v === "function" ? "function"
  : Array.isArray(v) ? "[" + v.map(show) + "]"
  : typeof v === "object" && v !== null ? "{" + Object.entries(v).map(([k, x]) => k + "=" + show(x)) + "}"
  : typeof v + " " + String(v);
const log = (...values) => console.log(values.map(show).join(" "));
// V8 goes its own ways where a step of Array.fromAsync is rejected (it asks the iterator to return), and where a generator in
// \`yield*\` is to return what is rejected (it goes on with the next value).
const calm = (one) => Promise.resolve(one).catch((error) => error);
const settled = (list) => list.map(calm);
const watch = (name, promise) => {
  promise.then((value) => log(name, "gave", value), (error) => log(name, "threw", error));
};
class Mine extends Promise {
  static made = 0;
  constructor(executor) { super(executor); Mine.made++; }
}
const thenable = (how, value) => ({
  then(resolve, reject) {
    log("then", how);
    if (how === "late") queueMicrotask(() => resolve(value));
    else if (how === "fails") reject(new Error("thenable " + value));
    else if (how === "throws") throw new Error("then " + value);
    else if (how === "twice") { resolve(value); resolve("again"); reject(new Error("never")); }
    else resolve(value);
  },
});
class Holder {
  #value = 7;
  constructor(name) { this.name = name; }
  async own(add = this.name.length) { const before = this.#value; await null; return before + add; }
}
class Heir extends Holder {
  async own(...all) { const give = async () => (await super.own(...all)) + arguments.length; return give(); }
}
`;

interface Place {
  readonly depth: number;
  /** Functions and generators of a lower number may be called. */
  readonly number: number;
  readonly awaits: boolean;
  readonly yields: boolean;
  readonly loops: boolean;
}

export function growAsyncProgram(numbers: readonly number[]): string {
  let next = 0;
  let names = 0;
  let timers = 0;
  /** Few, and such that no sum of some comes near another: only their order counts. */
  const delay = (): number | undefined => [30, 90, 200][timers++];
  const pick = (n: number): number => (numbers[next++] ?? 0) % n;
  const one = <T>(items: readonly T[]): T => items[pick(items.length)];
  const text = (): string => JSON.stringify(`s${++names}`);
  const deeper = (place: Place): Place => ({ ...place, depth: place.depth + 1 });
  const isSpent = (place: Place): boolean => next >= numbers.length || place.depth > 4;

  /** Code that runs when some time has passed; when there are enough timers, at once. */
  const timed = (code: string): string => {
    const after = delay();
    return after === undefined ? code : `setTimeout(() => { ${code} }, ${after});`;
  };

  /** Anything that can be awaited. */
  const value = (place: Place): string => {
    if (isSpent(place)) return `${pick(10)}`;
    const inner = deeper(place);
    const plain = { ...inner, awaits: false };
    switch (pick(18)) {
      case 0:
      case 1:
        return `Promise.resolve(${value(inner)})`;
      case 2:
        return `Promise.reject(new Error(${text()}))`;
      case 3:
        return `thenable(${one(['"soon"', '"late"', '"fails"', '"throws"', '"twice"'])}, ${pick(10)})`;
      case 4:
        return place.number > 0 ? `f${pick(place.number)}(${value(inner)})` : "null";
      case 5:
        return `(async (): Promise<any> => { ${statements(body(inner), 2)} })()`;
      case 6:
        return `Promise.${one(["all", "allSettled", "any", "race"])}([${list(inner)}])`;
      case 7:
        return `new Mine((resolve, reject) => { ${one(["resolve", "reject"])}(${pick(10)}); })`;
      case 8:
        return `Mine.resolve(${value(inner)}).then((x) => x)`;
      case 9:
        return `new Promise((resolve) => { ${timed(`resolve(${text()});`)} })`;
      case 10:
        return `Promise.resolve(${pick(10)}).finally(() => ${value(plain)})`;
      case 11:
        return `Promise.try((x) => ${one(["x", "{ throw x; }"])}, ${pick(10)})`;
      case 12:
        return `new ${one(["Holder", "Heir"])}("ab").own(${one(["", "undefined", "3", "3, 4"])})`;
      case 13:
        return `Array.fromAsync(settled([${list(inner)}]))`;
      case 14:
        return `(${value(inner)})?.then?.((x) => { log(${text()}, x); return ${value(plain)}; }, (x) => ${value(plain)})`;
      case 15:
        return place.awaits ? `(await ${value(inner)})` : "undefined";
      default:
        return `${pick(10)}`;
    }
  };
  const list = (place: Place): string =>
    Array.from({ length: pick(4) }, () => value(place)).join(", ");

  const body = (place: Place): Place => ({
    ...deeper(place),
    awaits: true,
    yields: false,
    loops: false,
  });

  const iterated = (place: Place): string => {
    const inner = deeper(place);
    if (place.number > 0 && pick(3) > 0) return `g${pick(place.number)}(${value(inner)})`;
    return one([`[${list(inner)}]`, `new Set([${list(inner)}])`]);
  };

  const statement = (place: Place): string => {
    if (isSpent(place)) return `log(${text()});`;
    const inner = deeper(place);
    const awaiting = place.awaits ? 20 : 8;
    switch (pick(awaiting)) {
      case 0:
        return `log(${text()});`;
      case 1:
        return `watch(${text()}, Promise.resolve(${value(inner)}));`;
      case 2:
        return `queueMicrotask(() => log(${text()}));`;
      case 3:
        return timed(`log(${text()}); queueMicrotask(() => log(${text()}));`);
      case 4: {
        const chained = one([
          "then((x) => x, (e) => e.message)",
          "catch((e) => e)",
          "finally(() => 1)",
        ]);
        return `watch(${text()}, Promise.resolve(${value(inner)}).${chained});`;
      }
      case 5: {
        const it = `it${++names}`;
        const calls = Array.from({ length: 1 + pick(5) }, () => {
          const how = one(["next", "next", "return", "throw"]);
          const given = one([value(inner), `new Error(${text()})`]);
          return `watch(${text()}, ${it}.${how}(${how === "return" ? `calm(${given})` : given}));`;
        });
        return place.number === 0
          ? `log(${text()});`
          : `const ${it} = g${pick(place.number)}(${value(inner)}); ${calls.join(" ")}`;
      }
      case 6:
        return `process.nextTick(() => log(${text()}));`;
      case 7:
        return `log(${text()}, Mine.made);`;
      case 8:
      case 9:
      case 10:
        return `log(${text()}, await ${value(inner)});`;
      case 11:
        return `try { ${statements(inner, 3)} } catch (e) { log(${text()}, e); } finally { ${statements({ ...inner, yields: false, loops: false }, 1)} }`;
      case 12:
        return `if (${pick(2)}) { ${statements(inner, 2)} } else { ${statements(inner, 2)} }`;
      case 13: {
        const label = `l${++names}`;
        const x = `x${names}`;
        const leave = one(["", `break ${label};`, `continue ${label};`, `if (${pick(2)}) break;`]);
        return `${label}: for await (const ${x} of ${iterated(inner)} as any) { log(${text()}, ${x}); ${statements({ ...inner, loops: true }, 2)} ${leave} }`;
      }
      case 14:
        return `for (let i = 0; i < ${pick(3)}; i++) { ${statements(inner, 2)} }`;
      case 15:
        return place.yields ? `log(${text()}, yield ${value(inner)});` : `await null;`;
      case 16:
        return place.yields
          ? `log(${text()}, yield* (${iterated(inner)} as any));`
          : `await ${value(inner)};`;
      case 17:
        return `if (${pick(2)}) return ${value(inner)};`;
      case 18:
        return `throw new Error(${text()});`;
      default:
        return place.yields ? `yield ${value(inner)};` : `await ${pick(3)};`;
    }
  };

  const statements = (place: Place, most: number): string =>
    Array.from({ length: 1 + pick(most) }, () => statement(place)).join(" ");

  const functions: string[] = [];
  const count = 1 + pick(3);
  for (let number = 0; number < count; number++) {
    const place = { depth: 0, number, awaits: true, yields: false, loops: false };
    functions.push(
      `async function f${number}(a: any): Promise<any> { log("f${number}", typeof a); ${statements(place, 4)} return a; }`,
    );
    functions.push(
      `async function* g${number}(a: any): AsyncGenerator<any, any, any> { log("g${number}"); ${statements({ ...place, yields: true }, 5)} }`,
    );
  }
  const top = { depth: 0, number: count, awaits: false, yields: false, loops: false };
  // What leaves top-level code ends a thread at once; Node performs some of the jobs that are left.
  const main = Array.from(
    { length: 2 + pick(5) },
    () => `try { ${statement(top)} } catch (e) { log("left", e); }`,
  );
  return `${PRELUDE}${functions.join("\n")}\n${main.join("\n")}\n`;
}
