/**
 * What a code means, as a page in the editor: the catalogue's own explanation, so that a link from the Problems view
 * works offline and speaks of the version that is installed.
 */
import * as vscode from "vscode";
import { messageOf } from "../base/catalogue/index.ts";
import { pageOf } from "../base/catalogue/page.ts";

const SCHEME = "threadloom-explain";

export function explanationOf(code: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${code}.md` });
}

export function registerExplanations(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent(uri) {
      const code = uri.path.slice(1).replace(/\.md$/, "");
      const entry = messageOf(code);
      if (!entry) return vscode.l10n.t("Nothing is known of {0}.", code);
      return pageOf(entry);
    },
  });
}
