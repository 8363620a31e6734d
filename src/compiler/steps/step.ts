/**
 * A step of the transformation: pure, over one file. Steps look up what was decided about the *parse tree* (`Module`):
 * by identity for identifiers, which no step copies, and by `ts.getOriginalNode` for what an earlier step has rebuilt.
 * What a step puts in has no original, so later steps leave it alone.
 */
import type ts from "typescript";
import type { Module } from "../module.ts";

export interface Step {
  readonly name: string;
  /** What it does, in a sentence: for people who print the pipeline. */
  readonly does: string;
  readonly transform: (module: Module) => ts.TransformerFactory<ts.SourceFile>;
}
