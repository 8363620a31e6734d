/** The version of the package: its manifest lies two folders up from the source, and one from the bundle. */
import { readFileSync } from "node:fs";

export function version(): string {
  const up = import.meta.url.endsWith(".ts") ? "../../package.json" : "../package.json";
  const text = readFileSync(new URL(up, import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
