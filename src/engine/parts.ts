import type { StateDeclaration } from "../ir/declare.js";
import { observedBy } from "../ir/compose/observe.js";
import { partParameter, slotsAt } from "../ir/compose/parts.js";
import type { Regional, Setup } from "./setup.js";

type Parted = Pick<Setup, "model" | "parameters">;

/** Which of a composed model's parts a region is; 0 for a model that is not composed. */
export function partOf({ model, parameters }: Parted): (region: number) => number {
  const of = model.mixed ? parameters[partParameter] : 0;
  return (region) => (typeof of === "object" ? of[region] : of) ?? 0;
}

/** Declarations of the state's slots at each region. */
export function slotsOf(setup: Parted): (region: number) => readonly StateDeclaration[] {
  const part = partOf(setup);
  const known = (setup.model.mixed?.parts ?? [0]).map((_, k) => slotsAt(setup.model, k));
  return (region) => known[part(region)] ?? [];
}

/** Bounds of each slot: a number where all regions share it, without a bound undefined. */
export function boundsOf(
  setup: Parted,
  regions: number,
): readonly { readonly atLeast: Regional | undefined; readonly atMost: Regional | undefined }[] {
  const slots = slotsOf(setup);
  return Object.keys(setup.model.state).map((_, v) => {
    const of = (bound: "atLeast" | "atMost", none: number): Regional | undefined => {
      const values = Float64Array.from({ length: regions }, (_, i) => slots(i)[v]?.[bound] ?? none);
      const [first = none] = values;
      if (values.some((value) => value !== first)) return values;
      return first === none ? undefined : first;
    };
    return { atLeast: of("atLeast", -Infinity), atMost: of("atMost", Infinity) };
  });
}

/** Whether an observable has a meaning at a region: in composed models it may be a matter of some regions only. */
export function isObservedAt(setup: Parted, text: string): (region: number) => boolean {
  if (!setup.model.mixed) return () => true;
  const part = partOf(setup);
  const has = observedBy(setup.model.mixed.parts, text).map((own) => own !== undefined);
  return (region) => has[part(region)] ?? false;
}
