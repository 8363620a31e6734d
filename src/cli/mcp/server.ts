/**
 * The tools as a server of the Model Context Protocol. What they do is in `src/agents`; here they are listed and called, and told
 * when a client gives up. The protocol's lower level is used: arguments that do not fit are to be answered in our own words.
 */
import { Server, type ServerContext } from "@modelcontextprotocol/server";
import { inputSchemaOf, type Toolbox, TOOLS } from "../../agents/toolbox.ts";
import type { Call } from "../../agents/tool.ts";
import { offerPages } from "./pages.ts";
import { offerPrompts } from "./prompts.ts";

const INSTRUCTIONS =
  "Threadloom runs and explores concurrent TypeScript programs: files that begin with `// @threadloom` and use `threadloom:std` " +
  "(spawn, Mutex, channel, …) or `@shared` variables. Check a program with `check`; what fails comes with a schedule, which " +
  "`replay` tells in words and `step` goes through. `explain` tells what a code means.";

/** A server for one connection. */
export function serverFor(toolbox: Toolbox, version: string): Server {
  const server = new Server(
    { name: "threadloom", title: "Threadloom", version },
    { capabilities: { tools: {}, resources: {}, prompts: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler("tools/list", () => ({
    tools: TOOLS.map((tool) => ({
      name: tool.name,
      title: tool.title,
      description: tool.description,
      inputSchema: inputSchemaOf(tool) as { type: "object" },
      outputSchema: tool.output as { type: "object" },
      annotations: {
        title: tool.title,
        // A program may do what any program may; the tools themselves change no file.
        readOnlyHint: !tool.runsCode,
        destructiveHint: false,
        idempotentHint: tool.idempotent,
        openWorldHint: false,
      },
    })),
  }));
  server.setRequestHandler("tools/call", async ({ params }, context) => {
    const outcome = await toolbox.call(params.name, params.arguments, callOf(context));
    const content = [{ type: "text" as const, text: outcome.text }];
    return outcome.ok
      ? { content, structuredContent: { ...outcome.data } }
      : { content, isError: true };
  });
  offerPages(server, toolbox);
  offerPrompts(server);
  return server;
}

function callOf({ mcpReq }: ServerContext): Call {
  const { signal, _meta } = mcpReq;
  const progressToken = _meta?.progressToken;
  let last = -1;
  return {
    signal,
    progress(message, done) {
      // By the protocol it must grow.
      if (progressToken === undefined || done <= last || signal.aborted) return;
      last = done;
      const params = { progressToken, progress: done, message };
      // Whoever is not there any more to be told has given up the call, too.
      mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
    },
  };
}
