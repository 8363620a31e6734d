/** What keys mean on the lanes: data, so that it can be tested and listed. */
export type KeyAction =
  | { readonly kind: "pan"; readonly share: number }
  | { readonly kind: "zoom"; readonly factor: number }
  | { readonly kind: "fit" }
  | { readonly kind: "start" }
  | { readonly kind: "end" }
  | { readonly kind: "lane"; readonly by: 1 | -1 }
  | { readonly kind: "mark"; readonly by: 1 | -1 }
  | { readonly kind: "activate" }
  | { readonly kind: "clear" }
  | { readonly kind: "find" };

export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Null for keys that are none of the lanes' business. Tab is, only while something is selected: it never traps focus. */
export function actionOf(key: Key, hasSelection: boolean): KeyAction | null {
  if (key.altKey) return null;
  if (key.ctrlKey || key.metaKey) return key.key === "f" ? { kind: "find" } : null;
  switch (key.key) {
    case "ArrowLeft":
      return { kind: "pan", share: key.shiftKey ? -0.5 : -0.1 };
    case "ArrowRight":
      return { kind: "pan", share: key.shiftKey ? 0.5 : 0.1 };
    case "ArrowUp":
      return { kind: "lane", by: -1 };
    case "ArrowDown":
      return { kind: "lane", by: 1 };
    case "+":
    case "=":
      return { kind: "zoom", factor: 2 / 3 };
    case "-":
    case "_":
      return { kind: "zoom", factor: 1.5 };
    case "0":
      return { kind: "fit" };
    case "Home":
      return { kind: "start" };
    case "End":
      return { kind: "end" };
    case "Enter":
    case " ":
      return { kind: "activate" };
    case "Escape":
      return { kind: "clear" };
    case "Tab":
      return hasSelection ? { kind: "mark", by: key.shiftKey ? -1 : 1 } : null;
    case "/":
      return { kind: "find" };
    default:
      return null;
  }
}
