/**
 * The step sessions of one server: named, so many at most, each ended when nobody has used it for a while. What has ended is
 * remembered by its name, so that whoever asks for it hears why it is not there.
 */
import { AGENT_MESSAGES } from "../base/catalogue/agents.ts";
import { formatDuration } from "../base/duration.ts";
import type { StepSession } from "../engine/stepping/step-session.ts";
import { refuse } from "./refusal.ts";
import type { AgentWorld } from "./world.ts";

export const MOST_SESSIONS = 8;
export const IDLE_MINUTES = 10;

interface Kept {
  readonly session: StepSession;
  readonly held: Disposable;
  stopWaiting: () => void;
  usedAt: number;
}

export class Sessions implements Disposable {
  readonly #world: AgentWorld;
  readonly #open = new Map<string, Kept>();
  readonly #ended = new Map<string, string>();
  #count = 0;
  /** Begun, and not open yet. */
  #opening = 0;

  constructor(world: AgentWorld) {
    this.#world = world;
  }

  /** Opens one under a new name. Refused where there are as many as there may be. */
  async open(begin: (id: string) => Promise<StepSession>): Promise<StepSession> {
    if (this.#open.size + this.#opening >= MOST_SESSIONS) {
      return refuse(AGENT_MESSAGES.tooManySessions, {
        count: this.#open.size + this.#opening,
        sessions: [...this.#open]
          .map(([id, kept], index) => `${index === 0 ? ": " : ", "}${this.#about(id, kept)}`)
          .join(""),
      });
    }
    const id = `s${++this.#count}`;
    this.#opening++;
    try {
      const session = await begin(id);
      const kept = { session, held: session.hold(), stopWaiting: () => {}, usedAt: 0 };
      this.#open.set(id, kept);
      session.over.add((end) => {
        const why = end.kind === "failed" ? `: it broke, ${end.message}` : undefined;
        this.#forget(id, why ?? this.#ended.get(id) ?? ": it was ended");
      });
      this.#used(id, kept);
      return session;
    } finally {
      this.#opening--;
    }
  }

  /** Refused, with the reason, where it is not there any more. */
  get(id: string): StepSession {
    const kept = this.#open.get(id);
    if (kept === undefined) {
      const why = this.#ended.get(id) ?? "";
      return refuse(AGENT_MESSAGES.noSession, { session: id, why });
    }
    this.#used(id, kept);
    return kept.session;
  }

  end(id: string): void {
    this.get(id);
    this.#end(id, ": it was ended");
  }

  [Symbol.dispose](): void {
    for (const id of [...this.#open.keys()]) this.#end(id, ": the server has ended");
  }

  #used(id: string, kept: Kept): void {
    kept.stopWaiting();
    kept.usedAt = this.#world.now();
    const why = `: nobody used it for ${IDLE_MINUTES} minutes, so it was ended`;
    kept.stopWaiting = this.#world.after(IDLE_MINUTES * 60_000, () => this.#end(id, why));
  }

  #end(id: string, why: string): void {
    this.#ended.set(id, why);
    this.#open.get(id)?.held[Symbol.dispose]();
  }

  #forget(id: string, why: string): void {
    this.#open.get(id)?.stopWaiting();
    this.#open.delete(id);
    this.#ended.set(id, why);
  }

  #about(id: string, { session, usedAt }: Kept): string {
    const idle = formatDuration((this.#world.now() - usedAt) * 1e6, "nanoseconds");
    return `\`${id}\` (${session.plan.title}, last used ${idle} ago)`;
  }
}
