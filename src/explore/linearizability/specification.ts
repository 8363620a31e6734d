/**
 * What the model answers when calls are made one after another: a tree of calls with what each comes to after those before it. It
 * is filled before a scenario is explored, by running the program with the calls of every order in turn; what is known of one
 * scenario serves all others.
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
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Knows all orders of the scenario's calls from then on. As many runs as there are orders, which grow with its factorial. */
  prepare({ first, lanes, last }: Scenario): void {
    const at = lanes.map(() => 0);
    const rest = (): number[] => [
      ...lanes.flatMap((lane, index) => lane.slice(at[index])),
      ...last,
    ];
    const make = (answers: Answers, before: readonly number[], call: number, after: number[]) => {
      if (!answers.has(call)) this.#learn([...before, call, ...after]);
      return answers.get(call)!;
    };
    const inTurn = (answers: Answers, before: readonly number[], calls: readonly number[]) => {
      let [known, made] = [answers, before];
      for (const [index, call] of calls.entries()) {
        const answer = make(known, made, call, [...calls.slice(index + 1), ...rest()]);
        if (answer.outcome === undefined) return undefined;
        [known, made] = [answer.then, [...made, call]];
      }
      return { known, made };
    };
    const visit = (answers: Answers, before: readonly number[]): void => {
      if (at.every((place, lane) => place === lanes[lane].length)) {
        inTurn(answers, before, last);
        return;
      }
      for (const [lane, calls] of lanes.entries()) {
        if (at[lane] === calls.length) continue;
        const call = calls[at[lane]++];
        const answer = make(answers, before, call, rest());
        if (answer.outcome !== undefined) visit(answer.then, [...before, call]);
        at[lane]--;
      }
    };
    const begun = inTurn(this.answers, [], first);
    if (begun !== undefined) visit(begun.known, begun.made);
  }

  #learn(calls: readonly number[]): void {
    const outcomes = this.#ask(calls);
    let answers = this.answers;
    for (const [index, call] of calls.entries()) {
      const known = answers.get(call) ?? { outcome: outcomes[index], then: new Map() };
      answers.set(call, known);
      if (known.outcome === undefined) return;
      answers = known.then;
    }
  }
}
