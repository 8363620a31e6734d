/** The program that a prepared function is, with the values that it captures: each is checked, and written into the text. */
import { tell } from "../base/catalogue/message.ts";
import { TESTING_MESSAGES } from "../base/catalogue/testing.ts";
import { nearby } from "../explore/node/nearby.ts";
import type { PreparedClosure } from "./closure.ts";
import { SetUpError } from "./set-up-error.ts";

/** Throws for a function that cannot be a program, and for values that cannot be handed over. */
export function programOf({ text, at, captured, places, problem }: PreparedClosure): string {
  if (problem !== undefined) throw new SetUpError(problem);
  const values = Object.entries(captured?.() ?? {});
  if (values.length === 0) return text;
  const declared = values.map(([name, value]) => {
    const what = whyNotData(value, new Set());
    if (what === undefined) return `const ${name} = ${written(value)};`;
    const { file, line } = places?.[name] ?? { file: "", line: 0 };
    const place = `${nearby(file, process.cwd())}:${line}`;
    throw new SetUpError(tell(TESTING_MESSAGES.notData, { name, place, what }));
  });
  // The block ends behind the call: names of the file's top level that these hide are seen again by what stands there.
  return `${text.slice(0, at)}{ ${declared.join(" ")}${text.slice(at)}`;
}

function written(value: unknown): string {
  return value === undefined ? "undefined" : JSON.stringify(value);
}

/** In words, what it is that JSON cannot have; undefined for data. Objects of other realms are told by their shape. */
function whyNotData(value: unknown, around: ReadonlySet<unknown>): string | undefined {
  if (value === null || ["string", "boolean", "undefined"].includes(typeof value)) return undefined;
  if (typeof value === "number") {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? undefined
      : `the number ${numberText(value)}`;
  }
  if (typeof value !== "object") return `a ${typeof value}`;
  if (around.has(value)) return "an object that contains itself";
  const within = new Set([...around, value]);
  if (!Array.isArray(value)) {
    const prototype = Object.getPrototypeOf(value) as object | null;
    const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
    if (!isPlain) return `an instance of ${value.constructor?.name ?? "a class"}`;
  }
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) return `an object whose \`${key}\` is undefined`;
    const why = whyNotData(member, within);
    if (why !== undefined) return `an object whose \`${key}\` is ${why}`;
  }
  return undefined;
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
