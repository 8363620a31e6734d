/** The objects that a message holds so far, with their numbers. Most messages hold few: those are simply compared. */

const FEW = 8;

export class Seen {
  #objects: (object | undefined)[] = [];
  #count = 0;
  /** Made when there are more than a few. */
  #numbers: Map<object, number> | undefined;

  /** The object's number, -1 if it is new. */
  find(object: object): number {
    if (this.#numbers !== undefined) return this.#numbers.get(object) ?? -1;
    const objects = this.#objects;
    for (let index = 0; index < this.#count; index++) if (objects[index] === object) return index;
    return -1;
  }

  add(object: object): void {
    const number = this.#count++;
    if (this.#numbers !== undefined) {
      this.#numbers.set(object, number);
      return;
    }
    this.#objects[number] = object;
    if (this.#count > FEW)
      this.#numbers = new Map(this.#objects.map((one, index) => [one!, index]));
  }

  /** All of them, by number. */
  all(): object[] {
    if (this.#numbers !== undefined) return [...this.#numbers.keys()];
    return this.#objects.slice(0, this.#count) as object[];
  }

  /** Forgets all of them, and keeps none alive. */
  clear(): void {
    const few = Math.min(this.#count, FEW + 1);
    for (let index = 0; index < few; index++) this.#objects[index] = undefined;
    this.#count = 0;
    this.#numbers = undefined;
  }
}
