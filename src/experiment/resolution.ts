import { partOf, slotsOf } from "../engine/parts.js";
import type { Setup } from "../engine/setup.js";
import { jacobianAt } from "../engine/stability.js";
import { variablesAt } from "../ir/compose/parts.js";
import type { Deviation } from "./context.js";

/** Half the distance between f32 numbers, as a share of the larger ones: what a sum is rounded by. */
const halfDigit = 2 ** -24;
/** A share of a variable's size that is worth a word. */
const notable = 2e-3;

/**
 * Variables that f32 cannot hold still where they belong: within `halfDigit / (dt rate)` of its rest a variable that relaxes with
 * a rate is moved by less than its last digit, and stands. White noise moves it on, so variables with noise are left out.
 * Rates are those in the middle of the start ranges, of one region per model.
 */
export function coarseVariables(setup: Setup): Deviation[] {
  const { model, parameters, precision, dtMs, noise = {} } = setup;
  if (precision !== "f32" || setup.scheme.map) return [];
  const part = partOf(setup);
  const regions = setup.connectome.labels.map((_, i) => i);
  const firsts = regions.filter((i) => regions.findIndex((k) => part(k) === part(i)) === i);
  const steps = setup.steps + setup.transientSteps;
  const found = firsts.flatMap((i) => {
    const own = variablesAt(model, part(i)).map(([name]) => name);
    const middle = slotsOf(setup)(i).map(({ start: [low, high] }) => (low + high) / 2);
    const values = Object.entries(parameters).map(([name, v]) => [name, typeof v === "number" ? v : (v[i] ?? NaN)]);
    const slopes = jacobianAt(model, middle, Object.fromEntries(values));
    return Object.keys(model.state).flatMap((slot, v) => {
      const name = own[v] ?? slot;
      // No variable of the region depends on it, itself included: a phase, which grows and grows.
      const free = middle.every((_, row) => (slopes[row * middle.length + v] ?? 0) === 0);
      if (free && steps * halfDigit > notable)
        return [
          {
            name,
            about: `${name} grows for ${steps} steps, and the larger it is the coarser f32 holds it; precision: f64 keeps it in time`,
          },
        ];
      const closed = dtMs * Math.abs(slopes[v * middle.length + v] ?? 0);
      const share = halfDigit / closed;
      if (!(closed > 0 && share > notable) || Object.hasOwn(noise, slot)) return [];
      return [
        {
          name,
          about:
            `${name} may come to stand ${(100 * share).toPrecision(1)} % of its size away from where it belongs: a step of ${dtMs} ms ` +
            `closes ${closed.toPrecision(2)} of the distance, and f32 holds 7 digits; precision: f64 resolves it`,
        },
      ];
    });
  });
  return found.map(({ about }) => ({ kind: "precision", where: "precision", about }));
}
