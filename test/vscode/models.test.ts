// Execution models in the editor: chosen in the timeline and in the settings, and compared in one picture.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import type { Frame } from "playwright-core";
import { exampleFile } from "../examples/programs.ts";
import { Code } from "./driver.ts";
import { clickTrace } from "./editor.ts";
import { TimelinePage } from "./timeline.ts";

const SOURCE = readFileSync(exampleFile("models"), "utf8");

let code: Code;
let timeline: TimelinePage;

before(async () => {
  code = await Code.start({
    workspace: {
      "models.ts": SOURCE,
      "sliced.ts": SOURCE.replace("model=parallel cores=2", "model=timesliced"),
    },
    size: { width: 1500, height: 900 },
  });
  await code.openFile("models.ts");
  await clickTrace(code);
  timeline = await TimelinePage.of(code, "models.ts");
  await timeline.says(/Ended.*5 threads.*real workers/);
});
after(() => code?.close());

const comparison = (timeout?: number): Promise<Frame> => {
  const look = async (): Promise<Frame | undefined> => {
    for (const frame of code.page.frames()) {
      if (frame === code.page.mainFrame()) continue;
      const rows = await frame
        .locator(".comparison .model")
        .count()
        .catch(() => 0);
      if (rows > 0) return frame;
    }
    return undefined;
  };
  return code.until("the comparison", look, timeout);
};

describe("an execution model", () => {
  test("is chosen in the timeline, runs at once, and leaves the file alone", async () => {
    await timeline.frame.selectOption(".run-as select", "cooperative");
    await timeline.says(/Ended.*modelled: cooperative, 1 core/);
    assert.deepEqual((await timeline.lanes()).slice(0, 2), ["core 0", "main"]);
    await timeline.frame.selectOption(".run-as select", "parallel");
    await timeline.says(/Ended.*modelled: parallel, 2 cores/);
    await timeline.frame.fill(".run-as input >> nth=0", "3");
    await timeline.frame.press(".run-as input >> nth=0", "Enter");
    await timeline.says(/Ended.*modelled: parallel, 3 cores/);
    const file = path.join(code.workspace, "models.ts");
    assert.equal(readFileSync(file, "utf8"), SOURCE);
    await code.screenshot("model-chosen");
  });

  test("stays chosen for that timeline, whoever has the program traced again", async () => {
    await code.openFile("models.ts");
    await clickTrace(code);
    await timeline.says(/Ended.*modelled: parallel, 3 cores/);
  });

  test("that is asked for while the program is being compiled is met when that run has gone", async () => {
    await code.openFile("models.ts");
    await code.inHost(async (api) => {
      const program = api.window.activeTextEditor!.document.uri;
      const requests: Thenable<unknown>[] = [];
      for (const pause of [5, 10, 20, 40, 0]) {
        requests.push(api.commands.executeCommand("threadloom.trace", program));
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
      await Promise.all(requests);
    }, null);
    await timeline.frame.selectOption(".run-as select", "program");
    await timeline.says(/Ended.*real workers/);
  });

  test("that the file names is played without being asked for", async () => {
    await code.openFile("sliced.ts");
    await clickTrace(code);
    const sliced = await TimelinePage.of(code, "sliced.ts");
    await sliced.says(/Ended.*modelled: time-sliced, 1 core/);
  });

  test("that is set goes for programs without a choice of their own", async () => {
    await code.setSettings({ "threadloom.model.kind": "green", "threadloom.model.cores": 1 });
    await code.openFile("sliced.ts");
    await clickTrace(code);
    const sliced = await TimelinePage.of(code, "sliced.ts");
    await sliced.says(/Ended.*modelled: green, 1 system thread/);
    await code.setSettings({ "threadloom.model.kind": null, "threadloom.model.cores": null });
  });
});

describe("comparing models", () => {
  test("runs the program under every model and says what differs", async () => {
    await code.openFile("models.ts");
    await code.runCommand("Threadloom: Compare Execution Models");
    const frame = await comparison();
    const story = await code.until("what differs", async () => {
      const said = await frame.textContent(".story .first").catch(() => null);
      return said ?? undefined;
    });
    assert.match(story, /Parallel on 2 cores took \d+\s% of the ticks of time-slicing/);
    assert.equal(await frame.locator(".model canvas").count(), 4);
    await code.screenshot("compared");
  });

  test("comes back with its pictures when the window is reloaded, and nothing runs again", async () => {
    const told = await (await comparison()).textContent(".story .first");
    await code.reload();
    const frame = await comparison(60_000);
    const again = await code.until("what differs", async () => {
      const said = await frame.textContent(".story .first").catch(() => null);
      return said ?? undefined;
    });
    assert.equal(again, told);
    // The runs are read from their files one after another.
    await code.until("four pictures", async () => {
      const pictures = await frame.locator(".model canvas").count();
      return pictures === 4;
    });
    await code.screenshot("compared-reloaded");
  });

  test("a click on a row shows that model's run in the program's timeline", async () => {
    const frame = await comparison();
    await frame.locator(".model", { hasText: "Green threads" }).locator(".link").click();
    timeline = await TimelinePage.of(code, "models.ts");
    await timeline.says(/Ended.*modelled: green, 2 system threads/);
    assert.equal(await timeline.frame.inputValue(".run-as select"), "green");
  });
});
