/**
 * What the model answers when calls are made one after another: a tree of calls with what each comes to after those before it. It
 * grows as answers are asked for, each by running the program with the calls in turn; what is known of one scenario serves all.
 */

/** By the number of a call: what it comes to next. */
export type Answers = Map<number, Answer>;

interface Answer {
  /** In words; undefined: it does not return. */
  readonly outcome: string | undefined;
  readonly then: Answers;
}

/** What is called: before the threads begin, by each thread, and when they have ended. By the numbers of calls. */
export interface Scenario {
  readonly first: readonly number[];
  readonly lanes: readonly (readonly number[])[];
  readonly last: readonly number[];
}

/** Makes the calls in turn, and answers what each came to, up to the first that did not return. */
type Ask = (calls: readonly number[]) => readonly string[];

export class Specification {
  readonly answers: Answers = new Map();
  /** How often the program was run for an answer. */
  asked = 0;
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** What the call comes to after `before`, all of which return, which led to `answers`. */
  answer(answers: Answers, before: readonly number[], call: number): Answer {
    const known = answers.get(call);
    if (known !== undefined) return known;
    this.asked++;
    const outcome = this.#ask([...before, call]).at(before.length);
    const answer = { outcome, then: new Map() };
    answers.set(call, answer);
    return answer;
  }
}
