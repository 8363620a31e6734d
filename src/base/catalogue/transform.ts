/** Messages of the compiler's transforms (TL11xx): what is wrong with how a program's text uses what we lower. */
import { message } from "./message.ts";

export const TRANSFORM_MESSAGES = {
  sharedEscapes: message({
    code: "TL1101",
    text: "`{path}` is shared memory; it cannot be used as a value here.",
    remedy: "Copy it with `snapshot({path})`, or keep the data in a Mutex.",
    explanation:
      "A `@shared` object or array lives in memory that all threads see, field by field. It is used only by paths that " +
      "begin with its name (`s.x`, `s.items[i]`, `s.items.push(v)`), so that every access can be an event. Passing the " +
      "object itself on would let it be read where nobody looks. `snapshot(s)` makes an ordinary copy.",
    values: ["path"],
  }),

  sharedDelete: message({
    code: "TL1102",
    text: "Fields of `@shared` objects cannot be deleted: `{path}` keeps its place.",
    remedy: "Assign `undefined` to it, or keep the data in a Mutex.",
    explanation:
      "The fields of a `@shared` object are laid out in shared memory when it is made; its shape stays as it is.",
    values: ["path"],
  }),

  starExport: message({
    code: "TL1103",
    text: 'What `export * from "{specifier}"` exports is known only when it runs, so nothing is passed on.',
    remedy: "Name what you export: `export { a, b } from …`.",
    explanation:
      "Threadloom compiles your files one by one and gives each exported variable a place of its own. For a package " +
      "these names cannot be read off your text.",
    values: ["specifier"],
  }),

  tooDeep: message({
    code: "TL1104",
    text: "This file nests too deeply to be compiled.",
    remedy: "Split long chains of operators, calls or literals into several statements.",
    explanation:
      "The compiler walks a program as a tree. Thousands of levels, as in a generated chain of `+`, overflow its stack.",
    values: [],
  }),

  mergedNamespace: message({
    code: "TL1105",
    text: "The namespace `{name}` is merged with a function or class, which Threadloom cannot compile.",
    remedy: "Give the namespace a name of its own, or assign its members to the function or class.",
    explanation:
      "Functions and classes are made by factories, so that other threads can make them again. What a namespace adds " +
      "to one afterwards would be missing there.",
    values: ["name"],
  }),
} as const;
