/**
 * What the editor says of a place in a program while the mouse rests there: of an annotation always, of names out of
 * `threadloom:std` where VS Code's own TypeScript can't, which switches itself off in folders that are not trusted and
 * knows no module in virtual ones. The words are read from the declarations and the documentation that come with us;
 * nothing of the person's is run or loaded.
 */
import * as vscode from "vscode";
import {
  annotationHoverAt,
  readAnnotationWords,
  type AnnotationWords,
} from "../language/hover/annotation-hover.ts";
import {
  readDeclarations,
  type Declaration,
  type DeclaredModule,
} from "../language/hover/declarations.ts";
import { stdHoverAt } from "../language/hover/std-hover.ts";

interface Words {
  readonly annotations: AnnotationWords;
  readonly modules: readonly DeclaredModule[];
}

/** `types/NAME.d.ts` each: the modules `threadloom:NAME`. */
const MODULES = ["std", "async", "actors", "collections", "check"];
const ANNOTATIONS = "words/annotations.md";

export class Hovers implements vscode.HoverProvider, vscode.Disposable {
  readonly #dist: vscode.Uri;
  readonly #registered: vscode.Disposable;
  #words: Promise<Words> | undefined;

  constructor(extension: vscode.Uri) {
    this.#dist = vscode.Uri.joinPath(extension, "dist");
    this.#registered = vscode.languages.registerHoverProvider({ language: "typescript" }, this);
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const text = document.getText();
    if (!text.includes("threadloom")) return undefined;
    const words = await (this.#words ??= this.#read());
    const offset = document.offsetAt(position);
    const range = ({ start, end }: { readonly start: number; readonly end: number }) =>
      new vscode.Range(document.positionAt(start), document.positionAt(end));

    const annotation = annotationHoverAt(text, offset, words.annotations);
    if (annotation) return new vscode.Hover(markdown(annotation.text), range(annotation));
    if (isTypeScriptAtWork(document)) return undefined;
    for (const module of words.modules) {
      const hover = stdHoverAt(text, offset, module);
      if (!hover) continue;
      const parts = hover.module
        ? [signature(`module "${hover.module.name}"`, hover.module.documentation)]
        : hover.declarations.map((one) => signature(one.signature, one.documentation));
      if (hover.guessed) parts.unshift(guess(hover.declarations));
      return new vscode.Hover(parts, range(hover));
    }
    return undefined;
  }

  dispose(): void {
    this.#registered.dispose();
  }

  async #read(): Promise<Words> {
    const read = async (name: string) =>
      new TextDecoder().decode(
        await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#dist, name)),
      );
    const [page, ...texts] = await Promise.all(
      [ANNOTATIONS, ...MODULES.map((name) => `types/${name}.d.ts`)].map(read),
    );
    return {
      annotations: readAnnotationWords(page),
      modules: texts.flatMap((text) => readDeclarations(text) ?? []),
    };
  }
}

/** Whether VS Code's own TypeScript, with our plugin in it, answers for this document. */
function isTypeScriptAtWork({ uri }: vscode.TextDocument): boolean {
  return (
    vscode.workspace.isTrusted &&
    (uri.scheme === "file" || uri.scheme === "untitled") &&
    vscode.extensions.getExtension("vscode.typescript-language-features") !== undefined
  );
}

function signature(code: string, documentation: string): vscode.MarkdownString {
  return markdown(`\`\`\`typescript\n${code}\n\`\`\`\n\n${documentation}`);
}

function guess(declarations: readonly Declaration[]): vscode.MarkdownString {
  const names = declarations.map(({ owner, name }) => `\`${owner}.${name}\``).join(", ");
  return markdown(
    vscode.l10n.t("By its name this may be {0}; types are not checked in this folder.", names),
  );
}

/** Not trusted: links to commands stay dead, whatever the words are. */
function markdown(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString(text);
}
