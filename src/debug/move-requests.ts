/** Requests that move threads, forwards and back. Each is answered at once; the stop is told when it comes. */
import type { ThreadId } from "../base/brand.ts";
import type { Going } from "../protocol/step.ts";
import type { Answer, Handlers } from "./answer.ts";
import type { DebugSession } from "./debug-session.ts";
import type { SessionRequest } from "./stepped-program.ts";
import { sessionThread } from "./threads.ts";

type MoveRequest =
  | "continue"
  | "next"
  | "stepIn"
  | "stepOut"
  | "stepBack"
  | "reverseContinue"
  | "restartFrame"
  | "pause";

interface StepArguments {
  readonly threadId: number;
  readonly singleThread?: boolean;
  readonly granularity?: string;
}

export function moveHandlers(session: DebugSession): Handlers<MoveRequest> {
  const moving = (thread: ThreadId, request: SessionRequest): Answer => {
    const { execution } = session.standing;
    return { after: () => execution.move(request, thread) };
  };
  const stepping = (kind: "over" | "into" | "out", step: StepArguments): Answer => {
    const { threadId, granularity, singleThread = session.debuggee.launch.singleThread } = step;
    const thread = sessionThread(threadId);
    const others = singleThread ? "frozen" : "running";
    // The smallest step of a thread is its next operation.
    const how: Going =
      granularity === "instruction"
        ? { kind: "operation", thread, timesOut: false }
        : { kind, thread, others };
    return moving(thread, { kind: "go", how });
  };
  return {
    continue: ({ threadId, singleThread = false }) => {
      const { session: program } = session.standing;
      const { over } = program.state;
      // From the end there is only one way on.
      if (over !== undefined) return { after: () => session.end(session.endings.exitCode(over)) };
      const thread = sessionThread(threadId);
      const how: Going = { kind: "continue", ...(singleThread ? { only: thread } : {}) };
      return {
        body: { allThreadsContinued: !singleThread },
        ...moving(thread, { kind: "go", how }),
      };
    },
    next: (step) => stepping("over", step),
    stepIn: (step) => stepping("into", step),
    stepOut: (step) => stepping("out", step),
    stepBack: ({ threadId, granularity }) => {
      const thread = sessionThread(threadId);
      if (granularity === "instruction") return moving(thread, { kind: "undo" });
      return moving(thread, { kind: "back", thread, to: "statement" });
    },
    reverseContinue: ({ threadId }) => {
      const thread = sessionThread(threadId);
      return moving(thread, { kind: "back", thread, to: "breakpoint" });
    },
    restartFrame: ({ frameId }) => {
      const { thread, frame } = session.standing.inspection.frame(frameId);
      return moving(thread, { kind: "restartFrame", thread, frame });
    },
    pause: async () => {
      await session.debuggee.session.ask({ kind: "pause" });
      return {};
    },
  };
}
