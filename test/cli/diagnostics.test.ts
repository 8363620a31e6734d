import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { renderDiagnostics } from "../../src/cli/render/diagnostics.ts";
import { paintFor } from "../../src/cli/render/paint.ts";
import type { Diagnostic } from "../../src/protocol/program.ts";

const LOOK = { width: 72, colour: false, unicode: false };

/** A diagnostic about the text between the marks ‹ › of a source. */
function about(
  marked: string,
  rest: Partial<Diagnostic> & Pick<Diagnostic, "code" | "message">,
): { readonly source: string; readonly diagnostic: Diagnostic } {
  const position = (index: number) => {
    const lines = marked.slice(0, index).replace("‹", "").split("\n");
    return { line: lines.length, column: lines.at(-1)!.length + 1 };
  };
  const [start, end] = [position(marked.indexOf("‹")), position(marked.indexOf("›"))];
  return {
    source: marked.replace(/[‹›]/g, ""),
    diagnostic: {
      severity: "error",
      file: "a.ts",
      ...start,
      endLine: end.line,
      endColumn: end.column,
      stops: true,
      ...rest,
    },
  };
}

function rendered(
  { source, diagnostic }: ReturnType<typeof about>,
  look: typeof LOOK = LOOK,
): string {
  return renderDiagnostics([diagnostic], () => source, look, paintFor(look)).join("\n");
}

test("a diagnostic says what, where, shows the line, and says what to do", () => {
  const one = about("let a = 1;\nlet b = ‹frobnicate›(a);", {
    code: "TL1203",
    message: "This cannot be.",
    remedy: "Let it be.",
  });
  assert.equal(
    rendered(one),
    `error[TL1203]: This cannot be.
  -> a.ts:2:9
   |
 2 | let b = frobnicate(a);
   |         ^^^^^^^^^^
  = help: Let it be.

1 error`,
  );
});

test("the caret stands under its text behind tabs and wide characters", () => {
  const lines = rendered(about("\t漢字(‹x›);", { code: "TL1", message: "Here." })).split("\n");
  assert.deepEqual(lines.slice(3, 5), [" 1 |   漢字(x);", "   |        ^"]);
});

test("a range over several lines is marked to the end of its first", () => {
  const lines = rendered(about("f(‹1,\n2›);", { code: "TL1", message: "Here." })).split("\n");
  assert.deepEqual(lines.slice(3, 5), [" 1 | f(1,", "   |   ^^"]);
});

test("an empty range, and one behind the end of the line, still get a caret", () => {
  const lines = rendered(about("let a = ‹›", { code: "TL1", message: "Here." })).split("\n");
  assert.equal(lines[4], "   |         ^");
});

test("a line that is too long is shown around what is marked", () => {
  const long = "x".repeat(300);
  const lines = rendered(about(`${long}‹bad›${long}`, { code: "TL1", message: "Here." }));
  const [, , , code = "", caret = ""] = lines.split("\n");
  assert.ok(code.length <= LOOK.width, code);
  assert.equal(code.slice(caret.indexOf("^"), caret.lastIndexOf("^") + 1), "bad");
});

test("several are told at once, in the order of the text, and counted", () => {
  const source = "one\ntwo\nthree";
  const at = (line: number, severity: Diagnostic["severity"]): Diagnostic => ({
    ...{ code: `TL${line}`, severity, message: `Line ${line}.`, file: "a.ts", line, column: 1 },
    ...{ endLine: line, endColumn: 4, stops: severity === "error" },
  });
  const text = renderDiagnostics(
    [at(3, "error"), at(1, "warning"), at(2, "error")],
    () => source,
    LOOK,
    paintFor(LOOK),
  );
  assert.deepEqual(
    text.filter((line) => line.includes("[TL") || line.includes(",")),
    ["warning[TL1]: Line 1.", "error[TL2]: Line 2.", "error[TL3]: Line 3.", "2 errors, 1 warning"],
  );
});

test("a file that cannot be read any more costs the frame, not the message", () => {
  const { diagnostic } = about("‹a›", { code: "TL1", message: "Here.", remedy: "There." });
  const lines = renderDiagnostics([diagnostic], () => undefined, LOOK, paintFor(LOOK));
  assert.deepEqual(lines.slice(0, 3), ["error[TL1]: Here.", "  -> a.ts:1:1", "  = help: There."]);
});

test("control characters of a source are shown, never sent to the terminal", () => {
  const text = rendered(about("‹a› \u001b[2J\u0007", { code: "TL1", message: "Here." }));
  assert.ok(!text.includes("\u0007") && !text.includes("\u001b"));
});

test("colour changes nothing but colour", () => {
  const one = about("let b = ‹x›;", { code: "TL1203", message: "No.", remedy: "Yes." });
  const coloured = rendered(one, { ...LOOK, colour: true });
  assert.notEqual(coloured, rendered(one));
  assert.equal(stripVTControlCharacters(coloured), rendered(one));
});
