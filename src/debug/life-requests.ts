/** Requests from `initialize` to `disconnect`. */
import { DEBUG_MESSAGES as MESSAGES } from "../base/catalogue/debug.ts";
import type { Handlers } from "./answer.ts";
import { CAPABILITIES } from "./capabilities.ts";
import type { DebugSession } from "./debug-session.ts";
import { launchOf } from "./launch.ts";
import { refused } from "./refusal.ts";

type LifeRequest =
  "initialize" | "launch" | "attach" | "configurationDone" | "restart" | "terminate" | "disconnect";

export function lifeHandlers(session: DebugSession): Handlers<LifeRequest> {
  const open = async (written: object, anew?: boolean): Promise<void> => {
    try {
      await session.open(launchOf({ ...written }), anew);
    } catch (error) {
      // The answer says why; what the client has open is closed after it.
      queueMicrotask(() => session.end());
      throw error;
    }
  };
  return {
    initialize: (client) => {
      session.meet(client);
      return { body: CAPABILITIES };
    },
    // The client sets its breakpoints when it is told `initialized`: only now is it known where they can stand.
    launch: async (written) => {
      await open(written);
      return { after: () => session.wire.event("initialized") };
    },
    attach: () => {
      throw refused(MESSAGES.notLaunch, { request: "attach" });
    },
    configurationDone: () => ({ after: () => session.ready() }),
    restart: async ({ arguments: written }) => {
      await open(written ?? session.debuggee.launch, true);
      return { after: () => session.ready() };
    },
    terminate: () => ({ after: () => session.end() }),
    disconnect: () => {
      session.close();
      return {};
    },
  };
}
