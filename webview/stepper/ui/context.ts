/** How components reach the stepper. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { useStore } from "../../store.ts";
import type { StepperState } from "../state.ts";
import type { Stepper } from "../stepper.ts";

export const StepperContext = createContext<Stepper | null>(null);

export function useStepper(): Stepper {
  return useContext(StepperContext)!;
}

/** A part of the stepper's state; the component is rendered again when it changes. */
export function usePart<S>(select: (state: StepperState) => S): S {
  return useStore(useStepper().store, select);
}
