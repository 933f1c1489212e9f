import type { Expected } from "./measure.js";

/** An expected answer made wrong, by more than the tolerance: no check may take it. */
export const flipped = ({ values, tolerance }: Expected): Expected =>
  values === "refused"
    ? { values: [1], tolerance: 0 }
    : {
        values: values.map((x, k) => {
          const within = typeof tolerance === "number" ? tolerance : (tolerance[k] ?? 0);
          return (x ?? 0) + 2.5 * within + 1e-6 * Math.abs(x ?? 0) + 1e-300;
        }),
        tolerance,
      };
