import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wasm } from "../../src/kernels/wasm/kernel.js";
import type { Model } from "../../src/ir/declare.js";
import { asTvb } from "../../src/ir/equations.js";
import { matrix, modelOf, networkOf, setupOf, statesOf } from "../engine/support.js";
import { evaluatorOf, expressionsOf, flowOf, rungeKutta, valuesOf } from "./support.js";

/** The Epileptor's unfolding, reduced sets with modes, and potassium exchange, against mathematics and other programs. */

/** Definitions of a model as functions of its state and its parameters, in the order of their declaration. */
function definitionsOf(model: Model, names: readonly string[]) {
  const { graph, definitions } = expressionsOf(model);
  const outputs = names.map((name) => definitions.get(name) ?? graph.constant(NaN));
  const parameters = Object.entries(model.parameters);
  const evaluate = evaluatorOf(
    graph,
    outputs,
    [...Object.keys(model.state), ...parameters.map(([name]) => name)],
    valuesOf(model, {}),
  );
  return (state: readonly number[], changed: Readonly<Record<string, number>> = {}) =>
    evaluate([...state, ...parameters.map(([name, p]) => changed[name] ?? p.default)]);
}

describe("the resting state on the unfolding", () => {
  const restOf = definitionsOf(modelOf("epileptor-codim3"), ["xs"]);
  /** At z = 0 the path is at the point of the offset, where the sphere's radius puts it. */
  const restAt = (mu2: number, mu1: number, nu: number, branch: number): number => {
    const changed = { mu2_start: mu2, mu1_start: mu1, nu_start: nu, R: Math.hypot(mu2, mu1, nu), N: branch };
    return restOf([0, 0, 0], changed)[0] ?? NaN;
  };

  it("is the highest, lowest and middle root where all are real", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.double({ min: -0.99, max: 0.99, noNaN: true }),
        (mu2, share) => {
          const mu1 = share * 2 * (mu2 / 3) ** 1.5;
          const [high, low, middle] = [1, 2, 3].map((branch) => restAt(mu2, mu1, 0.2, branch)) as [
            number,
            number,
            number,
          ];
          expect(high).toBeGreaterThan(middle);
          expect(middle).toBeGreaterThan(low);
          for (const x of [high, low, middle]) expect(Math.abs(x ** 3 - mu2 * x - mu1)).toBeLessThan(1e-13);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is the real part of the pair that has left the real line, where the highest root met the middle one", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.double({ min: -3, max: -1.01, noNaN: true }),
        (mu2, share) => {
          const mu1 = share * 2 * (mu2 / 3) ** 1.5;
          // One real root is left; the roots' sum is 0.
          let root = -3;
          for (let step = 0; step < 200; step++) root -= (root ** 3 - mu2 * root - mu1) / (3 * root ** 2 - mu2);
          expect(Math.abs(restAt(mu2, mu1, 0.2, 1) + root / 2)).toBeLessThan(1e-7);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("onset of bursts", () => {
  const ends: Readonly<Record<string, readonly [number, number, number]>> = (() => {
    const of = (id: string, names: readonly string[]) =>
      names.map((name) => modelOf(id).parameters[name]?.default ?? NaN) as [number, number, number];
    return {
      "c2s, onset": of("epileptor-codim3", ["mu2_stop", "mu1_stop", "nu_stop"]),
      "first onset": of("epileptor-codim3-slow-mod", ["mu2_Bin", "mu1_Bin", "nu_Bin"]),
      "last onset": of("epileptor-codim3-slow-mod", ["mu2_Bend", "mu1_Bend", "nu_Bend"]),
    };
  })();

  it.each(["c2s, onset", "first onset"])(
    "%s: the resting state ends in a saddle-node, to the paper's four digits",
    (name) => {
      const [mu2, mu1] = ends[name] ?? [NaN, NaN];
      expect(Math.abs(mu1 ** 2 / 4 / (mu2 ** 3 / 27) - 1)).toBeLessThan(2e-3);
    },
  );

  it("last onset: the resting state ends in a Hopf bifurcation", () => {
    const [mu2, mu1, nu] = ends["last onset"] ?? [NaN, NaN, NaN];
    let x = 0.5;
    for (let step = 0; step < 50; step++) x -= (x ** 3 - mu2 * x - mu1) / (3 * x ** 2 - mu2);
    expect(Math.abs(nu + x + x ** 2)).toBeLessThan(5e-4); // the trace, negated
    expect(3 * x ** 2 - mu2).toBeGreaterThan(0); // the determinant
  });

  it("uA and uB go along the circles to the last points, which lie on the sphere", () => {
    const model = modelOf("epileptor-codim3-slow-mod");
    const values = (name: string) => model.parameters[name]?.default ?? NaN;
    const angle = (p: "A" | "B") => {
      const [first, last] = ["in", "end"].map((at) => ["mu2", "mu1", "nu"].map((c) => values(`${c}_${p}${at}`)));
      const dot = (u: readonly number[] = [], v: readonly number[] = []) =>
        u.reduce((s, x, k) => s + x * (v[k] ?? NaN), 0);
      return Math.acos(dot(first, last) / Math.sqrt(dot(first, first) * dot(last, last)));
    };
    const at = definitionsOf(model, ["A_0", "A_1", "A_2", "B_0", "B_1", "B_2"])([0, 0, 0, angle("A"), angle("B")]);
    const wanted = ["A", "B"].flatMap((p) => [values(`mu2_${p}end`), -values(`mu1_${p}end`), values(`nu_${p}end`)]);
    at.forEach((v, k) => expect(Math.abs(v - (wanted[k] ?? NaN))).toBeLessThan(1e-3));
  });
});

/** TVB's tests of models (models_test.py of 2.10.0): 1,991 Euler steps of 0.01 from the middle of the start ranges. */
describe.each([
  {
    id: "reduced-set-fitzhugh-nagumo",
    expected: [
      [-1.228146, 0.677939, 1.541479],
      [-0.953419, 0.384293, 0.907564],
      [-1.346946, -0.351683, 1.762915],
      [-1.03536, -0.293471, 0.536003],
    ],
  },
  {
    id: "reduced-set-hindmarsh-rose",
    expected: [
      [-2.154452, -1.387575, -2.018075],
      [-24.581927, -18.522624, -21.449834],
      [5.094243, 5.094284, 5.161934],
      [-2.145466, -1.405172, -2.000391],
      [-24.353387, -19.002245, -21.028078],
      [5.119597, 5.096642, 5.199867],
    ],
  },
])("$id", ({ id, expected }) => {
  const after = (model: Model): number[] => {
    const { derivative } = flowOf(model, {});
    let x = Object.values(model.state).map(({ start: [low, high] }) => (low + high) / 2);
    for (let step = 0; step < 1991; step++) {
      const slope = derivative(x);
      x = x.map((v, k) => v + 0.01 * (slope[k] ?? NaN));
    }
    return x;
  };
  const furthest = (x: readonly number[]) => Math.max(...expected.flat().map((v, k) => Math.abs(v - (x[k] ?? NaN))));

  it("goes where TVB's own test expects it, as TVB computes it", () => {
    expect(furthest(after(asTvb(modelOf(id))))).toBeLessThan(1e-3);
  });

  it("goes elsewhere with the matrix the right way round", () => {
    expect(furthest(after(modelOf(id)))).toBeGreaterThan(1e-2);
  });
});

describe("reduced sets", () => {
  it("bursts of Hindmarsh-Rose neurons: three spikes of the most excited mode in each cycle of its adaptation", () => {
    const flow = flowOf(modelOf("reduced-set-hindmarsh-rose"), { mu: 1.1 });
    const start = [-0.5, 0, 0.5, -2, -2, -2, 3, 3, 3];
    let x = [...start, ...start];
    for (let step = 0; step < 20_000; step++) x = rungeKutta(flow, x, 0.05);
    const slow: number[] = [];
    const fast: number[] = [];
    for (let step = 0; step < 20_000; step++) {
      x = rungeKutta(flow, x, 0.05);
      fast.push(x[2] ?? NaN);
      slow.push(x[8] ?? NaN);
    }
    const crossings = (values: readonly number[]) => {
      const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
      const at = (low + high) / 2;
      return values.filter((v, k) => v >= at && (values[k - 1] ?? v) < at).length;
    };
    const [spikes, bursts] = [crossings(fast), crossings(slow)];
    expect(bursts).toBeGreaterThanOrEqual(4);
    expect(spikes / bursts).toBeGreaterThan(2);
    expect(spikes / bursts).toBeLessThan(5);
  });
});

describe("potassium in the bath", () => {
  // From one start; rates are those of the same equations in NumPy, by Heun's scheme at half the step.
  const regimes = [
    { potassium: 4, regime: "rest", low: [-76, -75], high: [-76, -75], spikes: [0, 0] },
    { potassium: 10.5, regime: "firing", low: [-77, -73], high: [29, 33], spikes: [50, 62] },
    { potassium: 15, regime: "bursts", low: [-81, -77], high: [18, 30], spikes: [87, 107] },
    { potassium: 17, regime: "fast firing", low: [-66, -61], high: [15, 22], spikes: [136, 156] },
    { potassium: 25, regime: "depolarisation block", low: [-20.3, -20.1], high: [-20.2, -20], spikes: [0, 0] },
  ];

  it("takes regions through rest, firing, bursts and depolarisation block", async () => {
    const regions = regimes.length;
    const start = [0.5, -60, 0.1, -1, -1];
    const rows = await statesOf(
      setupOf({
        model: "k-ion-ex",
        scheme: "heun",
        connectome: networkOf(matrix(regions, () => 0)),
        dtMs: 0.01,
        steps: 300_000,
        parameters: { K_bath: Float64Array.from(regimes, ({ potassium }) => potassium) },
        initial: { kind: "state", values: Float64Array.from(start.flatMap((v) => regimes.map(() => v))) },
      }),
      wasm,
    );
    const lastSecond = rows.slice(-100_000);
    regimes.forEach(({ regime, ...wanted }, region) => {
      const V = lastSecond.map((row) => row[regions + region] ?? NaN);
      const found = {
        low: V.reduce((a, b) => Math.min(a, b)),
        high: V.reduce((a, b) => Math.max(a, b)),
        spikes: V.filter((v, k) => v >= -20 && (V[k - 1] ?? v) < -20).length,
      };
      for (const what of ["low", "high", "spikes"] as const) {
        const [least = NaN, most = NaN] = wanted[what];
        expect(found[what], `${regime}: ${what}`).toBeGreaterThanOrEqual(least);
        expect(found[what], `${regime}: ${what}`).toBeLessThanOrEqual(most);
      }
    });
  });
});
