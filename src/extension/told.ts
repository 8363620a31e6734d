/** The catalogue's messages, in the person's language, and on the screen. */
import * as vscode from "vscode";
import type { Message } from "../base/catalogue/message.ts";

type Values<Names extends readonly string[]> = {
  readonly [name in Names[number]]: string | number;
};

/** `TL6001: what happened. What to do.` */
export function told<const Names extends readonly string[]>(
  entry: Message<Names>,
  values: Values<Names>,
): string {
  const put = (text: string) => vscode.l10n.t(text, values as Record<string, string | number>);
  const sentence = put(entry.text);
  return `${entry.code}: ${entry.remedy ? `${sentence} ${put(entry.remedy)}` : sentence}`;
}
