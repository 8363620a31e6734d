/**
 * The one animation-frame scheduler of the panel: whoever wants something done before the next picture asks here, and
 * however often it is asked for, it is done once a frame, in the order of the phases.
 */
export const PHASES = ["data", "words", "picture"] as const;
export type Phase = (typeof PHASES)[number];

export class Frames {
  readonly #wanted = new Map<Phase, Set<() => void>>(PHASES.map((phase) => [phase, new Set()]));
  #handle: number | null = null;

  /** Runs `work` in the next frame; asking again before then changes nothing. */
  request(phase: Phase, work: () => void): void {
    this.#wanted.get(phase)!.add(work);
    this.#handle ??= requestAnimationFrame(() => this.#run());
  }

  #run(): void {
    this.#handle = null;
    for (const phase of PHASES) {
      const wanted = this.#wanted.get(phase)!;
      const now = [...wanted];
      wanted.clear();
      for (const work of now) work();
    }
  }

  [Symbol.dispose](): void {
    if (this.#handle !== null) cancelAnimationFrame(this.#handle);
    this.#handle = null;
    for (const wanted of this.#wanted.values()) wanted.clear();
  }
}
