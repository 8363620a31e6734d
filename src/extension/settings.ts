/** The settings, typed: names, types and limits are those of `contributions.ts`. */
import * as vscode from "vscode";
import {
  SETTINGS,
  type SettingFacts,
  type SettingName,
  type SettingValue,
} from "./contributions.ts";

/** What is set for `scope` (a document of a folder, say); a value of the wrong type or out of its limits is put right. */
export function setting<Name extends SettingName>(
  name: Name,
  scope?: vscode.ConfigurationScope,
): SettingValue<Name> {
  const value = vscode.workspace.getConfiguration("threadloom", scope).get<unknown>(name);
  return within(SETTINGS[name], value) as SettingValue<Name>;
}

/** Settings are JSON that people write: VS Code marks what is wrong there, and hands it over all the same. */
function within(facts: SettingFacts, value: unknown): number | boolean | string {
  if (typeof value !== typeof facts.default) return facts.default;
  if (facts.type === "integer") {
    return Math.min(facts.maximum, Math.max(facts.minimum, Math.round(value as number)));
  }
  if (facts.type === "string") {
    return facts.enum.includes(value as string) ? (value as string) : facts.default;
  }
  return value as boolean;
}

export function onSetting(names: readonly SettingName[], listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (names.some((name) => event.affectsConfiguration(`threadloom.${name}`))) listener();
  });
}
