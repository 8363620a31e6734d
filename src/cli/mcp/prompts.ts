/** What a person can ask an agent for by name: `find_the_bug`. */
import { ProtocolError, ProtocolErrorCode, type Server } from "@modelcontextprotocol/server";
import { toldText } from "../../agents/refusal.ts";
import { AGENT_MESSAGES } from "../../base/catalogue/agents.ts";
import { tell } from "../../base/catalogue/message.ts";

const NAME = "find_the_bug";

export function offerPrompts(server: Server): void {
  server.setRequestHandler("prompts/list", () => ({
    prompts: [
      {
        name: NAME,
        title: "Find the concurrency bug",
        description:
          "Checks a program, explains how it fails, puts it right, and proves that it is.",
        arguments: [{ name: "path", description: "The program's file.", required: true }],
      },
    ],
  }));
  server.setRequestHandler("prompts/get", ({ params }) => {
    const { path } = params.arguments ?? {};
    if (params.name !== NAME || path === undefined) {
      const hint = `\`${NAME}\` takes \`path\``;
      const problems = params.name === NAME ? "`path` is missing" : "there is no such prompt";
      const told = tell(AGENT_MESSAGES.badArguments, { tool: params.name, problems, hint });
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, toldText(told));
    }
    return { messages: [{ role: "user", content: { type: "text", text: textFor(path) } }] };
  });
}

function textFor(path: string): string {
  return [
    `Find out whether the concurrent program ${path} can fail, and put it right.`,
    "",
    "1. Call Threadloom's `check` on it. If the verdict is not what the file expects, read the story and the schedule of the gravest finding.",
    "2. Follow that schedule with `replay`, or with `step` where you need to look at values and at who waits for whom. Say in a few sentences what goes wrong, naming threads and lines.",
    "3. Make the smallest change of the program that rules out that order, or makes it harmless. Do not weaken its assertions.",
    "4. Call `check` again, until it says that every interleaving was explored and none fails; if it cannot explore them all, say so.",
  ].join("\n");
}
