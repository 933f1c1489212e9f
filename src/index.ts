/** The library's only public surface. */
export { Fault, type FaultCode } from "./core/fault.js";
export { ndarray, type NdArray } from "./core/ndarray.js";
export type { Connectome } from "./core/connectome.js";
export type { Coupling, Model, Monitor, Scheme } from "./ir/declare.js";
export type { Block, Recording } from "./engine/setup.js";
export type { RunStatistics, RunSummary } from "./engine/run.js";
export type { Experiment } from "./experiment/types.js";
export { simulate, type Simulation, type SimulationOptions, type SimulationResult } from "./simulate.js";
