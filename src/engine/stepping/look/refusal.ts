/** What a session does not do: told with code, text and remedy. Nothing has changed. */
import { tell, type Message } from "../../../base/catalogue/message.ts";

export class Refusal extends Error {
  override name = "Refusal";
  readonly code: string;
  readonly remedy: string | undefined;

  constructor(told: ReturnType<typeof tell>) {
    super(told.message);
    this.code = told.code;
    this.remedy = told.remedy;
  }
}

export function refuse<const Values extends readonly string[]>(
  entry: Message<Values>,
  values: { readonly [name in Values[number]]: string | number },
): never {
  throw new Refusal(tell(entry, values));
}
