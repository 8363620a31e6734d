// A timeline in VS Code, used as a person would: by what it shows, and by the mouse on its canvas.
import type { Frame } from "playwright-core";
import type { Code } from "./driver.ts";

export class TimelinePage {
  readonly #code: Code;
  readonly frame: Frame;

  private constructor(code: Code, frame: Frame) {
    this.#code = code;
    this.frame = frame;
  }

  /** The timeline whose head names `title`, once there is a picture, or what stands in its place. */
  static async of(code: Code, title: string, timeout = 30_000): Promise<TimelinePage> {
    const frame = await code.until(
      `a timeline of ${title}`,
      async () => {
        for (const frame of code.page.frames()) {
          if (frame === code.page.mainFrame()) continue;
          // Frames come and go while a panel opens: one that goes is not the one.
          const found = await shows(frame, title).catch(() => false);
          if (found) return frame;
        }
        return undefined;
      },
      timeout,
    );
    return new TimelinePage(code, frame);
  }

  /** Title, state and figures: `lock.ts Ended 2 threads · 1 lock …`. */
  async head(): Promise<string> {
    return (await headOf(this.frame)) ?? "";
  }

  /** Waits until the head says so. */
  async says(pattern: RegExp, timeout = 30_000): Promise<string> {
    let head = "";
    const said = this.#code.until(
      `the timeline to say ${pattern}`,
      async () => {
        head = await this.head();
        return pattern.test(head) ? head : undefined;
      },
      timeout,
    );
    return said.catch((cause: unknown) => {
      throw new Error(`the timeline says "${head}", not ${pattern}`, { cause });
    });
  }

  /** The names of the lanes, from top to bottom. */
  lanes(): Promise<string[]> {
    return this.frame.locator(".name .called").allInnerTexts();
  }

  /** Moves the mouse along a lane until the tooltip says something that matches; leaves it there. */
  async point(lane: string, pattern: RegExp): Promise<{ text: string; x: number; y: number }> {
    const name = this.frame.locator(".name", { has: this.frame.getByText(lane, { exact: true }) });
    const { page } = this.#code;
    return this.#code.until(`${pattern} on the lane of ${lane}`, async () => {
      const row = (await name.first().boundingBox())!;
      const canvas = (await this.frame.locator("canvas.lanes").boundingBox())!;
      for (const share of [0.3, 0.45, 0.6, 0.8]) {
        const y = row.y + row.height * share;
        for (let x = canvas.x + 4; x < canvas.x + canvas.width; x += canvas.width / 40) {
          await page.mouse.move(x, y);
          await page.waitForTimeout(30);
          const tooltip = this.frame.locator(".tooltip");
          const text = (await tooltip.count()) > 0 ? await tooltip.first().innerText() : "";
          if (pattern.test(text)) return { text, x, y };
        }
      }
      return undefined;
    });
  }
}

async function shows(frame: Frame, title: string): Promise<boolean> {
  const head = await headOf(frame);
  if (!head?.startsWith(title)) return false;
  return frame.locator("canvas.lanes, .problems, .empty").first().isVisible();
}

async function headOf(frame: Frame): Promise<string | undefined> {
  const header = frame.locator(".header").first();
  if ((await header.count()) === 0) return undefined;
  return (await header.innerText()).replace(/\s+/g, " ").trim();
}
