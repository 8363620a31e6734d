/** Requests that look at the program where it stands. */
import type { Handlers } from "./answer.ts";
import { completions } from "./completions.ts";
import type { DebugSession } from "./debug-session.ts";
import { sourceOf } from "./sources.ts";
import { clientThreads } from "./threads.ts";

type LookRequest =
  | "threads"
  | "loadedSources"
  | "stackTrace"
  | "scopes"
  | "variables"
  | "evaluate"
  | "setVariable"
  | "setExpression"
  | "completions"
  | "exceptionInfo";

export function lookHandlers(session: DebugSession): Handlers<LookRequest> {
  return {
    threads: () => {
      const state = session.loaded?.session.state;
      return { body: { threads: state === undefined ? [] : clientThreads(state) } };
    },
    loadedSources: () => {
      return { body: { sources: session.debuggee.sources.all.map(sourceOf) } };
    },
    stackTrace: async (args) => ({ body: await session.standing.inspection.stackTrace(args) }),
    scopes: async (args) => ({ body: await session.standing.inspection.scopes(args) }),
    variables: async (args) => ({ body: await session.standing.inspection.variables(args) }),
    evaluate: async (args) => ({ body: await session.standing.inspection.evaluate(args) }),
    setVariable: async (args) => {
      const { execution, inspection } = session.standing;
      return { body: await execution.change(() => inspection.setVariable(args)) };
    },
    setExpression: async (args) => {
      const { execution, inspection } = session.standing;
      return { body: await execution.change(() => inspection.setExpression(args)) };
    },
    completions: async (args) => {
      return { body: { targets: await completions(session.standing.inspection, args) } };
    },
    exceptionInfo: () => ({ body: session.endings.info ?? NOTHING }),
  };
}

const NOTHING = { exceptionId: "", breakMode: "never" };
