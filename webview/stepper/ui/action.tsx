/**
 * A button that says what it does, by which key, and where it does nothing, why. One that does nothing can still be reached:
 * the reason is for everybody.
 */
import type { ComponentChildren } from "preact";

export interface ActionProps {
  readonly hint: string;
  /** As a person names it: "u", "Space". */
  readonly shortcut?: string;
  /** Why it does nothing now. */
  readonly not?: string | undefined;
  readonly pressed?: boolean;
  readonly primary?: boolean;
  readonly class?: string;
  readonly label?: string;
  readonly onDo: () => void;
  readonly children: ComponentChildren;
}

export function Action(props: ActionProps) {
  const { hint, shortcut, not, pressed, primary, label, onDo, children } = props;
  const tip = not ?? hint;
  return (
    <button
      type="button"
      class={["button", primary ? "primary" : "", props.class ?? ""].join(" ").trim()}
      title={shortcut === undefined ? tip : `${tip} (${shortcut})`}
      aria-label={label}
      aria-description={tip}
      aria-disabled={not !== undefined}
      aria-pressed={pressed}
      aria-keyshortcuts={shortcut}
      onClick={() => {
        if (not === undefined) onDo();
      }}
    >
      {children}
    </button>
  );
}

/** The key beside a button's words. For eyes: a reader is told by `aria-keyshortcuts`. */
export function Key({ name }: { readonly name: string }) {
  return (
    <kbd class="kbd" aria-hidden="true">
      {name}
    </kbd>
  );
}
