/** How components reach the comparison. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { useStore } from "../store.ts";
import type { Comparison } from "./comparison.ts";
import type { ComparisonState } from "./state.ts";

export const ComparisonContext = createContext<Comparison | null>(null);

export function useComparison(): Comparison {
  return useContext(ComparisonContext)!;
}

/** A part of its state; the component is rendered again when it changes. */
export function usePart<S>(select: (state: ComparisonState) => S): S {
  return useStore(useComparison().store, select);
}
