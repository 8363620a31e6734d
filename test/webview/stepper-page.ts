/** The stepper's page in a real browser, with VS Code's part and the extension's played by the test. */
import type { Browser, Page } from "playwright-core";
import type { StepEvent, StepReply } from "../../src/protocol/step.ts";
import type { FromStepper, PageRequest, ToStepper } from "../../src/protocol/stepper-view.ts";
import { PanelPage, bundle, type PanelOptions } from "./browser.ts";

export const stepperBundle = () =>
  bundle("webview/stepper/main.ts", ["webview/stepper/stepper.css"]);

type Parts = Awaited<ReturnType<typeof bundle>>;

export class StepperPage {
  readonly page: Page;
  readonly errors: string[];
  /** Answers what the page asks of its session; throws for a refusal. */
  onAsk: (request: PageRequest) => unknown = () => null;
  /** What it asked, in order. */
  readonly asked: PageRequest[] = [];

  private constructor(panel: PanelPage) {
    this.page = panel.page;
    this.errors = panel.errors;
  }

  static async open(
    browser: Browser,
    parts: Parts,
    options: PanelOptions = {},
  ): Promise<StepperPage> {
    const panel = await PanelPage.open(browser, parts, options);
    const made = new StepperPage(panel);
    await panel.page.exposeFunction("asked", async (message: FromStepper) => made.#take(message));
    await panel.page.evaluate(() => {
      const { posted } = window as never as { posted: unknown[] };
      const push = posted.push.bind(posted);
      posted.push = (...messages: unknown[]) => {
        const { asked } = window as never as { asked: (message: unknown) => void };
        for (const message of messages) {
          if ((message as { type?: string }).type === "ask") asked(message);
        }
        return push(...messages);
      };
    });
    return made;
  }

  async send(message: ToStepper): Promise<void> {
    await this.page.evaluate((value) => window.postMessage(value), message);
  }

  async begin(title: string, notes: readonly string[] = []): Promise<void> {
    await this.send({
      type: "begin",
      protocol: 1,
      session: "s1",
      program: "file:///counter.ts",
      title,
      options: {},
      notes,
      strings: {},
      laneStrings: {},
    });
  }

  async tell(event: StepEvent): Promise<void> {
    if (event.kind !== "trace") return this.send({ type: "event", session: "s1", event });
    // Bytes cross as base64: the driver's own way takes a JSON number a byte.
    await this.page.evaluate(
      ({ text, offset }) => {
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        const event = { kind: "trace", offset, bytes };
        window.postMessage({ type: "event", session: "s1", event });
      },
      { text: Buffer.from(event.bytes).toString("base64"), offset: event.offset },
    );
  }

  async posted<Type extends FromStepper["type"]>(
    type: Type,
  ): Promise<readonly Extract<FromStepper, { type: Type }>[]> {
    const all = await this.page.evaluate(
      () => (window as never as { posted: FromStepper[] }).posted,
    );
    return all.filter((one) => one.type === type) as never;
  }

  /** Until the page says that this revision is on the screen. */
  async painted(revision: number): Promise<void> {
    await this.page.waitForFunction(
      (wanted) =>
        (window as never as { posted: FromStepper[] }).posted.some(
          (one) => one.type === "painted" && one.revision >= wanted,
        ),
      revision,
    );
  }

  async #take(message: FromStepper): Promise<void> {
    if (message.type !== "ask") return;
    const { id, request } = message;
    this.asked.push(request);
    let reply: StepReply;
    try {
      reply = { id, ok: true, answer: (await this.onAsk(request)) ?? null };
    } catch (error) {
      const {
        code = "",
        message: text,
        remedy,
      } = error as Error & {
        code?: string;
        remedy?: string;
      };
      reply = { id, ok: false, code, message: text, ...(remedy === undefined ? {} : { remedy }) };
    }
    await this.send({ type: "answer", session: "s1", reply });
  }
}
