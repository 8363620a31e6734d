/** What twinned code calls its own things; the parameter of the module's function among them. */
export interface TwinNames {
  /** `$t`, the runtime of twins. */
  readonly runtime: string;
  /** The answer of the call that was made last, read at once. */
  readonly result: string;
  readonly suspended: string;
  readonly fuel: string;
  /** The engine's `$` and the module's `$m`, whose members are known; absent in `std`. */
  readonly program: { readonly runtime: string; readonly module: string } | undefined;
  /** Whether a name was made by an earlier step: a factory's, of functions (`$l3`). */
  readonly isFactory: (name: string) => boolean;
  readonly fresh: (stem: string) => string;
}
