/** All that the catalogue says of a message, as Markdown: a page in the editor, an answer to a coding agent. */
import type { Message } from "./message.ts";

export function pageOf({ code, text, explanation, remedy = "" }: Message): string {
  const parts = [`# ${code}`, `> ${text}`, explanation, remedy];
  return parts.filter((part) => part !== "").join("\n\n") + "\n";
}
