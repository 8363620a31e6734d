/**
 * Grows small programs from a list of numbers: whatever the list, the program parses, ends, and names only what is in
 * scope. All constructs that the transforms touch occur, nested at will, with the same few names so that shadowing and
 * sharing are the rule.
 */

const NAMES = ["a", "b", "c", "d"];

interface Variable {
  readonly name: string;
  readonly kind: "let" | "const" | "function";
}

/** What statements may do where they stand. */
interface Place {
  readonly variables: readonly Variable[];
  readonly depth: number;
  readonly loops: readonly string[];
  readonly inLoop: boolean;
  readonly returns: boolean;
  readonly yields: boolean;
  readonly awaits: boolean;
  readonly self: boolean;
}

export function growProgram(numbers: readonly number[]): string {
  let next = 0;
  let labels = 0;
  const pick = (n: number): number => {
    const number = numbers[next++] ?? 0;
    return number % n;
  };
  const one = <T>(items: readonly T[]): T => items[pick(items.length)];
  const isSpent = (): boolean => next >= numbers.length;

  const deeper = (place: Place, change: Partial<Place> = {}): Place => ({
    ...place,
    depth: place.depth + 1,
    ...change,
  });
  const declare = (place: Place, kind: Variable["kind"], ...names: string[]): Place => ({
    ...place,
    variables: [
      ...place.variables.filter(({ name }) => !names.includes(name)),
      ...names.map((name) => ({ name, kind })),
    ],
  });
  const inFunction = (place: Place, change: Partial<Place> = {}): Place =>
    deeper(place, {
      loops: [],
      inLoop: false,
      returns: true,
      yields: false,
      awaits: false,
      self: false,
      ...change,
    });

  const read = (place: Place): string =>
    place.variables.length === 0 ? String(pick(10)) : one(place.variables).name;
  const target = (place: Place): string | undefined => {
    const targets = place.variables.filter(({ kind }) => kind === "let");
    return targets.length === 0 ? undefined : one(targets).name;
  };

  const expression = (place: Place): string => {
    if (place.depth > 5 || isSpent()) return pick(2) === 0 ? read(place) : String(pick(10));
    const inner = deeper(place);
    const name = target(place);
    switch (pick(30)) {
      case 0:
        return `(${expression(inner)} + ${expression(inner)})`;
      case 1:
        return name === undefined
          ? read(place)
          : `(${name} ${one(["=", "+=", "-=", "??=", "||=", "&&=", "**="])} ${expression(inner)})`;
      case 2:
        return name === undefined
          ? read(place)
          : one([`${name}++`, `--${name}`, `(typeof ${name})`]);
      case 3:
        return arrow(place);
      case 4:
        return `call(${expression(inner)}, ${expression(inner)})`;
      case 5:
        return functionExpression(place);
      case 6:
        return `[${expression(inner)}, ...list(${expression(inner)}), ${expression(inner)}]`;
      case 7:
        return (
          `{ ...{ p: ${expression(inner)} }, q: ${arrow(place)}, m() { tick(); return ${expression(inFunction(place))}; }, get g() { tick(); return ${expression(inFunction(place))}; }, ${read(place).replace(/^\d+$/, "z: 1")} }`.replace(
            /^/,
            "(",
          ) + ")"
        );
      case 8:
        return `(${expression(inner)} ? ${expression(inner)} : ${expression(inner)})`;
      case 9:
        return `list(${expression(inner)}).map((${NAMES[0]}) => ${expression(declare(inFunction(place), "let", NAMES[0]))})`;
      case 10:
        return `of(${expression(inner)})?.q?.(${expression(inner)})`;
      case 11:
        return "tag`" + "x${" + expression(inner) + "}y${" + expression(inner) + "}`";
      case 12:
        return name === undefined
          ? read(place)
          : `([${name}, , ...list(${expression(inner)})] , ${name})`;
      case 13:
        return name === undefined
          ? read(place)
          : `({ k: ${name} = ${expression(inner)} } = of(${expression(inner)}))`;
      case 14:
        return name === undefined
          ? read(place)
          : `([${name} = ${expression(inner)}] = list(${expression(inner)}))`;
      case 15:
        return `(() => { ${block(inFunction(place))} })()`;
      case 16:
        return classExpression(place);
      case 17:
        return place.yields ? `(yield ${expression(inner)})` : read(place);
      case 18:
        return place.awaits ? `(await ${expression(inner)})` : read(place);
      case 19:
        return place.self ? "call(this, 1)" : read(place);
      case 20:
        return `[...gen(function* () { ${block(inFunction(place, { yields: true }))} })]`;
      case 21:
        return `new (${classExpression(place)})(${expression(inner)})`;
      case 22:
        return `(void ${expression(inner)}, ${expression(inner)})`;
      case 23:
        return `((o) => [o.g, (o.g = ${expression(inFunction(place))}), (o.g += 1), o.g++, o.raw])({ raw: ${expression(inner)}, get g() { tick(); return this.raw; }, set g(${NAMES[0]}) { log("set"); this.raw = ${expression(declare(inFunction(place), "let", NAMES[0]))}; } })`;
      case 24:
        return `new (${derivedClass(place)})(${expression(inner)}).m()`;
      case 25:
        return one([
          `of(${expression(inner)})?.["q"]?.(${expression(inner)})?.[0]`,
          `(of(${expression(inner)})?.q)?.(${expression(inner)})`,
          `of(${expression(inner)}).none?.(${expression(inner)})`,
        ]);
      case 26:
        return `count(...list(${expression(inner)}), ${expression(inner)}, ...gen(() => list(${expression(inFunction(place))})))`;
      case 27: {
        const own = inFunction(place, { self: true });
        return `(class { static #n = (log("static"), ${expression(own)}); static { log(this.#n); } static #m(${NAMES[2]}) { tick(); return ${expression(declare(own, "let", NAMES[2]))}; } static run(f) { return [this.#m(f), list(f).map(this.#m)]; } }).run(${expression(inner)})`;
      }
      default:
        return read(place);
    }
  };

  interface Parameters {
    readonly text: string;
    readonly place: Place;
    readonly names: readonly string[];
  }
  const parameters = (place: Place): Parameters => {
    const [first, second] = [one(NAMES), one(NAMES)];
    const own = inFunction(place);
    const names = [first, second];
    if (first === second || pick(3) === 0)
      return { text: first, place: declare(own, "let", first), names: [first] };
    const both = declare(own, "let", first, second);
    const before = declare(own, "let", first);
    switch (pick(4)) {
      case 0:
        return { text: `${first}, ${second} = ${expression(before)}`, place: both, names };
      case 1:
        return { text: `${first}, ...${second}`, place: both, names };
      case 2:
        return {
          text: `{ k: ${first} = ${expression({ ...own, variables: own.variables.filter(({ name }) => name !== first && name !== second) })}, ...${second} } = {}`,
          place: both,
          names,
        };
      default:
        return { text: `[${first}, ${second} = ${expression(before)}] = []`, place: both, names };
    }
  };

  const arrow = (place: Place): string => {
    const { text, place: own, names } = parameters(place);
    const within = { ...own, self: place.self };
    return pick(2) === 0
      ? `((${text}) => (tick(), ${expression(within)}))`
      : `((${text}) => { tick(); { ${block(within)} } return ${expression(within)}; ${block(within, names)} })`;
  };

  const functionExpression = (place: Place): string => {
    const { text, place: own, names } = parameters(place);
    const name = one(["", ...NAMES]);
    const known = names.includes(name) || name === "" ? own : declare(own, "const", name);
    return `(function ${name}(${text}) { tick(); ${block(known, names)} })`;
  };

  const classExpression = (place: Place): string => {
    const own = inFunction(place, { self: true });
    const field = pick(2) === 0 ? "#f" : "f";
    return `(class ${pick(2) === 0 ? "K" : ""} { ${field} = ${expression(own)}; static s = ${expression({ ...own, self: false })}; constructor(${NAMES[1]}) { tick(); ${block(declare(own, "let", NAMES[1]), [NAMES[1]])} } m() { tick(); return () => [this.${field}, ${expression(own)}]; } })`;
  };

  /** One with private methods and accessors, fields, and `super` in all places. */
  const derivedClass = (place: Place): string => {
    const own = inFunction(place, { self: true });
    return `(class extends ${classExpression(place)} { #q = ${expression(own)}; z = (log("field"), ${expression(own)}); constructor(...r) { log("before"); super(...r); log(Object.keys(this).length); ${block(declare(own, "const", "r"))} } get q() { tick(); return this.#q; } set q(v) { log("q"); this.#q = v; } m() { this.q = this.#p(${expression(own)}); return [super.m(), (() => super.m().length)(), this.q]; } #p(x) { tick(); return [x, this.z]; } })`;
  };

  /** `given` are names that the block cannot declare: the parameters of the function whose body it is. */
  const block = (place: Place, given: readonly string[] = []): string => {
    // The names that the block is going to declare mean nothing in it until then.
    const own = NAMES.filter((name) => !given.includes(name) && pick(2) === 1);
    let at: Place = {
      ...place,
      variables: place.variables.filter(({ name }) => !own.includes(name)),
    };
    const statements: string[] = [];
    const taken = new Set<string>(NAMES.filter((name) => !own.includes(name)));
    const count = place.depth > 4 || isSpent() ? 1 : 1 + pick(4);
    for (let index = 0; index < count; index++) {
      const [text, after] = statement(at, taken);
      statements.push(text);
      at = after;
    }
    return statements.join("\n");
  };

  /** A statement, and what is in scope after it. `taken` are the names that the block has declared. */
  const statement = (place: Place, taken: Set<string>): readonly [string, Place] => {
    const inner = deeper(place);
    const stay = (text: string): readonly [string, Place] => [text, place];
    if (place.depth > 5 || isSpent()) return stay(`log(${read(place)});`);
    switch (pick(24)) {
      case 0:
      case 1: {
        const name = one(NAMES);
        if (taken.has(name)) return stay(`log(${expression(inner)});`);
        taken.add(name);
        const kind = pick(3) === 0 ? "const" : "let";
        const value = expression({
          ...inner,
          variables: inner.variables.filter((one) => one.name !== name),
        });
        return [`${kind} ${name} = ${value};`, declare(place, kind, name)];
      }
      case 2: {
        const name = one(NAMES);
        if (taken.has(name)) return stay(`log(${read(place)});`);
        taken.add(name);
        const { text, place: own, names } = parameters(declare(place, "function", name));
        const prefix = one(["function", "function", "function*", "async function"]);
        const body = block(
          { ...own, yields: prefix.endsWith("*"), awaits: prefix.startsWith("async") },
          names,
        );
        return [`${prefix} ${name}(${text}) { tick(); ${body} }`, declare(place, "function", name)];
      }
      case 3:
        return stay(`{ ${block(inner)} }`);
      case 4:
        return stay(`if (${expression(inner)}) { ${block(inner)} } else { ${block(inner)} }`);
      case 5: {
        const name = one(NAMES);
        const label = `l${labels++}`;
        const own = declare(
          deeper(place, { loops: [...place.loops, label], inLoop: true }),
          "let",
          name,
        );
        const step = pick(3) === 0 ? `${name}++, log(${expression(own)})` : `${name}++`;
        return stay(
          `${label}: for (let ${name} = 0, n${label} = 0; n${label} < 2; n${label}++, ${step}) { tick(); ${block(own)} }`,
        );
      }
      case 6: {
        const name = one(NAMES);
        const kind = one(["const", "let"] as const);
        const own = declare(deeper(place, { inLoop: true }), kind, name);
        const pattern = pick(2) === 0 ? name : `[${name} = 1]`;
        const items = expression({
          ...inner,
          variables: inner.variables.filter((one) => one.name !== name),
        });
        return stay(
          `for (${kind} ${pattern} of ${pattern === name ? "list" : "lists"}(${items})) { tick(); ${block(own)} }`,
        );
      }
      case 7: {
        const name = one(NAMES);
        return stay(
          `try { ${block(inner)} } catch (${name}) { ${block(declare(inner, "let", name), [name])} } finally { log("f"); ${block({ ...inner, returns: false, loops: [], inLoop: false })} }`,
        );
      }
      case 8:
        return stay(
          `switch (${expression(inner)}) { case 1: { ${block(inner)} } case "x": log("fall"); ${place.inLoop ? "" : "break;"} default: log(${expression(inner)}); }`,
        );
      case 9:
        return stay(
          place.inLoop
            ? one(["if (flip()) break;", "if (flip()) continue;"])
            : `log(${expression(inner)});`,
        );
      case 10:
        return stay(
          place.loops.length > 0
            ? `if (flip()) ${one(["break", "continue"])} ${one(place.loops)};`
            : `log(${expression(inner)});`,
        );
      case 11:
        return stay(
          place.returns ? `if (flip()) return ${expression(inner)};` : `log(${expression(inner)});`,
        );
      case 12:
        return stay(`keep(${arrow(place)});`);
      case 13:
        return stay(`kept(${expression(inner)});`);
      case 14: {
        const [first, second] = [one(NAMES), one(NAMES)];
        if (first === second || taken.has(first) || taken.has(second))
          return stay(`log(${expression(inner)});`);
        taken.add(first).add(second);
        const value = expression({
          ...inner,
          variables: inner.variables.filter(({ name }) => name !== first && name !== second),
        });
        const pattern = one([
          `[${first}, ...${second}]`,
          `[${first} = 1, ${second} = () => ${first}]`,
        ]);
        return [`let ${pattern} = list(${value});`, declare(place, "let", first, second)];
      }
      case 15:
        return stay(`{ using r = res(${expression(inner)}); ${block(inner)} }`);
      case 16:
        return stay(`if (flip()) throw new RangeError("t");`);
      case 17: {
        const name = one(NAMES);
        return stay(
          `for (var v${labels} = 0, w${labels++} = ${expression({ ...inner, variables: inner.variables.filter((one) => one.name !== name) })}; v${labels - 1} < 2; v${labels - 1}++) { tick(); keep(() => [v${labels - 1}++, w${labels - 1}]); ${block(deeper(place, { inLoop: true }))} }`,
        );
      }
      case 18: {
        const label = `l${labels++}`;
        const own = deeper(place, { loops: [...place.loops, label], inLoop: true });
        return stay(
          one([
            `${label}: while (!flip()) { ${block(own)} }`,
            `${label}: do { ${block(own)} } while (!flip());`,
          ]),
        );
      }
      case 19:
        return stay(
          `log((() => { try { ${block(inFunction(place))} } finally { log("out"); if (flip()) return ${expression(inFunction(place))}; } })());`,
        );
      case 20: {
        const name = one(NAMES);
        const own = declare(deeper(place, { inLoop: true }), "const", name);
        const items = expression({
          ...inFunction(place),
          variables: inner.variables.filter((one) => one.name !== name),
        });
        return stay(`for (const ${name} of gen(() => list(${items}))) { tick(); ${block(own)} }`);
      }
      default:
        return stay(`log(${expression(inner)});`);
    }
  };

  const top: Place = {
    variables: [],
    depth: 0,
    loops: [],
    inLoop: false,
    returns: false,
    yields: false,
    awaits: false,
    self: false,
  };
  const body = block(top);
  return `${PRELUDE}\n${body}\n${CODA}`;
}

/** What programs call: total functions, so that few runs end early, and state whose changes show in the output. */
const PRELUDE = `
const fs = []; let coin = 0;
function log(...v) { console.log(...v); }
function flip() { tick(); return coin++ % 3 === 2; }
function list(x) { return Array.isArray(x) ? x.slice(0, 3) : [x, 1]; }
function lists(x) { return [[x], [undefined], list(x)]; }
function of(x) { return typeof x === "object" && x !== null ? x : { k: x, q: (y) => [x, y] }; }
function call(f, x) { tick(); return typeof f === "function" ? (/^class/.test(String(f)) ? f.name : f(x)) : f; }
function tag(s, ...v) { return s.join("-") + v.length; }
function count(...v) { tick(); return v.length; }
function keep(f) { fs.push(f); }
function kept(x) { for (const f of fs.slice(-3)) log(call(f, x)); }
function* gen(f) { let n = 0; for (const x of f()) { if (n++ > 3) return; yield x; } }
function res(x) { return { [Symbol.dispose]() { log("disposed", x); } }; }
`;
const CODA = `kept(1); kept(2);`;
