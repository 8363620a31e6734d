/** All checks of a loaded program's text, one file each. They run after type checking, whose work they use. */
import type ts from "typescript";
import type { Diagnostic } from "../../protocol/program.ts";
import type { LoadedProgram } from "../loaded.ts";
import { checkAwaits } from "./await-under-lock.ts";
import type { Checking } from "./checking.ts";
import { checkConcurrent } from "./concurrent.ts";
import { findCrossings } from "./crossings.ts";
import { checkGuarded } from "./guarded.ts";
import { checkMoved } from "./moved.ts";
import { checkPlainWrites } from "./plain-writes.ts";
import { checkSend } from "./send.ts";
import { checkUnmodelled } from "./unmodelled.ts";

/**
 * What the checks have to say beyond `loaded.diagnostics`. Pure in the program. Time grows with its text, and with the
 * functions that each thread's body reaches.
 */
export function checkProgram(loaded: LoadedProgram): Diagnostic[] {
  const { files, checker } = loaded;
  const own = new Set(files);
  const checking: Checking = {
    program: loaded.program,
    checker,
    files,
    annotations: loaded.annotations,
    crossings: new Map(files.map((file) => [file, findCrossings(file, checker)])),
    diagnostics: [],
    uses: new WeakMap(),
    idOf: (file) => loaded.idOf(file),
    isOwn: (file: ts.SourceFile) => own.has(file),
  };
  checkSend(checking);
  checkMoved(checking);
  checkPlainWrites(checking);
  checkUnmodelled(checking);
  checkGuarded(checking);
  checkAwaits(checking);
  // A misspelt @thread is said to be one; that nothing is concurrent then follows.
  if (!loaded.diagnostics.some(({ stops }) => stops)) checkConcurrent(loaded.entry, checking);
  return checking.diagnostics;
}
