/** The stepper from top to bottom: what can be done, one sentence, the threads, then the way here and what is now. */
import { useEffect } from "preact/hooks";
import { PanelContext } from "../../ui/context.ts";
import { listenForKeys } from "../keys.ts";
import type { Stepper } from "../stepper.ts";
import { Cards } from "./cards.tsx";
import { Compared } from "./comparison.tsx";
import { StepperContext, usePart, useStepper } from "./context.ts";
import { Head } from "./head.tsx";
import { History } from "./history.tsx";
import { Objects, Output, Waits } from "./now.tsx";
import { RunSoFar } from "./run-so-far.tsx";
import { Said, Story } from "./story.tsx";
import { Tree } from "./tree.tsx";

export function App({ stepper }: { readonly stepper: Stepper }) {
  useEffect(() => listenForKeys(document, stepper), [stepper]);
  return (
    <StepperContext.Provider value={stepper}>
      <PanelContext.Provider value={stepper.lanes.panel}>
        <Body />
      </PanelContext.Provider>
    </StepperContext.Provider>
  );
}

function Body() {
  const { text } = useStepper();
  const session = usePart((state) => state.session);
  const hasState = usePart((state) => state.now !== null);
  return (
    <main class="stepper" aria-label={text("app.label")}>
      <a
        class="skip"
        href="#threads"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("threads")?.focus();
        }}
      >
        {text("app.skip")}
      </a>
      {session !== null && <Head />}
      <Said />
      {hasState && (
        <>
          <Story />
          <Cards />
          <div class="two">
            <History />
            <Tree />
          </div>
          <Compared />
          <div class="two">
            <Objects />
            <Waits />
          </div>
          <RunSoFar />
          <Output />
        </>
      )}
    </main>
  );
}
