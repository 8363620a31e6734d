/** What cannot be suspended on the model engine (TL15xx while compiling, TL25xx while running). */
import { message } from "./message.ts";

export const TWIN_RUNTIME_MESSAGES = {
  cannotStop: message({
    code: "TL2501",
    text: "A thread would have to wait where it cannot be suspended: in a function that was called by code which is not the program's own.",
    remedy:
      "Do the waiting outside of that call: before it, or after it with what it gave. Or run the program natively.",
    explanation:
      "The model engine runs all threads in one place, and suspends one by leaving all its calls one after the other. It " +
      "can leave functions of the program and of the standard library, and the language's own methods that take callbacks. It " +
      "cannot leave an npm package that calls the program back, a conversion (`toString`, `valueOf`, `toJSON`), or the trap " +
      "of a Proxy. The native engines have no such limit.",
    values: [],
  }),
};

export const TWIN_MESSAGES = {
  inPackage: message({
    code: "TL1502",
    text: "`{name}` is given a function that may have to wait; in a package's code the model engine cannot suspend a thread.",
    remedy:
      "Let the package give its values, and wait outside of its call. Or run the program natively.",
    explanation:
      "The model engine can suspend the program's own functions and the language's own methods. A package's code is run as " +
      "it is: while it calls back, its caller cannot be left.",
    values: ["name"],
  }),
};
