import { fault } from "../core/fault.js";
import { zeroLines, type Line } from "./contour.js";
import { findFixedPoints, type FixedPoint } from "./fixed-points.js";
import { flowOf, type Flow } from "./flow.js";
import { nullVector, unit } from "./linear.js";
import { boundsOf, scalesOf, startsOf, variableIndex, type Mass } from "./mass.js";
import { follow } from "./settle.js";

export interface PhasePlane {
  /** The two variables, across and up. */
  readonly axes: readonly [string, string];
  readonly range: readonly [readonly [number, number], readonly [number, number]];
  /** Where the other variables are held; trajectories are free of it. */
  readonly held: Readonly<Record<string, number>>;
  /** Lines on which the derivative of each of the two variables is 0, with the others held. */
  readonly nullclines: readonly { readonly variable: string; readonly lines: readonly Line[] }[];
  /** Derivatives of both variables on a lattice. */
  readonly field: readonly { readonly at: readonly [number, number]; readonly flow: readonly [number, number] }[];
  /** Fixed points of the whole model, seen in the plane. */
  readonly fixedPoints: readonly FixedPoint[];
  /** Trajectories of the whole model, seen in the plane. */
  readonly trajectories: readonly Line[];
  /** Of models of two variables: what leaves and what enters saddles along their eigenvectors. */
  readonly manifolds: readonly { readonly kind: "stable" | "unstable"; readonly line: Line }[];
}

export interface PlaneOptions {
  readonly axes: readonly [string, string];
  readonly range?: readonly [readonly [number, number] | undefined, readonly [number, number] | undefined];
  /** Values of other variables; those left out are taken from the first stable fixed point, or the middle of their start range. */
  readonly held?: Readonly<Record<string, number>>;
  readonly fixedPoints?: readonly FixedPoint[];
  readonly seed?: number;
}

/** Columns of the state and what is seen of them. */
interface Window {
  readonly axes: readonly [number, number];
  readonly range: PhasePlane["range"];
}

const latticeSide = 23;
const contourCells = 240;

/** @throws Fault EXPERIMENT for unknown variables, USAGE for twice the same, RANGE for a range that is none */
export function phasePlane(mass: Mass, options: PlaneOptions): PhasePlane {
  const [first, second] = options.axes;
  const axes = [variableIndex(mass, first, "plane"), variableIndex(mass, second, "plane")] as const;
  if (axes[0] === axes[1])
    throw fault("USAGE", "a plane is spanned by two variables", { where: `plane ${first},${second}` });
  for (const [name, value] of Object.entries(options.held ?? {})) {
    variableIndex(mass, name, "held variables");
    if (!Number.isFinite(value)) throw fault("RANGE", `${name} must be held at a finite value, not ${value}`);
  }
  const flow = flowOf(mass);
  const fixedPoints =
    options.fixedPoints ?? findFixedPoints(mass, options.seed === undefined ? {} : { seed: options.seed }).points;
  const centre = centreOf(mass, fixedPoints, options.held ?? {});
  const range = [0, 1].map(
    (k) => options.range?.[k] ?? rangeOf(mass, flow, fixedPoints, centre, axes[k as 0 | 1]),
  ) as unknown as PhasePlane["range"];
  range.forEach(([low, high], k) => {
    if (!(high > low) || !Number.isFinite(high - low))
      throw fault("RANGE", `[${low}, ${high}] is no range of ${options.axes[k]}`, { next: "low first, then high" });
  });
  const point = centre.slice();
  const value = new Float64Array(flow.size);
  const flowAt = (x: number, y: number): Float64Array => {
    point[axes[0]] = x;
    point[axes[1]] = y;
    return flow.derivative(point, value);
  };
  const lattice = Array.from({ length: latticeSide ** 2 }, (_, k) => {
    const share = (n: number, [low, high]: readonly [number, number]) => low + ((n + 0.5) / latticeSide) * (high - low);
    return [share(k % latticeSide, range[0]), share(Math.floor(k / latticeSide), range[1])] as const;
  });
  return {
    axes: options.axes,
    range,
    held: Object.fromEntries(mass.names.flatMap((name, v) => (axes.includes(v) ? [] : [[name, centre[v] as number]]))),
    nullclines: axes.map((variable, k) => ({
      variable: options.axes[k as 0 | 1],
      lines: zeroLines((x, y) => flowAt(x, y)[variable] as number, { x: range[0], y: range[1], cells: contourCells }),
    })),
    field: lattice.map((at) => {
      const f = flowAt(...at);
      return { at, flow: [f[axes[0]] as number, f[axes[1]] as number] as const };
    }),
    fixedPoints,
    trajectories: startsIn(range).map(([x, y]) => {
      const start = centre.slice();
      start[axes[0]] = x;
      start[axes[1]] = y;
      return seen(mass, flow, start, { axes, range }, timeOf(fixedPoints));
    }),
    manifolds: flow.size === 2 ? manifoldsOf(mass, flow, fixedPoints, { axes, range }) : [],
  };
}

/** Where all variables are when the two of the plane are not asked about. */
function centreOf(mass: Mass, points: readonly FixedPoint[], held: Readonly<Record<string, number>>): Float64Array {
  const rest = points.find(({ stable }) => stable) ?? points[0];
  const starts = startsOf(mass);
  return Float64Array.from(mass.names, (name, v) => {
    const [low, high] = starts[v] ?? [0, 0];
    const own = Object.hasOwn(held, name) ? held[name] : undefined;
    return own ?? rest?.state[v] ?? (low + high) / 2;
  });
}

/** The start range, unless what happens is much smaller or lies outside of it. */
function rangeOf(
  mass: Mass,
  flow: Flow,
  points: readonly FixedPoint[],
  centre: Float64Array,
  variable: number,
): readonly [number, number] {
  const [least, most] = boundsOf(mass)[variable] ?? [-Infinity, Infinity];
  const { states } = follow(
    flow,
    centre.map((v, k) => v + 0.01 * (scalesOf(mass)[k] as number)),
    boundsOf(mass),
    scalesOf(mass),
    {
      time: timeOf(points),
      mostSteps: 2000,
      tolerance: 1e-4,
    },
  );
  const values = [
    ...points.map(({ state }) => state[variable] as number),
    ...states.slice(Math.floor(states.length / 2)).map((state) => state[variable] as number),
  ].filter(Number.isFinite);
  const [low, high] = startsOf(mass)[variable] ?? [-1, 1];
  const [from, to] = [Math.min(...values, Infinity), Math.max(...values, -Infinity)];
  const extent = to - from;
  const reach =
    extent > 0 && high - low > 8 * extent ? [from - extent, to + extent] : [Math.min(low, from), Math.max(high, to)];
  const margin = 0.06 * ((reach[1] as number) - (reach[0] as number) || 1);
  return [
    Math.max((reach[0] as number) - margin, least - margin),
    Math.min((reach[1] as number) + margin, most + margin),
  ];
}

/** Long enough for the slowest motion about the fixed points. */
function timeOf(points: readonly FixedPoint[]): number {
  const rates = points.flatMap(({ eigenvalues }) => eigenvalues.map(({ re }) => Math.abs(re))).filter((r) => r > 0);
  return rates.length === 0 ? 1000 : 8 / Math.max(Math.min(...rates), Math.max(...rates) / 1000);
}

const startsIn = ([x, y]: PhasePlane["range"]): (readonly [number, number])[] =>
  [
    [0.05, 0.05],
    [0.5, 0.04],
    [0.95, 0.05],
    [0.05, 0.5],
    [0.95, 0.5],
    [0.05, 0.95],
    [0.5, 0.96],
    [0.95, 0.95],
    [0.35, 0.4],
    [0.65, 0.6],
  ].map(([a = 0, b = 0]) => [x[0] + a * (x[1] - x[0]), y[0] + b * (y[1] - y[0])] as const);

/** A trajectory of the whole model as the plane shows it: smooth at the plane's scale, and not longer than can be told apart. */
function seen(mass: Mass, flow: Flow, start: Float64Array, window: Window, time: number): Line {
  const scales = scalesOf(mass);
  window.axes.forEach((axis, k) => (scales[axis] = window.range[k as 0 | 1][1] - window.range[k as 0 | 1][0]));
  const options = { time, mostSteps: 4000, tolerance: 1e-5, farthest: 0.015, length: flow.size === 2 ? 12 : 6 };
  const { states } = follow(flow, start, boundsOf(mass), scales, options);
  return states.map((state) => [state[window.axes[0]] as number, state[window.axes[1]] as number] as const);
}

function manifoldsOf(mass: Mass, flow: Flow, points: readonly FixedPoint[], window: Window): PhasePlane["manifolds"] {
  const backward: Flow = { ...flow, derivative: (x, to) => flow.derivative(x, to).map((v, k, all) => (all[k] = -v)) };
  return points.flatMap((point) => {
    if (point.class !== "saddle") return [];
    const jacobian = flow.jacobian(point.state);
    return point.eigenvalues.flatMap(({ re }) => {
      const direction = unit(
        nullVector(
          jacobian.map((v, k) => (k === 0 || k === 3 ? v - re : v)),
          2,
        ),
      );
      return [1, -1].map((way) => {
        const start = Float64Array.from(
          point.state,
          (v, k) => v + way * 1e-4 * (direction[k] as number) * Math.min(...window.range.map(([a, b]) => b - a)),
        );
        return {
          kind: re > 0 ? ("unstable" as const) : ("stable" as const),
          line: [
            [point.state[window.axes[0]] as number, point.state[window.axes[1]] as number] as const,
            ...seen(
              mass,
              re > 0 ? flow : backward,
              start,
              { axes: window.axes, range: window.range },
              3 * timeOf(points),
            ),
          ],
        };
      });
    });
  });
}
