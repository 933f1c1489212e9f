import type { Model } from "../ir/declare.js";
import { model } from "../ir/form.js";
import { alnTables } from "./parts/aln-tables.js";

const table = (name: keyof typeof alnTables, unit: string, about: string) => ({
  axes: [
    { unit: "mV/ms", from: -1, step: 0.025, count: 321, about: "mean input" },
    { unit: "mV/ms^0.5", from: 0.5, step: 0.125, count: 37, about: "standard deviation of the input" },
  ],
  unit,
  values: alnTables[name],
  about: `${about}: computed by data/aln/make.py from the Fokker-Planck equation`,
});

/** Synapses onto one population from one: mean and variance of the share that is open. */
function synapses(pair: string, tau: string): Pick<Model, "state"> & { readonly equations: Record<string, string> } {
  const [mean, variance] = [`s${pair}m`, `s${pair}v`];
  const [z1, z2] = [`z1${pair}`, `z2${pair}`];
  return {
    state: {
      [mean]: { unit: "1", start: [0, 0.5], about: `mean share of open synapses, ${pair}` },
      [variance]: {
        unit: "1",
        start: [0, pair.endsWith("e") ? 0.001 : 0.01],
        atLeast: 0,
        about: `variance of the share of open synapses, ${pair}`,
      },
    },
    equations: {
      [mean]: `((1 - ${mean}) * ${z1} - ${mean}) / ${tau}`,
      [variance]: `((1 - ${mean})^2 * ${z2} + (${z2} - 2 * ${tau} * (1 + ${z1})) * ${variance}) / ${tau}^2`,
    },
  };
}
const pairs = { ee: "tau_se", ei: "tau_si", ie: "tau_se", ii: "tau_si" };
const all = Object.entries(pairs).map(([pair, tau]) => synapses(pair, tau));

/** What the open synapses of a pair add to the variance of the input. */
const spread = (pair: keyof typeof pairs): string =>
  `2 * J${pair}_max^2 * s${pair}v * ${pairs[pair]} * taum / ((1 + z1${pair}) * taum + ${pairs[pair]})`;

const milliseconds = (value: number, range: readonly [number, number], about: string) => ({
  unit: "ms",
  default: value,
  range,
  about,
});
const current = (value: number, range: readonly [number, number], about: string) => ({
  unit: "mV/ms",
  default: value,
  range,
  about,
});
const count = (value: number, about: string) => ({ unit: "1", default: value, range: [0, 5000] as const, about });

/** Mean field of coupled excitatory and inhibitory adaptive exponential integrate-and-fire neurons. */
export const adaptiveLinearNonlinear = model({
  id: "adaptive-linear-nonlinear",
  about:
    "Mean field of sparsely coupled excitatory and inhibitory populations of adaptive exponential integrate-and-fire " +
    "neurons: a linear filter of the mean input and a nonlinearity, both from the Fokker-Planck equation, read from tables " +
    "over mean and standard deviation of the input. It has a silent and an active state, a fast oscillation between " +
    "excitation and inhibition, and with adaptation (b, a) a slow one. Parameters are called as in neurolib, which also " +
    "gives the defaults. Within a node, spikes take a time that is distributed exponentially, with means tau_de and " +
    "tau_di, where neurolib's default is fixed delays of the same 4 and 2 ms (its distr_delay is what is here); what a " +
    "node sends has passed tau_de as well. Weights of the network count connections, so mean and variance of the input " +
    "are linear in them; neurolib squares them in the variance. mue_ou and mui_ou are the external inputs: additive noise " +
    "on them with D = sigma_ou^2 / 2 makes them Ornstein-Uhlenbeck processes. The tables hold for neurons with C, gL as " +
    "given, EL = -65 mV, DeltaT = 1.5 mV, VT = -50 mV, Vr = -70 mV, Vs = -40 mV and Tref = 1.5 ms.",
  papers: [
    {
      cite: "Augustin, Ladenbauer, Baumann, Obermayer 2017",
      doi: "10.1371/journal.pcbi.1005545",
      gives: "the cascade and its filter (model LNexp)",
    },
    {
      cite: "Cakan, Obermayer 2020",
      doi: "10.1371/journal.pcbi.1007822",
      gives: "two populations with moments of the synaptic input, their states, and the parameters",
    },
    {
      cite: "Richardson 2007",
      doi: "10.1103/PhysRevE.76.021919",
      gives: "threshold integration, by which the tables are made",
    },
  ],
  time: "ms",
  state: {
    rd_exc: { unit: "kHz", start: [0, 0.01], about: "rate of excitatory spikes where they arrive" },
    rd_inh: { unit: "kHz", start: [0, 0.01], about: "rate of inhibitory spikes where they arrive" },
    mufe: { unit: "mV/ms", start: [0, 3], about: "filtered mean input, excitatory" },
    mufi: { unit: "mV/ms", start: [0, 3], about: "filtered mean input, inhibitory" },
    IA: { unit: "pA", start: [0, 200], about: "mean adaptation current, excitatory" },
    ...Object.assign({}, ...all.map(({ state }) => state)),
    mue_ou: { unit: "mV/ms", start: [0, 3], about: "mean external input, excitatory" },
    mui_ou: { unit: "mV/ms", start: [0, 3], about: "mean external input, inhibitory" },
  },
  parameters: {
    mue_ext_mean: current(0.4, [-1, 5], "mean of the external input, excitatory"),
    mui_ext_mean: current(0.3, [-1, 5], "mean of the external input, inhibitory"),
    tau_ou: milliseconds(5, [0.1, 100], "time over which the external input forgets"),
    sigmae_ext: {
      unit: "mV/ms^0.5",
      default: 1.5,
      range: [0.5, 5],
      about: "standard deviation of the external input, excitatory",
    },
    sigmai_ext: {
      unit: "mV/ms^0.5",
      default: 1.5,
      range: [0.5, 5],
      about: "standard deviation of the external input, inhibitory",
    },
    ext_exc_current: current(0, [-5, 5], "further input to excitation, for stimuli"),
    ext_inh_current: current(0, [-5, 5], "further input to inhibition, for stimuli"),
    ext_exc_rate: { unit: "kHz", default: 0, range: [0, 1], about: "external spikes onto excitation" },
    ext_inh_rate: { unit: "kHz", default: 0, range: [0, 1], about: "external spikes onto inhibition" },
    Ke: count(800, "excitatory inputs of a neuron"),
    Ki: count(200, "inhibitory inputs of a neuron"),
    Ke_gl: count(250, "excitatory inputs of a neuron from a region at weight 1"),
    c_gl: current(0.3, [0, 5], "amplitude of currents after spikes of other regions"),
    cee: current(0.3, [0, 5], "amplitude of currents after spikes, excitation to excitation"),
    cie: current(0.3, [0, 5], "amplitude of currents after spikes, excitation to inhibition"),
    cei: current(0.5, [0, 5], "amplitude of currents after spikes, inhibition to excitation"),
    cii: current(0.5, [0, 5], "amplitude of currents after spikes, inhibition to inhibition"),
    Jee_max: current(2.43, [0.1, 20], "current with all synapses open, excitation to excitation"),
    Jie_max: current(2.6, [0.1, 20], "current with all synapses open, excitation to inhibition"),
    Jei_max: current(-3.3, [-20, -0.1], "current with all synapses open, inhibition to excitation"),
    Jii_max: current(-1.64, [-20, -0.1], "current with all synapses open, inhibition to inhibition"),
    tau_se: milliseconds(2, [0.5, 50], "decay time of excitatory synapses"),
    tau_si: milliseconds(5, [0.5, 50], "decay time of inhibitory synapses"),
    tau_de: milliseconds(4, [0.05, 50], "mean delay of excitatory spikes"),
    tau_di: milliseconds(2, [0.05, 50], "mean delay of inhibitory spikes"),
    a: { unit: "nS", default: 0, range: [0, 40], about: "adaptation by the membrane voltage" },
    b: { unit: "pA", default: 0, range: [0, 200], about: "adaptation by each spike" },
    EA: { unit: "mV", default: -80, range: [-100, -40], about: "reversal potential of the adaptation" },
    tauA: milliseconds(200, [10, 5000], "decay time of the adaptation"),
    C: { unit: "pF", default: 200, range: [199.9, 200.1], about: "capacitance of the membrane, that of the tables" },
    gL: { unit: "nS", default: 10, range: [9.99, 10.01], about: "conductance of the membrane, that of the tables" },
  },
  sends: ["rd_exc"],
  inputs: { network_exc: { unit: "kHz", about: "excitatory spikes of other regions" } },
  tables: {
    rate: table("rate", "kHz", "rate of spikes"),
    voltage: table("voltage", "mV", "mean voltage between spikes"),
    tau: table("tau", "ms", "time constant of the rate's response to a change of the mean input"),
  },
  definitions: {
    taum: "C / gL",
    far: "c_gl * tau_se / Jee_max",
    near_ee: "cee * tau_se / Jee_max",
    near_ie: "cie * tau_se / Jie_max",
    near_ei: "cei * tau_si / abs(Jei_max)",
    near_ii: "cii * tau_si / abs(Jii_max)",
    z1ee: "near_ee * Ke * rd_exc + far * Ke_gl * (network_exc + ext_exc_rate)",
    z1ei: "near_ei * Ki * rd_inh",
    z1ie: "near_ie * Ke * rd_exc + far * Ke_gl * ext_inh_rate",
    z1ii: "near_ii * Ki * rd_inh",
    z2ee: "near_ee^2 * Ke * rd_exc + far^2 * Ke_gl * (network_exc + ext_exc_rate)",
    z2ei: "near_ei^2 * Ki * rd_inh",
    z2ie: "near_ie^2 * Ke * rd_exc + far^2 * Ke_gl * ext_inh_rate",
    z2ii: "near_ii^2 * Ki * rd_inh",
    sigmae: `sqrt(${spread("ee")} + ${spread("ei")} + sigmae_ext^2)`,
    sigmai: `sqrt(${spread("ie")} + ${spread("ii")} + sigmai_ext^2)`,
    mue: "Jee_max * seem + Jei_max * seim + mue_ou + ext_exc_current",
    mui: "Jie_max * siem + Jii_max * siim + mui_ou + ext_inh_current",
    driven: "mufe - IA / C",
    rate_exc: "rate(driven, sigmae)",
    rate_inh: "rate(mufi, sigmai)",
  },
  equations: {
    rd_exc: "(rate_exc - rd_exc) / tau_de",
    rd_inh: "(rate_inh - rd_inh) / tau_di",
    mufe: "(mue - mufe) / tau(driven, sigmae)",
    mufi: "(mui - mufi) / tau(mufi, sigmai)",
    IA: "(a * (voltage(driven, sigmae) - EA) - IA + tauA * b * rate_exc) / tauA",
    ...Object.assign({}, ...all.map(({ equations }) => equations)),
    mue_ou: "(mue_ext_mean - mue_ou) / tau_ou",
    mui_ou: "(mui_ext_mean - mui_ou) / tau_ou",
  },
  observe: ["rd_exc", "rd_inh", "IA"],
  claims: [
    { kind: "stable-fixed-points", with: { mue_ext_mean: 1, mui_ext_mean: 1.5 }, count: 1 },
    { kind: "stable-fixed-points", with: { mue_ext_mean: 2, mui_ext_mean: 1 }, count: 1 },
    { kind: "stable-fixed-points", with: { mue_ext_mean: 1, mui_ext_mean: 0.3 }, count: 0 },
    { kind: "oscillates", with: { mue_ext_mean: 1, mui_ext_mean: 0.3 }, hertz: [23, 24.5], observe: "rd_exc" },
    {
      kind: "oscillates",
      with: { mue_ext_mean: 2.5, mui_ext_mean: 2, b: 40 },
      hertz: [1.2, 1.5],
      observe: "rd_exc",
    },
  ],
});
