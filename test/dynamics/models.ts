import { readModel } from "../../src/experiment/model-file.js";
import { massOf, type Mass } from "../../src/dynamics/mass.js";

/** A mass from equations written down in a line. */
export function massFrom(
  equations: Readonly<Record<string, string>>,
  parameters: Readonly<Record<string, number>> = {},
  start: readonly [number, number] = [-2, 2],
): Mass {
  const file = {
    id: "test",
    time: "dimensionless",
    state: Object.fromEntries(Object.keys(equations).map((name) => [name, { start }])),
    parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { default: value }])),
    equations,
  };
  return massOf(readModel(JSON.stringify(file), "test.json"));
}

export const lorenz = massFrom(
  { x: "sigma * (y - x)", y: "x * (rho - z) - y", z: "x * y - beta * z" },
  { sigma: 10, rho: 28, beta: 8 / 3 },
  [-10, 10],
);

/** dx/dt = 0.08-slow FitzHugh and Nagumo. */
export const fitzHughNagumo = massFrom({ v: "v - v^3 / 3 - w + I", w: "0.08 * (v + 0.7 - 0.8 * w)" }, { I: 0 });
