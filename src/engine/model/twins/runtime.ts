/** `$t`: what twinned code calls (`protocol/twins.ts`), the person's and `std`'s alike. One for the isolate. */
import type { TwinRuntime } from "../../../protocol/twins.ts";
import type { Probe } from "../../../protocol/twins.ts";
import { begins, edge, fuel, here, pause, SUSPENDED, turn } from "../suspension.ts";
import { get, set } from "./access.ts";
import "./builtin/array.ts";
import "./builtin/collections.ts";
import "./builtin/functions.ts";
import { call, call0, call1, call2, call3, run, start } from "./calls.ts";
import {
  adopt,
  allocate,
  allocating,
  construct,
  constructed,
  define,
  superConstruct,
  superGet,
} from "./construct.ts";
import { delegate, generator, generatorFunction, handOut } from "./generators.ts";
import { collect, steps } from "./iteration.ts";
import { accessor, key, method, named, plain } from "./members.ts";
import { constructs, link } from "./stamp.ts";

function scope(
  row: number,
  read: Probe["read"],
  write: Probe["write"] = undefined,
  outer?: Probe,
): Probe {
  return { row, read, write, outer };
}

export const $t: TwinRuntime = Object.freeze({
  SUSPENDED,
  link,
  run,
  start,
  call0,
  call1,
  call2,
  call3,
  call,
  construct,
  strings: (strings: TemplateStringsArray) => strings,
  get,
  set,
  steps,
  collect,
  fuel,
  edge,
  begins,
  turn,
  scope,
  pause,
  here,
  generatorFunction,
  generator,
  handOut,
  delegate,
  method,
  accessor,
  plain,
  key,
  named,
  constructs,
  allocate,
  allocating,
  superConstruct,
  adopt,
  constructed,
  define,
  superGet,
});
