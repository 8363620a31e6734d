/**
 * `threadloom mcp`: serves coding agents until standard input ends. The server is a bundle of its own (`mcp/main.ts`), loaded here
 * and nowhere else: the protocol's library is as large as the rest of the command line.
 */
import { AGENT_MESSAGES } from "../base/catalogue/agents.ts";
import { tell } from "../base/catalogue/message.ts";
import { Exit } from "./exit.ts";
import type { Screen } from "./screen.ts";

interface ServerBundle {
  /** Settles when the client has gone and everything that was started for it has ended. */
  serve(): Promise<void>;
}

export async function mcp(screen: Screen): Promise<Exit> {
  const fromSource = import.meta.url.endsWith(".ts");
  const bundle = new URL(fromSource ? "../../dist/mcp.mjs" : "./mcp.mjs", import.meta.url);
  let server: ServerBundle;
  try {
    server = (await import(bundle.href)) as ServerBundle;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return screen.refuse(tell(AGENT_MESSAGES.serverNotBuilt, { reason }), false);
  }
  await server.serve();
  return Exit.AS_EXPECTED;
}
