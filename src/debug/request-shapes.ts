/** What the arguments of each request must have. A client that keeps to the protocol never notices. */
import {
  amount,
  type Check,
  flag,
  list,
  object,
  oneOf,
  optional,
  type Shape,
  text,
  whole,
} from "../base/shape.ts";

const source = object({ path: optional(text) });
const given: Check = (value) => typeof value === "object" && value !== null;
const number: Check = amount;
const ofThread: Shape = { threadId: number, singleThread: optional(flag) };
const condition: Shape = { condition: optional(text), hitCondition: optional(text) };

export const REQUEST_SHAPES = {
  initialize: { adapterID: optional(text), linesStartAt1: optional(flag) },
  launch: {},
  attach: {},
  configurationDone: {},
  restart: { arguments: optional(given) },
  disconnect: {},
  terminate: {},
  threads: {},
  loadedSources: {},
  setBreakpoints: {
    source,
    breakpoints: optional(
      list(
        object({
          line: number,
          column: optional(number),
          logMessage: optional(text),
          ...condition,
        }),
      ),
    ),
  },
  setFunctionBreakpoints: { breakpoints: list(object({ name: text, ...condition })) },
  setExceptionBreakpoints: {
    filters: list(text),
    filterOptions: optional(list(object({ filterId: text, condition: optional(text) }))),
  },
  setDataBreakpoints: {
    breakpoints: list(
      object({
        ...{ dataId: text, ...condition },
        accessType: optional(oneOf("read", "write", "readWrite")),
      }),
    ),
  },
  dataBreakpointInfo: { name: text, variablesReference: optional(whole) },
  breakpointLocations: { source, line: number, endLine: optional(number) },
  stackTrace: { threadId: number, startFrame: optional(whole), levels: optional(whole) },
  scopes: { frameId: number },
  variables: {
    variablesReference: number,
    filter: optional(oneOf("indexed", "named")),
    start: optional(whole),
    count: optional(whole),
  },
  evaluate: { expression: text, frameId: optional(number) },
  setVariable: { variablesReference: number, name: text, value: text },
  setExpression: { expression: text, value: text, frameId: optional(number) },
  completions: { text, column: number, frameId: optional(number) },
  exceptionInfo: { threadId: number },
  continue: ofThread,
  next: ofThread,
  stepIn: ofThread,
  stepOut: ofThread,
  stepBack: ofThread,
  reverseContinue: ofThread,
  restartFrame: { frameId: number },
  pause: ofThread,
} as const satisfies Record<string, Shape>;

export type RequestName = keyof typeof REQUEST_SHAPES;
