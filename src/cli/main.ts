/** The command line. What it says is a contract (`README.md`, "On the command line"): scripts of others call it. */
import { CLI_MESSAGES } from "../base/catalogue/cli.ts";
import { tell } from "../base/catalogue/message.ts";
import { parseCommandLine } from "./arguments.ts";
import { Exit } from "./exit.ts";
import { explain } from "./explain.ts";
import { commandHelp, generalHelp } from "./help.ts";
import { createScreen } from "./screen.ts";
import type { Screen } from "./screen.ts";
import { version } from "./version.ts";

async function run(words: readonly string[], screen: Screen): Promise<Exit> {
  const request = parseCommandLine(words);
  const { look, paint } = screen.results;
  switch (request.kind) {
    case "help": {
      const { command } = request;
      const text =
        command === undefined ? generalHelp(look.width) : commandHelp(command, look.width);
      screen.print([text]);
      return Exit.AS_EXPECTED;
    }
    case "version":
      screen.print([version()]);
      return Exit.AS_EXPECTED;
    case "refused":
      return screen.refuse(request.complaint, request.json);
    case "explain": {
      const explained = explain(request.code, look, paint);
      if ("complaint" in explained) return screen.refuse(explained.complaint, false);
      screen.print(explained.lines);
      return Exit.AS_EXPECTED;
    }
    case "trace":
      return (await import("./trace.ts")).trace(request, screen);
    case "check":
      return (await import("./check.ts")).check(request, screen);
    case "merge":
      return (await import("./merge.ts")).merge(request, screen);
    case "replay":
      return (await import("./replay.ts")).replay(request, screen);
    case "mcp":
      return (await import("./mcp.ts")).mcp(screen);
    case "export":
      return (await import("./export.ts")).exportTrace(request, screen);
  }
}

// `threadloom trace … | head`: whoever reads has had enough, and that is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}

const screen = createScreen();
try {
  process.exitCode = await run(process.argv.slice(2), screen);
} catch (error) {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.exitCode = screen.refuse(tell(CLI_MESSAGES.internal, { reason }), false);
}
