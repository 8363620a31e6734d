/**
 * The page that a timeline's webview loads. It may run our bundle and nothing else: no network, no inline script, no
 * script without this page's nonce; workers only out of blobs that the bundle makes itself.
 *
 * Styles may be inline, since a view sets sizes and positions of elements as it draws; a style cannot load anything here.
 */
import { escapeHtml, htmlPage } from "../base/html-page.ts";

export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** The webview's own source, for the policy. */
  readonly source: string;
  readonly nonce: string;
  /** BCP 47, such as `en`. */
  readonly language: string;
  readonly title: string;
}

export function timelinePage({ script, style, source, nonce, language, title }: PageParts): string {
  return htmlPage({
    language,
    title,
    policy: [
      ["script-src", `'nonce-${nonce}'`],
      ["style-src", source, "'unsafe-inline'"],
      ["font-src", source, "data:"],
      ["img-src", source, "data:", "blob:"],
      ["worker-src", "blob:"],
    ],
    head: `<link rel="stylesheet" href="${escapeHtml(style)}">`,
    body: `<script nonce="${nonce}" src="${escapeHtml(script)}"></script>`,
  });
}

/** 128 bits; only its alphabet is ours, the randomness is the caller's. */
export function nonceOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
