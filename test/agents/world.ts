/** A world in which nothing is but what a test puts there, and time goes on when the test says so. */
import type { AgentWorld } from "../../src/agents/world.ts";

export interface Alarm {
  readonly at: number;
  readonly callBack: () => void;
}

export class SmallWorld {
  readonly alarms = new Set<Alarm>();
  #now = 0;

  /** For what asks for no more than is here: anything else is a fault of the test. */
  get world(): AgentWorld {
    const has: Pick<AgentWorld, "now" | "after" | "nearby"> = {
      now: () => this.#now,
      nearby: (file) => file,
      after: (milliseconds, callBack) => {
        const alarm = { at: this.#now + milliseconds, callBack };
        this.alarms.add(alarm);
        return () => void this.alarms.delete(alarm);
      },
    };
    return has as AgentWorld;
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
    for (const alarm of [...this.alarms]) {
      if (alarm.at > this.#now) continue;
      this.alarms.delete(alarm);
      alarm.callBack();
    }
  }
}
