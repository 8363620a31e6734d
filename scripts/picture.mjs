// Takes docs/pictures/timeline.png, the picture in the README: a real VS Code on an example, after a click on Trace.
//   npm run build && node scripts/picture.mjs [ZOOM]
// ZOOM: by how many pixels the wheel zooms in on the end of the run; on a busy machine some 150.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Code } from "../test/vscode/driver.ts";
import { clickTrace } from "../test/vscode/editor.ts";
import { TimelinePage } from "../test/vscode/timeline.ts";

const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
mkdirSync(folder, { recursive: true });

await using code = await Code.start({
  workspace: fileURLToPath(new URL("../examples", import.meta.url)),
  size: { width: 1440, height: 900 },
  theme: "dark",
  settings: { "editor.minimap.enabled": false, "editor.fontSize": 12 },
});
await code.openFile("4-shared-state/contention.ts");
await code.runCommand("View: Toggle Primary Side Bar Visibility");
await clickTrace(code);
const timeline = await TimelinePage.of(code, "contention.ts");
await timeline.says(/Ended.*4 threads/);

// The threads meet before they begin: what is worth seeing lies at the end, after the time that workers take to start.
const lanes = await timeline.frame.locator("canvas.lanes").boundingBox();
if (lanes === null) throw new Error("The timeline has no lanes");
await code.page.mouse.move(lanes.x + lanes.width * 0.985, lanes.y + 40);
await code.page.keyboard.down("Control");
await code.page.mouse.wheel(0, -Number(process.argv[2] ?? 0));
await code.page.keyboard.up("Control");
await code.page.mouse.move(lanes.x + lanes.width / 2, 5);
await code.page.waitForTimeout(1000);
await code.page.screenshot({ path: `${folder}timeline.png` });
