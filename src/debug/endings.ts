/** How a run ended, in words, and what of it the client wants to be stopped for. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Outcome } from "../protocol/step.ts";
import type { Finding, FindingKind } from "../trace/finding.ts";
import { findingsOf } from "./filters.ts";

export class Endings {
  #wanted: ReadonlySet<FindingKind> = new Set();
  #stopped: Finding | undefined;

  /** The switches that are on. */
  want(filters: readonly string[]): void {
    this.#wanted = new Set(filters.flatMap(findingsOf));
  }

  /** The first finding that somebody wants to be stopped for; remembered for when the client asks what it was. */
  stopping({ findings }: Outcome): Finding | undefined {
    this.#stopped = findings.find(({ kind }) => this.#wanted.has(kind));
    return this.#stopped;
  }

  /** What the run was last stopped for at its end. */
  get info(): DebugProtocol.ExceptionInfoResponse["body"] | undefined {
    if (this.#stopped === undefined) return undefined;
    const { code, kind, message, chain = [], remedy } = this.#stopped;
    const stackTrace = chain.map(({ text }) => text).join("\n");
    return {
      ...{ exceptionId: `${code} ${kind}`, breakMode: "always" },
      description: remedy === undefined ? message : `${message}\n${remedy}`,
      details: { message, typeName: kind, ...(stackTrace === "" ? {} : { stackTrace }) },
    };
  }

  text({ ending, findings }: Outcome): string {
    const gravest = errorsOf(findings)[0]?.kind;
    const how = gravest === undefined ? "" : `: ${gravest}`;
    switch (ending) {
      case "finished":
        return `At the end of the run${how}`;
      case "exited":
        return `The program ended itself${how}`;
      case "stuck":
        return `Nobody can go on${how}`;
      case "time-limit":
      case "memory-limit":
      case "step-limit":
        return `At the limit of the run${how}`;
      case "unmodelled":
      case "crashed":
      case "cancelled":
        return `The run broke off${how}`;
    }
  }

  /** What a shell would be told. */
  exitCode({ ending, findings }: Outcome): number {
    const isWhole = ending === "finished" || ending === "exited";
    return isWhole && errorsOf(findings).length === 0 ? 0 : 1;
  }
}

export function errorsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === "error");
}
