/** Requests from `initialize` to `disconnect`. */
import { DEBUG_MESSAGES as MESSAGES } from "../base/catalogue/debug.ts";
import type { Answer, Handlers } from "./answer.ts";
import { CAPABILITIES } from "./capabilities.ts";
import type { DebugSession } from "./debug-session.ts";
import { launchOf } from "./launch.ts";
import { refusalFrom, refused } from "./refusal.ts";

type LifeRequest =
  "initialize" | "launch" | "attach" | "configurationDone" | "restart" | "terminate" | "disconnect";

export function lifeHandlers(session: DebugSession): Handlers<LifeRequest> {
  /** Where the program cannot be opened there is nothing to debug: the client is told so once it knows why. */
  const open = async (written: object, opened: () => void, anew?: boolean): Promise<Answer> => {
    try {
      await session.open(launchOf({ ...written }), anew);
      return { after: opened };
    } catch (error) {
      return { refusal: refusalFrom(error), after: () => session.end() };
    }
  };
  return {
    initialize: (client) => {
      session.meet(client);
      return { body: CAPABILITIES };
    },
    // The client sets its breakpoints when it is told `initialized`: only now is it known where they can stand.
    launch: (written) => open(written, () => session.wire.event("initialized")),
    attach: () => {
      throw refused(MESSAGES.notLaunch, { request: "attach" });
    },
    configurationDone: () => ({ after: () => session.ready() }),
    restart: ({ arguments: written }) =>
      open(written ?? session.debuggee.launch, () => session.ready(), true),
    terminate: () => ({ after: () => session.end() }),
    disconnect: () => {
      session.close();
      return {};
    },
  };
}
