import { Numbers } from "./numbers.ts";

/** References to spans: rows of the columns of threads, in order of arrival. */
export class SpanReferences {
  readonly thread = new Numbers();
  readonly row = new Numbers();

  add(thread: number, row: number): void {
    this.thread.push(thread);
    this.row.push(row);
  }
}
