// Which test files there are: what looks at the sources as a whole, what needs a real VS Code, and the rest.
export const CHECKS = ["test/checks/**/*.test.ts"];
export const UNIT_TESTS = ["test/*.test.ts", "test/!(checks|vscode|electron)/**/*.test.ts"];
export const VSCODE_TESTS = ["test/vscode/**/*.test.ts"];
