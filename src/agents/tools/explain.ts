/** `explain`: what a code means, and how programs are written. */
import * as z from "zod";
import { AGENT_MESSAGES } from "../../base/catalogue/agents.ts";
import { messageOf } from "../../base/catalogue/index.ts";
import { pageOf } from "../../base/catalogue/page.ts";
import { refuse } from "../refusal.ts";
import { tool } from "../tool.ts";
import { contentsOf, sectionOf } from "../words/sections.ts";

/** Pages of the documentation, with what they are about. */
export const PAGES = {
  annotations: "what comments make a TypeScript file a program, and what it expects",
  std: "the standard library: what programs import from threadloom:std",
  schedules: "how schedules are written",
  checking: "what exploring tries, proves and reports",
} as const;
export type PageName = keyof typeof PAGES;

export const explain = tool({
  name: "explain",
  title: "Explain a code or how programs are written",
  description:
    "Tells what a code of Threadloom's means and what to do about it (`TL2153`, as verdicts, findings, diagnostics and errors " +
    "carry them), or how programs are written: `annotations` (the comments that make a TypeScript file a program: @threadloom, " +
    "@shared, @thread, @final, @invariant, @expect), `std` (what there is in threadloom:std), `std Mutex` (one part of it, with " +
    "examples), `schedules`, `checking`. Read `annotations` and `std` before writing a first program.",
  input: z.strictObject({
    about: z
      .string()
      .min(1)
      .describe(
        "A code (`TL2153`), a page (`annotations`, `std`, `schedules`, `checking`), or `std NAME`.",
      ),
  }),
  output: {
    type: "object",
    properties: { about: { type: "string" }, markdown: { type: "string" } },
    required: ["about", "markdown"],
  },
  runsCode: false,
  idempotent: true,
  async run({ about }, world) {
    const [first, ...rest] = about.trim().split(/\s+/);
    const entry = messageOf(first);
    const markdown =
      entry === undefined ? await page(first.toLowerCase(), rest.join(" ")) : pageOf(entry);
    if (markdown !== undefined) return { text: markdown, data: { about, markdown } };
    const pages = Object.keys(PAGES)
      .map((name) => `\`${name}\``)
      .join(", ");
    return refuse(AGENT_MESSAGES.unknownTopic, { about, pages });

    async function page(name: string, part: string): Promise<string | undefined> {
      if (!(name in PAGES)) return undefined;
      const whole = await world.page(name);
      if (part !== "") return sectionOf(whole, part);
      // The whole of it is longer than a model should have to read for one name.
      return name === "std" ? contentsOf(whole) : whole;
    }
  },
});
