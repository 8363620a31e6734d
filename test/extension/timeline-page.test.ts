import assert from "node:assert/strict";
import { test } from "node:test";
import { nonceOf, timelinePage } from "../../src/extension/timeline-page.ts";

const page = timelinePage({
  script: "https://x/webview.js",
  style: "https://x/webview.css",
  source: "https://*.vscode-cdn.net",
  nonce: nonceOf(new Uint8Array([0, 255, 16])),
  language: "en",
  title: `"><script>alert(1)</script>`,
});

test("the page's policy allows our bundle alone: nothing inline, no network", () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1];
  assert.match(policy, /^default-src &?.{0,4}'none'/);
  assert.match(policy, /script-src 'nonce-00ff10'(;|$)/);
  assert.doesNotMatch(policy, /unsafe-eval|connect-src|script-src[^;]*(unsafe-inline|https:|\*)/);
});

test("there is one script, with the nonce, and no text of the person's becomes markup", () => {
  assert.equal(page.match(/<script/g)?.length, 1);
  assert.match(page, /<script nonce="00ff10" src="https:\/\/x\/webview\.js">/);
});
