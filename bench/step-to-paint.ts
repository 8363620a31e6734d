/**
 * From a press of a thread's step button to the picture after it, in the panel beside the editor in VS Code: by the page's own
 * clock, until the frame after the one in which the new state was drawn. Beside it what two empty frames take.
 */
import type { Frame } from "playwright-core";
import { Code } from "../test/vscode/driver.ts";
import { lens } from "../test/vscode/editor.ts";
import { compared, median, type Row } from "./row.ts";

const ROUNDS = 25;
const PROGRAM = `// @threadloom
/** @shared */ let counter = 0;
/** @thread */ function alice() { for (let i = 0; i < 100; i++) counter++; }
/** @thread */ function bob() { for (let i = 0; i < 100; i++) counter++; }
`;

export async function run(): Promise<Row[]> {
  await using code = await Code.start({ workspace: { "counter.ts": PROGRAM } });
  await code.openFile("counter.ts");
  await lens(code, /^\s*Step/)
    .first()
    .click();
  const frame = await stepper(code);
  for (const key of ["1", "1", "1"]) {
    await frame.locator(".threads").press(key);
    await code.page.waitForTimeout(300);
  }
  const [forth, back, empty]: number[][] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    forth.push(await pressed(frame, ".card .step:not([disabled]):not([aria-disabled=true])"));
    if (round % 5 === 4) back.push(await pressed(frame, ".tools button[aria-keyshortcuts='u']"));
    empty.push(await frames(frame));
  }
  const peer = "two empty frames";
  const none = median(empty);
  return [
    compared(
      { name: "step → paint", median: median(forth), unit: "ms", goal: "≤ 50 ms" },
      peer,
      none,
    ),
    compared({ name: "step back → paint", median: median(back), unit: "ms" }, peer, none),
  ];
}

async function stepper(code: Code): Promise<Frame> {
  return code.until("the stepper", async () => {
    for (const frame of code.page.frames()) {
      if (await frame.locator(".stephead h1").isVisible()) return frame;
    }
    return undefined;
  });
}

/** Milliseconds from a click to the end of the frame after the one in which the count of steps has changed. */
function pressed(frame: Frame, selector: string): Promise<number> {
  return frame.evaluate(async (wanted) => {
    const button = document.querySelector<HTMLElement>(wanted);
    const counts = document.querySelector(".counts");
    if (button === null || counts === null) throw new Error(`there is no ${wanted}`);
    const nextFrame = () => new Promise((done) => requestAnimationFrame(done));
    const changed = new Promise<void>((done) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        done();
      });
      observer.observe(counts, { subtree: true, characterData: true, childList: true });
    });
    const began = performance.now();
    button.click();
    await changed;
    await nextFrame();
    await nextFrame();
    return performance.now() - began;
  }, selector);
}

function frames(frame: Frame): Promise<number> {
  return frame.evaluate(async () => {
    const nextFrame = () => new Promise((done) => requestAnimationFrame(done));
    const began = performance.now();
    await nextFrame();
    await nextFrame();
    return performance.now() - began;
  });
}
