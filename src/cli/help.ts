/** What `--help` prints, made from the table of commands. */
import { COMMANDS, usageOf } from "./commands.ts";
import type { CommandSpec } from "./commands.ts";
import { wrap } from "./render/wrap.ts";

export function generalHelp(width: number): string {
  const name = Math.max(...COMMANDS.map((command) => command.name.length));
  return [
    "Threadloom runs annotated TypeScript programs on real threads and shows what each thread, lock and channel did.",
    "",
    "Usage: threadloom COMMAND …",
    "",
    ...COMMANDS.map((command) => `  ${command.name.padEnd(name)}  ${command.help}`),
    "",
    "  --help      this page; `threadloom COMMAND --help` has a command's options",
    "  --version   the version",
    "",
    "Exit status: 0 the program ended as expected (`@expect`, or well), 1 it did not, 2 bad usage or a program that does not compile, 3 stopped at a limit, 130 interrupted.",
  ]
    .flatMap((line) => wrap(line, width))
    .join("\n");
}

export function commandHelp(command: CommandSpec, width: number): string {
  const names = command.options.map((option) => {
    const short = option.short === undefined ? "    " : `-${option.short}, `;
    return `  ${short}--${option.name}${option.value === undefined ? "" : ` ${option.value}`}`;
  });
  const column = Math.max(0, ...names.map((name) => name.length)) + 2;
  return [
    ...wrap(command.help, width),
    "",
    ...wrap(`Usage: ${usageOf(command)}`, width, "         "),
    ...(command.options.length > 0 ? [""] : []),
    ...command.options.flatMap((option, index) =>
      wrap(`${(names[index] ?? "").padEnd(column)}${option.help}`, width, " ".repeat(column)),
    ),
  ].join("\n");
}
