import { models as registered } from "../src/models/index.js";
import type { Experiment } from "../src/experiment/types.js";
import { synthetic, tvb76 } from "./connectomes.js";
import type { Contender, Context, Floor, Race, Workload } from "./contender.js";
import { ours } from "./ours.js";
import { peerProcess, sampleOf } from "./peer.js";
import { reason } from "./race.js";
import { share, speed } from "./workload.js";

/** How a model is run: by default in steps of 0.1 (of its unit of time) and coupled by a little of what the others send. */
interface Run {
  readonly dt: number;
  readonly coupling: { readonly id: string; readonly tvb: string; readonly a: number };
  readonly parameters: Readonly<Record<string, number>>;
  /** Ranges in which TVB starts, where it leaves the finite numbers from its own. */
  readonly start?: Readonly<Record<string, readonly [number, number]>>;
  /** TVB's steps in one figure, about a tenth of a second. */
  readonly peerSteps: number;
}

const usual: Run = { dt: 0.1, coupling: { id: "linear", tvb: "Linear", a: 0.01 }, parameters: {}, peerSteps: 400 };

const weak = { ...usual.coupling, a: 0.0001 };
/** Drives, in kHz, under which the cells of Zerlaut's models fire. */
const firing = { external_input_ex_ex: 0.004, external_input_in_ex: 0.003 };

const special: Readonly<Record<string, Partial<Run>>> = {
  "montbrio-pazo-roxin": { dt: 0.01 },
  "coombes-byrne": { dt: 0.01 },
  "coombes-byrne-2d": { dt: 0.01 },
  "gast-schmidt-knosche-sd": { dt: 0.01 },
  "gast-schmidt-knosche-sf": { dt: 0.01 },
  "dumont-gutkin": { dt: 0.01 },
  "jansen-rit": { dt: 0.5, coupling: { id: "sigmoidal-jansen-rit", tvb: "SigmoidalJansenRit", a: 10 } },
  "reduced-wong-wang": { dt: 0.5 },
  epileptor: { dt: 0.05, coupling: { id: "difference", tvb: "Difference", a: 0.1 } },
  "epileptor-2d": { dt: 0.05, coupling: { id: "difference", tvb: "Difference", a: 0.1 } },
  "epileptor-resting-state": { dt: 0.05 },
  "epileptor-codim3": { dt: 0.05 },
  "epileptor-codim3-slow-mod": { dt: 0.05 },
  kuramoto: { coupling: { id: "kuramoto", tvb: "Kuramoto", a: 0.2 } },
  "reduced-set-fitzhugh-nagumo": { dt: 0.03125 },
  "reduced-set-hindmarsh-rose": { dt: 0.01 },
  "larter-breakspear": { coupling: { id: "hyperbolic-tangent", tvb: "HyperbolicTangent", a: 0.1 } },
  "sup-hopf": { dt: 0.01 },
  "k-ion-ex": { dt: 0.01, start: { V: [-80, -20], DKi: [-2, 0], Kg: [0, 4] } },
  "zerlaut-adaptation-first-order": { parameters: firing, peerSteps: 100 },
  // Its covariances grow without bound within a second, here and in TVB's equations: short steps end before.
  "zerlaut-adaptation-second-order": { dt: 0.01, peerSteps: 40 },
  wendling: { coupling: weak },
  "david-friston": { coupling: weak },
  liley: { dt: 0.01, coupling: weak },
  "ornstein-uhlenbeck": { coupling: weak },
};

const runOf = (id: string): Run => ({ ...usual, ...special[id] });

/** Mean of so many steps; runs are whole numbers of it. */
const window = 20;
const oursSteps = 60_000;
const steps = (wanted: number, { scale }: Context): number =>
  Math.max(1, Math.round((wanted * scale) / window)) * window;

const rival = (id: string): string => `${id}, TVB`;

/** Models that TVB has too. */
const shared = Object.values(registered).flatMap(({ id, tvb }) => (tvb ? [{ id, tvb: tvb.class }] : []));

export const models: Workload = {
  id: "models",
  title: "every model on 76 regions of tvb-data, delays, Heun without noise, f32",
  floors: shared.map(({ id }): Floor => ({ ours: id, over: rival(id), atLeast: 15 })),
  meanAtLeast: 60,
  async race(context): Promise<Race> {
    const connectome = tvb76(context.peers) ?? synthetic(76, 750, 76);
    const file = share(connectome, context);
    const experiment = (id: string): Experiment => {
      const { dt, coupling, parameters } = runOf(id);
      return {
        connectome,
        normalise: "none",
        model: { id, parameters },
        coupling: { id: coupling.id, parameters: { a: coupling.a } },
        integrator: { scheme: "heun", dt },
        conduction_speed: speed,
        duration: steps(oursSteps, context) * dt,
        seed: 42,
        monitors: [{ id: "temporal-average", period: window * dt }],
        backend: "wasm",
        precision: "f32",
      };
    };
    const peers = new Map<string, Contender>();
    const absent = [];
    try {
      const runs = shared.map(({ id, tvb }) => {
        const { dt, coupling, parameters, start = {}, peerSteps } = runOf(id);
        const [duration, period] = [steps(peerSteps, context) * dt, window * dt];
        const couplingParameters = { a: coupling.a };
        return [
          id,
          { model: tvb, parameters, coupling: coupling.tvb, couplingParameters, start, dt, duration, period },
        ] as const;
      });
      const { ready, ask, close } = await peerProcess(context, "tvb_models", {
        connectome: file,
        speed,
        runs: Object.fromEntries(runs),
      });
      const sampler = (id: string): Contender => ({
        name: rival(id),
        role: "peer",
        note: ready,
        sample: async () => sampleOf(await ask(id)),
      });
      shared.forEach(({ id }, k) => peers.set(id, k === 0 ? { ...sampler(id), close } : sampler(id)));
    } catch (error) {
      absent.push({ name: "TVB", why: reason(error) });
    }
    const contenders = Object.keys(registered).flatMap((id) => {
      const other = peers.get(id);
      return [ours(id, experiment(id)), ...(other ? [other] : [])];
    });
    return { contenders, absent };
  },
};
