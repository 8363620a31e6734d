/** What the program is run as: a choice runs it again at once. Only what the chosen model has can be set. */
import {
  LONGEST_QUANTUM,
  MOST_CORES,
  RUN_KINDS,
  type RunAs,
  type RunKind,
} from "../../src/protocol/execution-model.ts";
import type { StringKey } from "../strings.ts";
import { usePanel, usePart } from "./context.ts";

/** What each model calls its cores, if it has a number of them that can be chosen. */
const CORES: Partial<Readonly<Record<RunKind, StringKey>>> = {
  parallel: "runAs.cores",
  green: "runAs.systemThreads",
};
const SLICED: ReadonlySet<RunKind> = new Set(["parallel", "timesliced"]);

export function RunAsControl() {
  const panel = usePanel();
  const { text } = panel;
  const runAs = usePart((state) => state.runAs);
  const head = usePart((state) => state.picture?.timeline.trace.head);
  if (!runAs) return null;
  const { kind } = runAs;
  const cores = CORES[kind];
  return (
    <div class="run-as" role="group" aria-label={text("runAs.label")}>
      <label title={text("runAs.hint")}>
        {text("runAs.label")}{" "}
        <select
          value={kind}
          onChange={(event) => panel.runAs({ kind: event.currentTarget.value as RunKind })}
        >
          {RUN_KINDS.map((one) => (
            <option key={one} value={one}>
              {text(`runAs.${one}`)}
            </option>
          ))}
        </select>
      </label>
      {cores && (
        <Amount
          label={text(cores)}
          shown={runAs.cores ?? head?.cores}
          most={MOST_CORES}
          choose={(count) => panel.runAs(changed(runAs, "cores", count))}
        />
      )}
      {SLICED.has(kind) && (
        <Amount
          label={text("runAs.quantum")}
          hint={text("runAs.quantumHint")}
          shown={runAs.quantum ?? head?.quantum}
          most={LONGEST_QUANTUM}
          choose={(ticks) => panel.runAs(changed(runAs, "quantum", ticks))}
        />
      )}
      <button
        type="button"
        class="button"
        title={text("header.compareHint")}
        onClick={() => panel.command("compare")}
      >
        {text("header.compare")}
      </button>
    </div>
  );
}

interface AmountProps {
  readonly label: string;
  readonly hint?: string;
  readonly shown: number | undefined;
  readonly most: number;
  /** Undefined: what the program says, or the model's default. */
  readonly choose: (amount: number | undefined) => void;
}

function Amount({ label, hint, shown, most, choose }: AmountProps) {
  return (
    <label title={hint}>
      {label}{" "}
      <input
        type="number"
        min={1}
        max={most}
        step={1}
        value={shown ?? ""}
        onChange={({ currentTarget }) => {
          const amount = currentTarget.valueAsNumber;
          if (Number.isNaN(amount)) choose(undefined);
          else if (currentTarget.checkValidity()) choose(amount);
          else currentTarget.reportValidity();
        }}
      />
    </label>
  );
}

/** With the amount, or without it. */
function changed(runAs: RunAs, name: "cores" | "quantum", amount: number | undefined): RunAs {
  const { [name]: _before, ...rest } = runAs;
  return amount === undefined ? rest : { ...rest, [name]: amount };
}
