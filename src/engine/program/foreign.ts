/**
 * Instances of classes of npm packages, and of own classes that extend one: they cross when all their state is plain own
 * properties, and when the other thread can find the class again. Everything else is refused with the member to blame
 * (SEMANTICS, Values). What the class's text tells of hidden state is `hidden-state.ts`'s.
 */
import { baseOf, disguised } from "../../codec/builtin.ts";
import type { ClassLiteral, Outgoing } from "../../codec/externals.ts";
import { ERROR_PARTS } from "../../codec/error-parts.ts";
import { hiddenState, type HiddenState } from "./hidden-state.ts";
import type { PackageName, Packages } from "./packages.ts";

/** The module number of classes of packages; what a literal would capture is their name. */
export const PACKAGE_MODULE = -2;

type Refused = Extract<Outgoing, { kind: "refused" }>;

const REMEDY = "Let its data cross in a plain object, and make the instance in the other thread.";

export class ForeignClasses {
  readonly #packages: () => Packages;
  /** Whether the class with this prototype is the person's, `std`'s or the language's. */
  readonly #isKnown: (prototype: object) => boolean;
  /** By prototype: why no instance of the class crosses; null if nothing speaks against it. */
  readonly #judged = new WeakMap<object, Refused | null>();

  constructor(packages: () => Packages, isKnown: (prototype: object) => boolean) {
    this.#packages = packages;
    this.#isKnown = isKnown;
  }

  /** How an instance of a class that is not the person's crosses. */
  outgoing(value: object, prototype: object): Outgoing {
    const base = baseOf(value);
    if ("what" in base) return { kind: "refused", ...base };
    const name = this.#packages().nameOf(prototype);
    if (name === undefined) return unnamed(prototype);
    const refused = this.refusal(value, prototype);
    if (refused !== undefined) return refused;
    const as: ClassLiteral = {
      kind: "class",
      module: PACKAGE_MODULE,
      literal: 0,
      uid: 0,
      environment: name,
    };
    return { kind: "instance", of: this.#packages().find(name), as };
  }

  find(environment: readonly unknown[]): Function {
    return this.#packages().find(environment as PackageName);
  }

  /** What speaks against an instance whose class, or a class that it extends, is of a package. */
  refusal(value: object, prototype: object): Refused | undefined {
    let foreign = false;
    for (
      let here: object | null = prototype;
      here !== null;
      here = Object.getPrototypeOf(here) as object | null
    ) {
      if (this.#isKnown(here)) continue;
      if (!foreign) {
        // What extends a class of the platform's is the codec's to refuse.
        if ("what" in baseOf(value)) return undefined;
        foreign = true;
      }
      let judged = this.#judged.get(here);
      if (judged === undefined) {
        judged = judge(value, here, this.#origin(here));
        this.#judged.set(here, judged);
      }
      if (judged !== null) return judged;
    }
    return foreign ? oddField(value, `an instance of ${className(prototype)}`) : undefined;
  }

  /** A class in words. */
  #origin(prototype: object): string {
    const name = this.#packages().nameOf(prototype);
    const whose =
      name === undefined
        ? "a class of none of this program's own files"
        : `a class of the package \`${name[1]}\``;
    return `\`${className(prototype)}\`, ${whose}`;
  }
}

function className(prototype: object): string {
  const made = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value as unknown;
  return (typeof made === "function" && made.name) || "an unnamed class";
}

function refused(what: string, why: string, field?: Refused["field"]): Refused {
  return { kind: "refused", what, why, remedy: REMEDY, ...(field && { field }) };
}

function unnamed(prototype: object): Refused {
  return refused(
    `an instance of ${(prototype.constructor as Function | undefined)?.name || "an unknown class"}`,
    "its class is neither of this program's own files nor among what the packages that they import export, so the other thread could not find it",
  );
}

/** What the class itself tells, for all its instances; `value` is one of them. `origin`: the class in words. */
function judge(value: object, prototype: object, origin: string): Refused | null {
  const made = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value as unknown;
  const instance = `an instance of ${origin}`;
  if (typeof made !== "function") {
    return refused(instance, "its constructor cannot be found, so nobody knows what it hides");
  }
  const inside = disguised(value);
  if (inside !== undefined) {
    return refused(instance, `it is ${inside} inside, which its class does not show`);
  }
  const state = hiddenState(made, methodsOf(prototype));
  return state === undefined ? null : refusedFor(state, origin);
}

function refusedFor(state: HiddenState, origin: string): Refused {
  const instance = `an instance of ${origin}`;
  switch (state.kind) {
    case "private":
      return refused(
        `private state of ${instance}`,
        state.weak
          ? "the package keeps it in a WeakMap that no other code can reach"
          : "no other code than that class can reach it",
        { key: state.name, hidden: true },
      );
    case "handed on":
      return refused(
        instance,
        `its constructor gives it to \`${state.to}\`, which may keep state of it where no other code can reach it`,
      );
    case "native":
      return refused(instance, "its class is written in another language, whose state is unseen");
  }
}

function methodsOf(prototype: object): Function[] {
  const properties = Object.values(Object.getOwnPropertyDescriptors(prototype));
  const all = properties.flatMap((one) => Object.values(one as object) as unknown[]);
  return all.filter(
    (one): one is Function => typeof one === "function" && one !== prototype.constructor,
  );
}

/** A property that would not cross as what it is. */
function oddField(value: object, instance: string): Refused | undefined {
  for (const key of Reflect.ownKeys(value)) {
    const property = Object.getOwnPropertyDescriptor(value, key)!;
    const isAccessor = property.get !== undefined || property.set !== undefined;
    if (property.enumerable === true && !isAccessor) continue;
    if (key === "length" && Array.isArray(value)) continue;
    if (value instanceof Error && (ERROR_PARTS as readonly PropertyKey[]).includes(key)) continue;
    const what = isAccessor ? `a getter of ${instance}` : `a hidden property of ${instance}`;
    const field = { key, hidden: false };
    return refused(what, "of such instances plain properties alone can be copied", field);
  }
  return undefined;
}
