/** One measured figure. A benchmark is a file in this folder that exports `run(): Promise<Row[]>`. */
export interface Row {
  readonly name: string;
  /** The median, in `unit`. */
  readonly median: number;
  readonly unit:
    | "ns"
    | "µs"
    | "ms"
    | "KB"
    | "MB"
    | "×"
    | "million/s"
    | "executions"
    | "executions/s"
    | "histories/s";
  /** What it is compared with, measured in the same run: a limit of the machine, or somebody else's. */
  readonly peer?: string;
  readonly peerMedian?: number;
  /** median / peerMedian. */
  readonly ratio?: number;
  /** What the figure should be, in words: "≤ 1.5 ×". Missing it fails nothing. */
  readonly goal?: string;
}

export interface Benchmark {
  run(): Promise<Row[]>;
}

/** A row with its ratio worked out. */
export function compared(
  row: Pick<Row, "name" | "median" | "unit" | "goal">,
  peer: string,
  peerMedian: number,
): Row {
  return { ...row, peer, peerMedian, ratio: row.median / peerMedian };
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("There is no median of nothing");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
