/** How components reach the panel. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PanelState } from "../model/state.ts";
import type { Panel } from "../panel.ts";
import { useStore } from "../store.ts";

export const PanelContext = createContext<Panel | null>(null);

export function usePanel(): Panel {
  return useContext(PanelContext)!;
}

/** A part of the panel's state; the component is rendered again when it changes. */
export function usePart<S>(select: (state: PanelState) => S): S {
  return useStore(usePanel().store, select);
}
