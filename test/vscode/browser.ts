// Headless Chromium for the tests.
import { chromium, type Browser as PlaywrightBrowser } from "playwright-core";
import type { Browser } from "./setup.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchBrowser(browser: Browser): Promise<PlaywrightBrowser> {
  return chromium.launch({
    executablePath: browser.executable,
    env: { ...process.env, ...browser.env },
    args: browser.kind === "shell" ? [...FLAGS, "--headless=shell"] : FLAGS,
    // Its own handlers end the process before the server is taken down; server.ts has handlers for both.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
