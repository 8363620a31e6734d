// Takes docs/pictures/stepper.png: a real VS Code in which a lost update is stepped into, and the run that passes beside it.
//   npm run build && node scripts/picture-stepper.mjs
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Code } from "../test/vscode/driver.ts";
import { lens } from "../test/vscode/editor.ts";

const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
mkdirSync(folder, { recursive: true });

const COUNTER = `// @threadloom
/** @shared */
let counter = 0;

/** @thread */
function alice() {
  counter++;
}

/** @thread */
function bob() {
  counter++;
}

// @final counter === 2
`;

await using code = await Code.start({
  workspace: { "counter.ts": COUNTER },
  size: { width: 1440, height: 900 },
  theme: "dark",
  settings: { "editor.minimap.enabled": false, "editor.fontSize": 12 },
});
await code.openFile("counter.ts");
await code.runCommand("View: Toggle Primary Side Bar Visibility");
await lens(code, /^\s*Step/)
  .first()
  .click();
const frame = await code.webviewFrame(".stephead h1", 60_000);

/** @param {string} thread  @param {RegExp} next  what its button says when this is done */
async function stepUntil(thread, next) {
  const button = frame
    .locator(".card", { has: frame.locator("h3", { hasText: thread }) })
    .locator(".step");
  await code.until(`${thread} to stand before ${next}`, async () => {
    if (next.test(await button.innerText())) return true;
    await button.click();
    await code.page.waitForTimeout(300);
    return undefined;
  });
}

await code.until("both threads", async () => {
  if ((await frame.locator(".card").count()) === 3) return true;
  await frame.locator(".card .step").first().click();
  await code.page.waitForTimeout(300);
  return undefined;
});
await stepUntil("bob", /read/);
await stepUntil("alice", /write/);
// First the run that passes, to its end; then back, and bob reads too early.
await frame.getByRole("button", { name: /^Continue/ }).click();
await frame.locator(".tone.good").waitFor();
const alice = frame.locator(".history .row", { hasText: "reads counter → 0" }).first();
await alice.click();
await stepUntil("bob", /end/);
await frame.locator(".tone.warning").waitFor();
await code.page.waitForTimeout(1500);
await code.page.screenshot({ path: `${folder}stepper.png` });
