// The driver's side of the companion extension (stand-ins/companion.cjs), which lives in the extension host.
import { connect } from "node:net";
import { text } from "node:stream/consumers";

/** What the companion is asked: a function's text and its argument, or a module whose `run()` is to be called. */
export type HostRequest =
  { readonly source: string; readonly argument: unknown } | { readonly suite: string };

/** Asks the companion, and waits for the host to start where it has not yet. */
export async function askHost(
  address: string,
  request: HostRequest,
  timeout: number,
): Promise<unknown> {
  const answer = await reach(address, request, Date.now() + timeout);
  const { value, error } = JSON.parse(answer) as { value?: unknown; error?: string };
  if (error !== undefined) throw new Error(`in the extension host: ${error}`);
  return value;
}

async function reach(address: string, request: HostRequest, end: number): Promise<string> {
  for (;;) {
    try {
      const socket = connect({ path: address, allowHalfOpen: true });
      socket.setTimeout(Math.max(1, end - Date.now()), () => {
        socket.destroy(new Error("the extension host did not answer in time"));
      });
      socket.end(JSON.stringify(request));
      return await text(socket);
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      // Not there yet, or that of a host that has gone.
      if (!["ENOENT", "ECONNREFUSED"].includes(code) || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
