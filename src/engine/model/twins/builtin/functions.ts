/** Twins of what calls a function by other means: `call`, `apply`, `bind`, `Reflect`, and `replace` with a function. */
/* eslint-disable @typescript-eslint/unbound-method -- functions are taken as values, and called with the `this` they need */
import { SUSPENDED } from "../../suspension.ts";
import { call, frameOf } from "../calls.ts";
import { construct } from "../construct.ts";
import { link, twinOf } from "../stamp.ts";
import { twins } from "./install.ts";

type Body = Generator<unknown, unknown, unknown>;

const listOf = (args: unknown): unknown[] =>
  args === null || args === undefined ? [] : Array.from(args as ArrayLike<unknown>);

// These are the frames of what they call: the stack does not grow by them.
twins(Function.prototype, {
  call(this: unknown, self: unknown, ...args: unknown[]): Body {
    return frameOf(this, self, args) as Body;
  },
  apply(this: unknown, self: unknown, args: unknown): Body {
    return frameOf(this, self, listOf(args)) as Body;
  },
  // eslint-disable-next-line require-yield -- making a bound function never stops
  bind: function* (this: Function, self: unknown, ...args: unknown[]): Body {
    const bound = Function.prototype.bind.call(this, self, ...args) as Function;
    const twin = twinOf(this);
    if (twin !== undefined)
      link(bound, (...more: unknown[]) => twin.call(self, ...([...args, ...more] as never[])));
    return bound;
  },
});

twins(Reflect, {
  apply(target: unknown, self: unknown, args: unknown): Body {
    return frameOf(target, self, listOf(args)) as Body;
  },
  construct: function* (...given: unknown[]): Body {
    const [target, args, newTarget = target] = given;
    const made = construct(target, listOf(args), newTarget);
    return made === SUSPENDED ? yield 0 : made;
  },
});

/** The matches are all found before the function is asked for the first time (§22.2.6.11), so finding them is the language's. */
function replacing(name: "replace" | "replaceAll") {
  return function* (this: unknown, pattern: unknown, replacement: unknown): Body {
    const text = String(this);
    const native = String.prototype[name] as (pattern: unknown, by: unknown) => string;
    if (typeof replacement !== "function" || twinOf(replacement) === undefined)
      return native.call(text, pattern, replacement);
    const matches: unknown[][] = [];
    native.call(text, pattern, (...match: unknown[]) => {
      matches.push(match);
      return "";
    });
    let result = "";
    let end = 0;
    for (const match of matches) {
      const at = match.find((part) => typeof part === "number") as number;
      let replaced = call(replacement, undefined, match);
      if (replaced === SUSPENDED) replaced = yield 0;
      result += text.slice(end, at) + String(replaced);
      end = at + (match[0] as string).length;
    }
    return result + text.slice(end);
  };
}

twins(String.prototype, { replace: replacing("replace"), replaceAll: replacing("replaceAll") });
