/**
 * What package.json says of the debugger, derived from the attributes that the adapter reads. Not bundled: nothing of it is
 * needed while the extension runs.
 */
import { EXECUTION_MODELS } from "../protocol/execution-model.ts";
import { DEBUG_TYPE, LAUNCH_ATTRIBUTES, type LaunchAttribute } from "../debug/launch-attributes.ts";

const words = (key: string) => `%${key}%`;
const attributes = Object.entries(LAUNCH_ATTRIBUTES) as [string, LaunchAttribute][];

/** VS Code asks for configurations before any program was seen. */
export const DEBUG_ACTIVATION = [
  `onDebugResolve:${DEBUG_TYPE}`,
  `onDebugDynamicConfigurations:${DEBUG_TYPE}`,
];

export function debuggers() {
  const configuration = { type: DEBUG_TYPE, request: "launch" };
  return [
    {
      type: DEBUG_TYPE,
      label: "Threadloom",
      languages: ["typescript"],
      configurationAttributes: {
        launch: {
          required: ["program"],
          properties: Object.fromEntries(
            attributes.map(([name, facts]) => [name, property(name, facts)]),
          ),
        },
      },
      initialConfigurations: [
        { ...configuration, name: words("debug.stepThrough"), program: "${file}" },
      ],
      configurationSnippets: [
        {
          label: words("debug.snippet.program"),
          description: words("debug.snippet.program.description"),
          body: { ...configuration, name: words("debug.stepThrough"), program: '^"\\${file}"' },
        },
        {
          label: words("debug.snippet.trace"),
          description: words("debug.snippet.trace.description"),
          body: {
            ...{ ...configuration, name: words("debug.stepThroughTrace") },
            program: '^"\\${file}"',
            trace: '^"\\${workspaceFolder}/${1:run.tltrace}"',
          },
        },
        {
          label: words("debug.snippet.model"),
          description: words("debug.snippet.model.description"),
          body: {
            ...{ ...configuration, name: words("debug.stepThroughModel") },
            program: '^"\\${file}"',
            model: `\${1|${EXECUTION_MODELS.join(",")}|}`,
          },
        },
      ],
    },
  ];
}

/** Where VS Code offers the gutter for breakpoints. */
export const BREAKPOINT_LANGUAGES = [{ language: "typescript" }, { language: "javascript" }];

export const launchKey = (name: string): string => `launch.${name}`;

/** The words of the attributes, by their keys. */
export const LAUNCH_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  attributes.map(([name, { description }]) => [launchKey(name), description]),
);

function property(name: string, { type, oneOf, within, default: initial }: LaunchAttribute) {
  return {
    type,
    ...(oneOf === undefined ? {} : { enum: oneOf }),
    ...(within === undefined ? {} : { minimum: within[0], maximum: within[1] }),
    ...(type === "array" ? { items: { type: "string" } } : {}),
    ...(initial === undefined ? {} : { default: initial }),
    markdownDescription: words(launchKey(name)),
  };
}
