import type { Connectome } from "../core/connectome.js";
import { fault } from "../core/fault.js";
import { delaySteps } from "../core/round.js";

export { delaySteps, nearestEven as roundHalfEven } from "../core/round.js";

/** Far above any brain (1 m at 0.1 mm/ms and 1 µs is 1e7), and far below what would not fit an Int32. */
const maxSteps = 2 ** 30;

/**
 * [target, source] steps of delay of every pair. Pairs without a link have one too: callers skip what weighs nothing.
 * @throws Fault RANGE for a speed or step that is not positive; Fault LIMIT for delays that cannot be held
 */
export function delayMatrix(
  { tractLengths }: Pick<Connectome, "tractLengths">,
  speed: number,
  dtMs: number,
): Int32Array {
  if (!(speed > 0))
    throw fault("RANGE", "the conduction speed is not positive", { where: "conduction_speed", why: `${speed} mm/ms` });
  if (!(dtMs > 0) || !Number.isFinite(dtMs))
    throw fault("RANGE", "the time step is not positive", { where: "integrator.dt", why: `${dtMs} ms` });
  const steps = new Int32Array(tractLengths.length);
  for (let k = 0; k < steps.length; k++) {
    const length = tractLengths[k] ?? NaN;
    const delay = delaySteps(length, speed, dtMs);
    if (!(delay <= maxSteps))
      throw fault("LIMIT", "a delay has too many steps", {
        where: "conduction_speed",
        why: `${length} mm at ${speed} mm/ms and dt ${dtMs} ms is ${delay} steps`,
        next: "use a higher speed or a longer time step",
      });
    steps[k] = delay;
  }
  return steps;
}
