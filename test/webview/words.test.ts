import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { EventKind, OBJECT_KINDS } from "../../src/trace/event.ts";
import { CONTRIBUTED_COLOURS, variableOf } from "../../webview/draw/colours.ts";
import { STYLE_NAMES } from "../../webview/model/style.ts";
import { eventRows, spanRows } from "../../webview/model/table-rows.ts";
import { ENGLISH, grouped, textIn } from "../../webview/strings.ts";
import { pictureOf, wordsOf } from "./told.ts";
import { transferTrace } from "./traces.ts";

test("every kind of event and object has a word", () => {
  for (const kind of Object.keys(EventKind)) assert.ok(`event.${kind}` in ENGLISH, kind);
  for (const kind of OBJECT_KINDS) assert.ok(`kind.${kind}` in ENGLISH, kind);
});

test("every count has both its forms", () => {
  for (const key of Object.keys(ENGLISH)) {
    const [, stem, form] = /^(.*)\.(one|other)$/.exec(key) ?? [];
    if (form === "one") assert.ok(`${stem}.other` in ENGLISH, key);
    // "event.other" stands for itself.
    if (form === "other" && stem !== "event") assert.ok(`${stem}.one` in ENGLISH, key);
  }
});

test("another language takes the place of English where it has a word, and only there", () => {
  const text = textIn({ "header.trace": "Aufzeichnen", "count.threads.other": "{count} Fäden" });
  assert.equal(text("header.trace"), "Aufzeichnen");
  assert.equal(text("header.cancel"), "Cancel");
  assert.equal(text.count("count.threads", 1200), "1,200 Fäden");
  assert.equal(text.count("count.threads", 1), "1 thread");
  assert.equal(text("empty.compiling", {}), "Compiling {title}…");
  assert.equal(textIn({})("empty.compiling", { title: "{count}" }), "Compiling {count}…");
});

test("digits are grouped by three", () => {
  assert.deepEqual([0, 999, 1000, 1234567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
});

test("the page's own colours are those that the extension contributes", () => {
  const css = readFileSync(new URL("../../webview/timeline.css", import.meta.url), "utf8");
  const dark = css.slice(css.indexOf("body {"), css.indexOf("body.vscode-light"));
  const light = css.slice(css.indexOf("body.vscode-light"), css.indexOf("\n* {"));
  let checked = 0;
  for (const { id, dark: inDark, light: inLight } of CONTRIBUTED_COLOURS) {
    if (!dark.includes(`${variableOf(id)},`)) continue;
    checked++;
    assert.ok(dark.includes(`var(${variableOf(id)}, ${inDark})`), id);
    assert.ok(light.includes(`var(${variableOf(id)}, ${inLight})`), id);
  }
  assert.ok(checked >= 14);
  const manifest = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  ) as { contributes: { colors: { id: string; defaults: Record<string, string> }[] } };
  assert.deepEqual(
    manifest.contributes.colors.map(({ id, defaults }) => ({ id, ...defaults })),
    CONTRIBUTED_COLOURS.map(({ id, dark, light, hcDark, hcLight }) => {
      return { id, dark, light, highContrast: hcDark, highContrastLight: hcLight };
    }),
  );
  const contributed = new Set(CONTRIBUTED_COLOURS.map(({ id }) => id.replace("threadloom.", "")));
  for (const name of STYLE_NAMES) {
    if (/^(thread|lock)\d/.test(name)) assert.ok(contributed.has(name), name);
  }
});

test("the table says what the picture shows, in order of time", () => {
  const picture = pictureOf(transferTrace());
  const words = wordsOf(picture);
  const rows = spanRows(picture, -1, null).rows(0, 5, words);
  assert.deepEqual(
    rows.map(({ threadName, what }) => `${threadName} ${what}`),
    [
      "main running",
      "worker-1 running",
      "worker-2 running",
      "worker-1 blocked on log",
      "worker-2 blocked on db",
    ],
  );
  assert.equal(spanRows(picture, 1, null).count, 3);
  const events = eventRows(picture, -1);
  assert.equal(events.count, picture.events.count);
  const all = events.rows(0, events.count, words);
  const times = all.map(
    ({ hit }) => hit.kind === "mark" && picture.events.time[hit.lane.marks.rows[hit.index]],
  );
  assert.deepEqual(
    times,
    [...times].sort((a, b) => Number(a) - Number(b)),
  );
  assert.ok(all.some(({ what }) => what === "wrote done → 2"));
});
