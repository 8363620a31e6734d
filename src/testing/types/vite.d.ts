/** What `threadloom/vite` exports. Self-contained: Vite need not be there for these types. */

export interface ThreadloomPlugin {
  readonly name: "threadloom";
  readonly enforce: "pre";
  resolveId(source: string): string | undefined;
  transform(code: string, id: string): { code: string; map: null } | undefined;
}

/** The plugin by which tests in Vitest give functions to `explore`: `plugins: [threadloom()]`. */
export default function threadloom(): ThreadloomPlugin;
