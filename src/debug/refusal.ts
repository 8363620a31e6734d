/** What the adapter cannot do, in words of the catalogue: thrown by whoever serves a request, answered to the client. */
import { CLI_MESSAGES } from "../base/catalogue/cli.ts";
import { type Message, tell } from "../base/catalogue/message.ts";

export class Refusal extends Error {
  override name = "Refusal";
  readonly code: string;
  readonly remedy: string | undefined;
  /** Whether the client need not show it by itself, since it has been said elsewhere. */
  readonly quiet: boolean;

  constructor(
    said: { readonly code: string; readonly message: string; readonly remedy?: string | undefined },
    quiet = false,
  ) {
    super(said.message);
    this.code = said.code;
    this.remedy = said.remedy;
    this.quiet = quiet;
  }
}

export function refused<const Values extends readonly string[]>(
  entry: Message<Values>,
  values: { readonly [name in Values[number]]: string | number },
): Refusal {
  return new Refusal(tell(entry, values));
}

/** Whatever was thrown, in words: sessions throw errors that have a code; everything else is a mistake of ours. */
export function refusalFrom(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    const remedy = "remedy" in error && typeof error.remedy === "string" ? error.remedy : undefined;
    return new Refusal({ code: error.code, message: error.message, remedy });
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return refused(CLI_MESSAGES.internal, { reason });
}
