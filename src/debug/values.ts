/** Values of a session as the protocol has variables. */
import type { DebugProtocol } from "@vscode/debugprotocol";
import type { Value } from "../protocol/step.ts";

export function variable(value: Value): DebugProtocol.Variable {
  const { name, text, type, reference, expression } = value;
  return {
    ...{ name, value: text, variablesReference: reference },
    ...(type === "" ? {} : { type }),
    evaluateName: expression ?? name,
    ...counts(value),
    presentationHint: hint(value),
  };
}

/** Clients page what has many elements. */
export function counts({ indexed, named }: Value): {
  indexedVariables?: number;
  namedVariables?: number;
} {
  return {
    ...(indexed === undefined ? {} : { indexedVariables: indexed }),
    ...(named === undefined ? {} : { namedVariables: named }),
  };
}

export function hint({ presentation, canSet }: Value): DebugProtocol.VariablePresentationHint {
  return {
    ...(presentation === "method" ? { kind: "method" } : {}),
    ...(presentation === "private" ? { visibility: "private" } : {}),
    ...(canSet ? {} : { attributes: ["readOnly"] }),
  };
}
