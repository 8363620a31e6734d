import assert from "node:assert/strict";
import { globSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { CATALOGUE, messageOf } from "../../src/base/catalogue/index.ts";
import type { Message } from "../../src/base/catalogue/message.ts";
import { tell } from "../../src/base/catalogue/message.ts";

const folder = path.join(import.meta.dirname, "../../src/base/catalogue");
const entries = CATALOGUE.flatMap(({ digit, messages }) =>
  messages.map((entry) => ({ digit, entry })),
);

test("the catalogue gathers every file of messages", async () => {
  const found: Message[] = [];
  for (const file of globSync("*.ts", { cwd: folder })) {
    if (["message.ts", "index.ts", "page.ts"].includes(file)) continue;
    const exported = (await import(path.join(folder, file))) as Record<string, object>;
    // A file exports its messages one by one, or as one table.
    for (const value of Object.values(exported))
      found.push(...("code" in value ? [value as Message] : (Object.values(value) as Message[])));
  }
  const codes = (messages: readonly Message[]) => messages.map(({ code }) => code).sort();
  assert.deepEqual(codes(entries.map(({ entry }) => entry)), codes(found));
});

test("no code is given twice, and each lies in the range of its file", () => {
  const seen = new Set<string>();
  for (const { digit, entry } of entries) {
    assert.match(entry.code, new RegExp(`^TL${digit}\\d{3}$`));
    assert.ok(!seen.has(entry.code), `${entry.code} is given twice`);
    seen.add(entry.code);
  }
});

test("every message declares the values that it names, and no others", () => {
  for (const { entry } of entries) {
    const named = `${entry.text} ${entry.remedy ?? ""}`.matchAll(/\{(\w+)\}/g);
    const names = new Set([...named].map((match) => match[1]));
    assert.deepEqual([...names].sort(), [...entry.values].sort(), entry.code);
    const told = tell(entry, Object.fromEntries(entry.values.map((name) => [name, "value"])));
    assert.doesNotMatch(`${told.message} ${told.remedy ?? ""}`, /\{\w+\}/, entry.code);
  }
});

test("every message is a sentence, and is explained", () => {
  for (const { entry } of entries) {
    assert.match(entry.text, /^["`{@A-Z]/, entry.code);
    assert.match(entry.explanation, /[.`)]$/, entry.code);
    assert.ok(entry.explanation.length > 40, `${entry.code} deserves more than that`);
  }
});

test("a message is found by its code, in either case", () => {
  assert.equal(messageOf("tl2003")?.code, "TL2003");
  assert.equal(messageOf("TL0000"), undefined);
});
