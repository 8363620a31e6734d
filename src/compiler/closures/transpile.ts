/**
 * The file of a test as JavaScript, for a runner that takes nothing else: types are left out and modules brought into the form
 * that it wants, without looking at any other file.
 */
import ts from "typescript";

/** With its source map within, so that stacks and coverage speak of the file as it is. */
export function transpile(file: string, text: string, modules: "esm" | "commonjs"): string {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: modules === "esm" ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
    esModuleInterop: true,
    jsx: ts.JsxEmit.ReactJSX,
    allowJs: true,
    inlineSourceMap: true,
    inlineSources: true,
  };
  return ts.transpileModule(text, { compilerOptions: options, fileName: file }).outputText;
}
