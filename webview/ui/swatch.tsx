/** A thread's or lock's colour beside its name. The name says who it is; the colour only repeats it. */
export interface SwatchProps {
  readonly kind: "thread" | "lock" | "channel" | "wire" | "source" | "cell";
  readonly order: number;
}

export function Swatch({ kind, order }: SwatchProps) {
  const colours = kind === "thread" ? 8 : 6;
  const name = kind === "thread" || kind === "lock" ? `${kind}${(order % colours) + 1}` : kind;
  return <span class={`swatch ${name}`} aria-hidden="true" />;
}
