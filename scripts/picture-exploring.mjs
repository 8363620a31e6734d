// Takes docs/pictures/exploring.png: a real VS Code in which a lost update was found by exploring.
//   npm run build && node scripts/picture-exploring.mjs
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
await lens(code, /^\s*Explore/)
  .first()
  .click();
const frame = await code.webviewFrame(".exploration .finding", 60_000);
await frame.locator(".story .first").waitFor();
await code.page.waitForTimeout(1500);
await code.page.screenshot({ path: `${folder}exploring.png` });
