// Takes docs/pictures/models.png, the picture in docs/execution-models.md: a program under every execution model, compared
// in a real VS Code.
//   npm run build && node scripts/picture-models.mjs
import { fileURLToPath } from "node:url";
import { Code } from "../test/vscode/driver.ts";

await using code = await Code.start({
  workspace: fileURLToPath(new URL("../examples", import.meta.url)),
  size: { width: 1440, height: 860 },
  theme: "dark",
  settings: { "editor.minimap.enabled": false, "editor.fontSize": 12 },
});
await code.openFile("7-models/models.ts");
await code.runCommand("View: Toggle Primary Side Bar Visibility");
await code.runCommand("Threadloom: Compare Execution Models");
await code.until("what differs", async () => {
  for (const frame of code.page.frames()) {
    const said = await frame
      .locator(".comparison .story .first")
      .count()
      .catch(() => 0);
    if (said > 0) return true;
  }
  return undefined;
});
await code.page.waitForTimeout(1000);
const file = fileURLToPath(new URL("../docs/pictures/models.png", import.meta.url));
await code.page.screenshot({ path: file });
