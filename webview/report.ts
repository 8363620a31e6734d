/**
 * A run as one page that needs nothing else: the panel's own code and style, and the trace as a block of data. Opens from
 * a disk, without a network; the page's policy forbids it any.
 */
import { escapeHtml, htmlPage } from "../src/base/html-page.ts";
import { encodeBase64 } from "./base64.ts";
import { TRACE_BLOCK, TRACE_TYPE } from "./report-parts.ts";

/**
 * The page's HTML. `webviewJs` and `webviewCss` are the text of `dist/webview.js` and `dist/webview.css`; `title` is what
 * the head of the page says, as it is. Pure; O(bytes).
 */
export function reportHtml(
  trace: Uint8Array,
  webviewJs: string,
  webviewCss: string,
  title: string,
): string {
  const nonce = fingerprint(webviewJs);
  return htmlPage({
    language: "en",
    title,
    policy: [
      ["script-src", `'nonce-${nonce}'`],
      ["style-src", `'nonce-${nonce}'`],
      ["img-src", "data:"],
      ["font-src", "data:"],
      ["base-uri", "'none'"],
      ["form-action", "'none'"],
    ],
    head: `<meta name="color-scheme" content="dark light">
<style nonce="${nonce}">
${webviewCss.replaceAll(/<\/style/gi, "<\\/style")}
</style>`,
    bodyClass: "threadloom-report",
    body: `<script type="${TRACE_TYPE}" id="${TRACE_BLOCK}" data-title="${escapeHtml(title)}">${encodeBase64(trace)}</script>
<script nonce="${nonce}">
${webviewJs.replaceAll(/<\/script/gi, "<\\/script").replaceAll("<!--", "<\\!--")}
</script>`,
  });
}

/**
 * FNV-1a of the code (Fowler, Noll, Vo). A nonce guards against what others write into a page; into a file on a disk
 * nobody writes, so that the same input may well give the same page.
 */
function fingerprint(text: string): string {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
