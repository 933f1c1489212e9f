import { suggest } from "../core/fault.js";
import type { Regional } from "../engine/setup.js";
import { partOf } from "../engine/parts.js";
import { statePlaces, type Place } from "../ir/compose/parts.js";
import type { Model, StateDeclaration } from "../ir/declare.js";
import { faultAt, type Resolving } from "./context.js";
import type { Path } from "./parse.js";

export interface SlotContext extends Resolving {
  readonly model: Model;
  readonly parameters: Readonly<Record<string, Regional>>;
}

/**
 * Values that a person gives by name of a state variable, brought to the slots that keep it: where models are several, a name
 * means every model that has it, and "epileptor: x1" that of one, which wins.
 * @param resolve a value's meaning for a declared variable: one number, or one per region of the whole brain
 * @param absent what other regions of a slot get
 * @throws Fault EXPERIMENT for a name that no model has
 */
export function bySlot<T>(
  given: Readonly<Record<string, T>>,
  where: (name: string) => Path,
  context: SlotContext,
  absent: number,
  resolve: (value: T, declaration: StateDeclaration, path: Path) => Regional,
): Record<string, Regional> {
  const { model, locate, labels } = context;
  const places = statePlaces(model);
  const part = partOf(context);
  const slots: Record<string, Regional> = {};
  // Qualified names come last, so that they win.
  for (const [name, value] of Object.entries(given).toSorted(
    ([a], [b]) => Number(a.includes(":")) - Number(b.includes(":")),
  )) {
    const meant = places.get(name.replace(/\s*:\s*/, ": "));
    if (!meant)
      faultAt(locate, where(name), "EXPERIMENT", `${model.id} has no state variable "${name.slice(0, 60)}"`, {
        next: suggest(name, [...places.keys()]),
      });
    for (const { part: wanted, slot, declaration } of meant ?? ([] as readonly Place[])) {
      const resolved = resolve(value, declaration, where(name));
      if (wanted === undefined) slots[slot] = resolved;
      else {
        const before = slots[slot] ?? absent;
        const at = (values: Regional, i: number) => (typeof values === "number" ? values : (values[i] ?? absent));
        slots[slot] = Float64Array.from(labels, (_, i) => at(part(i) === wanted ? resolved : before, i));
      }
    }
  }
  return slots;
}
