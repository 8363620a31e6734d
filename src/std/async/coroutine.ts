/** Coroutines: generators that hand over to each other, each a line of its own in the trace, as a task is. */
import { TASK_MESSAGES } from "../../base/catalogue/tasks.ts";
import { text } from "../errors.ts";
import { taskMarks } from "../tasks/marks.ts";

type Resumed<Out> = { done: false; value: Out } | { done: true; value?: undefined };

export class Coroutine<Out, In> {
  readonly #body: Generator<Out, void, In>;
  readonly #marks = taskMarks();
  #runs = false;
  #over = false;

  constructor(body: Generator<Out, void, In>) {
    this.#body = body;
  }

  resume(value?: In): Resumed<Out> {
    if (this.#runs) throw new TypeError(text(TASK_MESSAGES.resumesItself, {}));
    if (this.#over) return { done: true };
    this.#runs = true;
    this.#marks?.goesOn();
    // Until it has handed over again.
    this.#over = true;
    try {
      const step = this.#body.next(value as In);
      if (step.done === true) return { done: true };
      this.#over = false;
      return { done: false, value: step.value };
    } finally {
      this.#runs = false;
      if (this.#over) this.#marks?.ends();
      else this.#marks?.awaits();
    }
  }
}

export function coroutine<Out, In>(body: () => Generator<Out, void, In>): Coroutine<Out, In> {
  if (typeof body === "function") return new Coroutine(body());
  const told = { operation: "coroutine", expected: "a generator function", value: typeof body };
  throw new TypeError(text(TASK_MESSAGES.notGiven, told));
}
