/** Pages of the documentation as resources, for clients that let a person or a model attach them: `threadloom://docs/std`. */
import { ProtocolError, ProtocolErrorCode, type Server } from "@modelcontextprotocol/server";
import { toldText } from "../../agents/refusal.ts";
import type { Toolbox } from "../../agents/toolbox.ts";
import { PAGES } from "../../agents/tools/explain.ts";
import { AGENT_MESSAGES } from "../../base/catalogue/agents.ts";
import { tell } from "../../base/catalogue/message.ts";

const SCHEME = "threadloom://docs/";
const mimeType = "text/markdown";

export function offerPages(server: Server, toolbox: Toolbox): void {
  server.setRequestHandler("resources/list", () => ({
    resources: Object.entries(PAGES).map(([name, description]) => ({
      uri: `${SCHEME}${name}`,
      name,
      title: `Threadloom: ${name}`,
      description,
      mimeType,
    })),
  }));
  server.setRequestHandler("resources/templates/list", () => ({ resourceTemplates: [] }));
  server.setRequestHandler("resources/read", async ({ params: { uri } }) => {
    const name = uri.startsWith(SCHEME) ? uri.slice(SCHEME.length) : "";
    if (Object.hasOwn(PAGES, name)) {
      return { contents: [{ uri, mimeType, text: await toolbox.page(name) }] };
    }
    const pages = Object.keys(PAGES).map((page) => `\`${SCHEME}${page}\``);
    const told = tell(AGENT_MESSAGES.unknownTopic, { about: uri, pages: pages.join(", ") });
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, toldText(told));
  });
}
