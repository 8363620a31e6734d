// Linting is about mistakes that types alone do not show; layout is prettier's business.
import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "dist/**",
      "out/**",
      ".vscode-test/**",
      "**/fixtures/**",
      "examples/**",
      "workshop/**",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: ["./tsconfig.json", "./tsconfig.webview.json"] },
    },
    rules: {
      "no-undef": "off", // the type checker knows better
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // The type checker reports these, and honours a leading underscore.
      "@typescript-eslint/no-unused-vars": "off",
      // node:test's `test()` returns a promise that the runner itself awaits.
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", package: "node:test", name: ["test", "it", "describe", "suite"] },
          ],
        },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // Functions and classes of the person's programs are passed on by identity, whatever their shape.
      "@typescript-eslint/no-unsafe-function-type": "off",
      // A branded number is a number.
      "@typescript-eslint/no-unsafe-unary-minus": "off",
      // Interfaces prescribe promises where an implementation happens to be immediate.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: ["src/std/types/*.d.ts"],
    // A condition takes the guard of any mutex: the contract with programs says so.
    rules: { "@typescript-eslint/no-explicit-any": "off" },
  },
  {
    files: ["**/*.mjs", "**/*.cjs", "**/*.js"],
    rules: { "no-undef": "off" }, // tsc checks the scripts
  },
);
