// @threadloom
//
// Coroutines: functions that hand over to each other where they say so, and nowhere else. Nothing of what they share can be half
// done when another goes on, as long as nobody yields in the middle.
import { coroutine } from "threadloom:async";

const board: string[] = [];

const player = (name: string, moves: readonly string[]) =>
  coroutine<string, string>(function* () {
    for (const move of moves) {
      board.push(`${name} ${move}`);
      const answer = yield move;
      console.log(`${name} hears ${answer}`);
    }
  });

const white = player("white", ["e4", "Nf3", "Bb5"]);
const black = player("black", ["e5", "Nc6"]);
let [mine, other] = [white, black];
let said = "nothing";
for (;;) {
  const { done, value } = mine.resume(said);
  if (done) break;
  said = value!;
  [mine, other] = [other, mine];
}
console.log(board.join(", "));
