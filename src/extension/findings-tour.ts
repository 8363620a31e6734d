/** `Go to Next Finding`: goes round the findings of the last run, one with each call, and says what was found. */
import * as vscode from "vscode";
import type { Finding } from "../trace/finding.ts";
import { reveal } from "./reveal.ts";

export class FindingsTour {
  #findings: readonly Finding[] = [];
  #next = 0;

  /** False where there is none to go to. */
  async next(findings: readonly Finding[]): Promise<boolean> {
    if (findings !== this.#findings) {
      this.#findings = findings;
      this.#next = 0;
    }
    const placed = findings.filter((finding) => finding.sites.length > 0);
    const finding = placed[this.#next % Math.max(1, placed.length)];
    if (!finding) return false;
    const number = (this.#next % placed.length) + 1;
    this.#next = number;
    await reveal(finding.sites[0], { preserveFocus: false, avoid: undefined });
    const message = `$(${finding.severity}) ${number}/${placed.length} · ${finding.message}`;
    vscode.window.setStatusBarMessage(message.replaceAll("\n", " "), 10_000);
    return true;
  }
}
