/** Why a tool does not do what it is asked for: code, what and where, what to do. An answer, not a fault of ours. */
import { tell, type Message } from "../base/catalogue/message.ts";

export interface Told {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}

/** Thrown from the depth of a tool, and caught where tools are called (`toolbox.ts`). */
export class Refused extends Error {
  override name = "Refused";
  readonly told: Told;

  constructor(told: Told) {
    super(told.message);
    this.told = told;
  }
}

export function refuse<const Values extends readonly string[]>(
  entry: Message<Values>,
  values: { readonly [name in Values[number]]: string | number },
): never {
  throw new Refused(tell(entry, values));
}

/** As a model reads it. */
export function toldText({ code, message, remedy }: Told): string {
  const said = code === "" ? message : `${code}: ${message}`;
  return remedy === undefined ? said : `${said}\nWhat to do: ${remedy}`;
}
