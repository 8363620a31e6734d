/**
 * The server's bundle: MCP on standard input and output. A server is asked by one client and ends with it: when standard input
 * ends, or at a polite request to end, everything that was started is ended, and the process with it.
 */
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { Toolbox } from "../../agents/toolbox.ts";
import { version } from "../version.ts";
import { serverFor } from "./server.ts";
import { NodeWorld } from "./world.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export async function serve(): Promise<void> {
  await using world = new NodeWorld(process.cwd(), version());
  using toolbox = new Toolbox(world);
  const over = new Promise<void>((end) => {
    process.stdin.once("end", end);
    process.stdin.once("close", end);
    for (const signal of SIGNALS) process.once(signal, () => end());
  });
  const connection = serveStdio(() => serverFor(toolbox, version()), {
    // Standard output belongs to the protocol; what is wrong with a message is told where a person looks for it.
    onerror: (error) => void process.stderr.write(`threadloom mcp: ${error.message}\n`),
  });
  await over;
  await connection.close();
}
