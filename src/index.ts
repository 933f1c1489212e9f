/** The library's only public surface; test/repository/public-api.txt pins it. */
export { Fault, type FaultCode } from "./core/fault.js";
export { ndarray, type NdArray } from "./core/ndarray.js";
export type { Connectome } from "./core/connectome.js";
export type { Coupling, Model, Monitor, Noise, Scheme, Stimulus } from "./ir/declare.js";
export type { Block, Recording } from "./engine/setup.js";
export type { RunStatistics, RunSummary } from "./engine/run.js";
export type { Experiment } from "./experiment/types.js";
export type { RunRecord } from "./experiment/provenance.js";
export type { StoredResult } from "./experiment/read-result.js";
export { models } from "./models/index.js";
export { couplings } from "./couplings/index.js";
export { schemes } from "./integrators/index.js";
export { noises } from "./noises/index.js";
export { stimuli } from "./stimuli/index.js";
export { monitors } from "./monitors/index.js";
export { simulate, type Simulation, type SimulationOptions, type SimulationResult } from "./simulate.js";
export { connectome, open, record, report } from "./library.js";
export {
  dynamics,
  type Continuation,
  type FixedPoint,
  type LyapunovSpectrum,
  type Mass,
  type PhasePlane,
  type Scan,
} from "./dynamics/index.js";
export { drawBifurcations } from "./report/bifurcation-picture.js";
export { drawPhasePlane } from "./report/phase-plane-picture.js";
export { drawScan } from "./report/scan-picture.js";
export { functionalConnectivity, type FunctionalConnectivity } from "./analysis/functional-connectivity.js";
export { powerSpectrum, type PowerSpectrum } from "./analysis/spectrum.js";
export { signalsOf, type Signals } from "./analysis/signals.js";
