// Which test files there are. Everything under test/ is a unit test but what needs a real VS Code.
export const UNIT_TESTS = ["test/*.test.ts", "test/!(vscode|electron)/**/*.test.ts"];
export const VSCODE_TESTS = ["test/vscode/**/*.test.ts"];
