import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { decodeBase64, encodeBase64 } from "../../webview/base64.ts";
import { reportHtml } from "../../webview/report.ts";

test("base64 gives back what it took, and agrees with everybody else's", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = encodeBase64(bytes);
      assert.equal(text, Buffer.from(bytes).toString("base64"));
      assert.deepEqual(decodeBase64(`\n${text}\n`), bytes);
    }),
  );
  const large = new Uint8Array(100_000).map((_, index) => index * 7);
  assert.deepEqual(decodeBase64(encodeBase64(large)), large);
});

test("what is no base64 is refused with its place", () => {
  assert.throws(() => decodeBase64("AA*A"), /Character 2/);
});

test("neither a title nor the code can end the block that it stands in", () => {
  const html = reportHtml(
    new Uint8Array(3),
    'const a = "</script><b>";',
    'a::after{content:"</style>"}',
    '"><script>x',
  );
  assert.equal(html.match(/<\/script/gi)?.length, 2);
  assert.equal(html.match(/<\/style/gi)?.length, 1);
  assert.ok(!html.includes("<script>x"));
});

test("a report may not reach the network, and the same run gives the same report", () => {
  const make = (): string => reportHtml(new Uint8Array(9), "code", "style", "run");
  assert.match(make(), /default-src 'none'/);
  assert.doesNotMatch(make(), /unsafe|https?:/);
  assert.equal(make(), make());
});
