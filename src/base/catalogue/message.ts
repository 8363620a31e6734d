/**
 * One entry of the catalogue of messages: everything that Threadloom says to a person when something is wrong. The files
 * beside this one hold the entries, one file a range; `docs/errors.md` and `threadloom explain` are made from them.
 *
 * | range  | whose                              | file          |
 * |--------|------------------------------------|---------------|
 * | TL1xxx | the program's text (compiler)      | compiler.ts   |
 * | TL2xxx | a running program (std, engines)   | runtime.ts    |
 * | TL3xxx | findings                           | findings.ts   |
 * | TL4xxx | traces and other files             | trace.ts      |
 * | TL5xxx | the command line                   | cli.ts        |
 * | TL6xxx | the editor                         | extension.ts  |
 * | TL7xxx | the debugger                       | debug.ts      |
 * | TL8xxx | exploring                          | check.ts      |
 */
export interface Message<Values extends readonly string[] = readonly string[]> {
  readonly code: string;
  /** What happened, with `{name}` where a value goes. */
  readonly text: string;
  /** What the person can do about it; may use the same names. */
  readonly remedy?: string;
  /** A few sentences for `threadloom explain` and the documentation: why it is so, with a small example if it helps. */
  readonly explanation: string;
  readonly values: Values;
}

export function message<const Values extends readonly string[]>(
  entry: Message<Values>,
): Message<Values> {
  return entry;
}

/** The sentence and the remedy of an entry, with its values put in. */
export function tell<const Values extends readonly string[]>(
  entry: Message<Values>,
  values: { readonly [name in Values[number]]: string | number },
): { readonly code: string; readonly message: string; readonly remedy?: string } {
  const put = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) =>
      name in values ? String(values[name as Values[number]]) : whole,
    );
  return {
    code: entry.code,
    message: put(entry.text),
    ...(entry.remedy === undefined ? {} : { remedy: put(entry.remedy) }),
  };
}
