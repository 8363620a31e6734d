/** The dialogue in docs/agents.md is what a real client hears: each call there is made, and answered so to the letter. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { TOOL_NAMES } from "../../src/agents/names.ts";
import { AgentClient } from "../cli/mcp/client.ts";

interface Turn {
  readonly tool: string;
  readonly arguments: Record<string, unknown>;
  readonly answer: string;
}

const page = readFileSync(path.join(import.meta.dirname, "../../docs/agents.md"), "utf8");
const [, program] = /^```ts\n([^]*?)^```/m.exec(page)!;
const turns = Array.from(
  page.matchAll(/^```json\n(\{\s+"tool"[^]*?)^```\n\n(`{3,})text\n([^]*?)^\2$/gm),
  ([, call, , answer]) => ({ ...(JSON.parse(call) as Omit<Turn, "answer">), answer }),
);

let agent: AgentClient;
before(async () => {
  agent = await AgentClient.start({ "counter.ts": program });
});
after(() => agent[Symbol.asyncDispose]());

test("the page has a row for each tool, and calls several", () => {
  const rows = Array.from(page.matchAll(/^\| `(\w+)` +\|/gm), ([, name]) => name);
  assert.deepEqual(rows, [...TOOL_NAMES]);
  assert.ok(turns.length >= 3);
});

// One after another: a session's calls build upon each other.
test("each call of the dialogue is answered as the page says", async () => {
  for (const { tool, arguments: given, answer } of turns) {
    const { text } = await agent.call(tool, given);
    assert.equal(`${text}\n`, answer, tool);
  }
});
