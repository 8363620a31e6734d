/** How components reach the page. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { useStore } from "../store.ts";
import type { ExplorationPage } from "./page.ts";
import type { ExplorationPageState } from "./state.ts";

export const PageContext = createContext<ExplorationPage | null>(null);

export function usePage(): ExplorationPage {
  return useContext(PageContext)!;
}

/** A part of its state; the component is rendered again when it changes. */
export function usePart<S>(select: (state: ExplorationPageState) => S): S {
  return useStore(usePage().store, select);
}
