// @threadloom
// A table that many look up and few change. Readers hold the lock together: look for the bars of `prices` in the lanes of
// several readers at the same time. The writer has it alone, and while it stands in line, nobody new may read
// (`prefer: "fair"`, the default). Try `"readers"` and `"writers"`.
import { RwLock, scope } from "threadloom:std";

const prices = new RwLock(new Map([["apple", 3]]), { prefer: "fair" });

scope((s) => {
  for (const name of ["ada", "ben", "cleo"]) {
    s.spawn(
      () => {
        for (let i = 0; i < 4; i++) {
          using table = prices.read();
          console.log(`${name}: an apple is ${table.value.get("apple")}`);
        }
      },
      { name },
    );
  }
  s.spawn(
    () => {
      for (const price of [4, 5]) {
        using table = prices.write();
        table.value.set("apple", price);
      }
    },
    { name: "grocer" },
  );
});

using table = prices.read();
console.log(`in the end ${table.value.get("apple")}`);
