import type { InputDeclaration, Paper, ParameterDeclaration, StateDeclaration } from "../../ir/declare.js";

type Population = "e" | "i";

/** What the mean fields of first and second order have in common. */
export const zerlautPapers: readonly Paper[] = [
  {
    cite: "Zerlaut, Chemla, Chavane, Destexhe 2018",
    doi: "10.1007/s10827-017-0668-2",
    gives: "the transfer function and its fit, equations of the rates",
  },
  {
    cite: "di Volo, Romagnoni, Capone, Destexhe 2019",
    doi: "10.1162/neco_a_01173",
    gives: "adaptation, and coefficients of the effective threshold",
  },
];

export const zerlautRates = {
  E: { unit: "kHz", start: [0.001, 0.25], atLeast: 0, about: "firing rate of the excitatory population" },
  I: { unit: "kHz", start: [0.001, 0.25], atLeast: 0, about: "firing rate of the inhibitory population" },
} as const satisfies Record<string, StateDeclaration>;

export const zerlautSlow = {
  W_e: { unit: "pA", start: [0, 200], about: "adaptation current of excitatory neurons" },
  W_i: { unit: "pA", start: [0, 0], about: "adaptation current of inhibitory neurons" },
  ou_drift: { unit: "kHz", start: [0, 0], about: "Ornstein-Uhlenbeck process that carries the noise of the input" },
} as const satisfies Record<string, StateDeclaration>;

const thresholds: Readonly<Record<Population, readonly number[]>> = {
  e: [
    -49.83106, 5.063550882777035, -23.470121807314552, 2.2951513725067503, -0.4105302652029825, 10.547051343547399,
    -36.59252821136933, 7.437487505797858, 1.265064721846073, -40.72161294490446,
  ],
  i: [
    -51.49122024209484, 4.003689190271077, -8.352013668528155, 0.2414237992765705, -0.5070645080016026,
    1.4345394104282397, -14.686689498949967, 4.502706285435741, 2.8472190352532454, -15.357804594594548,
  ],
};
const ofTerm = ["1", "muN", "sN", "TvN", "muN²", "sN²", "TvN²", "muN sN", "muN TvN", "sN TvN"];

const polynomial = (p: Population): Record<string, ParameterDeclaration> =>
  Object.fromEntries(
    thresholds[p].map((value, k) => [
      `P_${p}${k}`,
      {
        unit: "mV",
        default: value,
        range: [-1000, 1000],
        about: `effective threshold of ${p === "e" ? "excitatory" : "inhibitory"} neurons, coefficient of ${ofTerm[k]}`,
      },
    ]),
  );

const drive = (onto: string, from: string): ParameterDeclaration => ({
  unit: "kHz",
  default: 0,
  range: [0, 0.1],
  about: `external drive: rate of ${from} afferents of ${onto} neurons`,
});

export const zerlautParameters: Readonly<Record<string, ParameterDeclaration>> = {
  g_L: { unit: "nS", default: 10, range: [0.1, 100], about: "leak conductance" },
  E_L_e: { unit: "mV", default: -65, range: [-90, -60], about: "leak reversal potential, excitatory" },
  E_L_i: { unit: "mV", default: -65, range: [-90, -60], about: "leak reversal potential, inhibitory" },
  C_m: { unit: "pF", default: 200, range: [10, 500], about: "membrane capacitance" },
  b_e: { unit: "pA", default: 60, range: [0, 150], about: "adaptation per spike, excitatory" },
  a_e: { unit: "nS", default: 4, range: [0, 20], about: "adaptation conductance, excitatory" },
  b_i: { unit: "pA", default: 0, range: [0, 100], about: "adaptation per spike, inhibitory" },
  a_i: { unit: "nS", default: 0, range: [0, 20], about: "adaptation conductance, inhibitory" },
  tau_w_e: { unit: "ms", default: 500, range: [1, 1000], about: "time constant of adaptation, excitatory" },
  tau_w_i: { unit: "ms", default: 1, range: [1, 1000], about: "time constant of adaptation, inhibitory" },
  E_e: { unit: "mV", default: 0, range: [-20, 20], about: "reversal potential of excitatory synapses" },
  E_i: { unit: "mV", default: -80, range: [-100, -60], about: "reversal potential of inhibitory synapses" },
  Q_e: { unit: "nS", default: 1.5, range: [0, 5], about: "quantal conductance of excitatory synapses" },
  Q_i: { unit: "nS", default: 5, range: [0, 10], about: "quantal conductance of inhibitory synapses" },
  tau_e: { unit: "ms", default: 5, range: [1, 10], about: "decay time of excitatory synapses" },
  tau_i: { unit: "ms", default: 5, range: [0.5, 10], about: "decay time of inhibitory synapses" },
  N_tot: { unit: "1", default: 10000, range: [1000, 50000], about: "number of neurons" },
  p_connect_e: { unit: "1", default: 0.05, range: [0.001, 0.2], about: "probability of an excitatory connection" },
  p_connect_i: { unit: "1", default: 0.05, range: [0.001, 0.2], about: "probability of an inhibitory connection" },
  g: { unit: "1", default: 0.2, range: [0.01, 0.4], about: "share of inhibitory neurons" },
  K_ext_e: { unit: "1", default: 400, range: [0, 10000], about: "excitatory afferents from outside, per neuron" },
  K_ext_i: { unit: "1", default: 0, range: [0, 10000], about: "inhibitory afferents from outside, per neuron" },
  T: { unit: "ms", default: 20, range: [1, 20], about: "time scale of the population's activity" },
  ...polynomial("e"),
  ...polynomial("i"),
  external_input_ex_ex: drive("excitatory", "excitatory"),
  external_input_ex_in: drive("excitatory", "inhibitory"),
  external_input_in_ex: drive("inhibitory", "excitatory"),
  external_input_in_in: drive("inhibitory", "inhibitory"),
  tau_OU: { unit: "ms", default: 5, range: [0.1, 10], about: "correlation time of the noise" },
  weight_noise: { unit: "1", default: 10.5, range: [0, 50], about: "weight of the noise" },
  nu_0: {
    unit: "kHz",
    default: 1e-6,
    range: [0, 0.001],
    about: "spontaneous release: added to the rates of recurrent afferents",
  },
  muV0: { unit: "mV", default: -60, range: [-100, 0], about: "normalization: muN = (mean potential - muV0) / DmuV0" },
  DmuV0: { unit: "mV", default: 10, range: [1, 100], about: "normalization of the mean potential" },
  sV0: { unit: "mV", default: 4, range: [0, 50], about: "normalization: sN = (standard deviation - sV0) / DsV0" },
  DsV0: { unit: "mV", default: 6, range: [1, 100], about: "normalization of the standard deviation" },
  TvN0: { unit: "1", default: 0.5, range: [0, 10], about: "normalization: TvN = (T_V g_L / C_m - TvN0) / DTvN0" },
  DTvN0: { unit: "1", default: 1, range: [0.01, 10], about: "normalization of the correlation time" },
};

export const zerlautInput: Readonly<Record<string, InputDeclaration>> = {
  c_E: { unit: "kHz", about: "network input: rate of further excitatory afferents" },
};

export const zerlautLocal = {
  local_E: { unit: "kHz", of: "E", about: "excitatory rate of the neighbourhood" },
  local_I: { unit: "kHz", of: "I", about: "inhibitory rate of the neighbourhood" },
} as const;

/**
 * The transfer function F of one population at given recurrent rates: conductances G, mean mu_V, standard deviation
 * sigma_V and correlation time T_V of the membrane potential, effective threshold V_thre, and its distance `depth`. Names end in the population and `at`.
 * It uses the outside rates `outside_e_P` and `outside_i_P`.
 */
export function zerlautTransfer(p: Population, E = "E", I = "I", at = ""): Record<string, string> {
  const of = (name: string): string => `${name}_${p}${at}`;
  const synapse = (s: Population) =>
    `${of(`rate_${s}`)} * (Q_${s} * tau_${s} / ${of("G")} * (E_${s} - ${of("mu_V")}))^2`;
  const P = (k: number) => `P_${p}${k}`;
  const [V, S, N] = [of("muN"), of("sN"), of("TvN")];
  return {
    [of("rate_e")]: `(${E} + nu_0) * (1 - g) * p_connect_e * N_tot + outside_e_${p} * K_ext_e`,
    [of("rate_i")]: `(${I} + nu_0) * g * p_connect_i * N_tot + outside_i_${p} * K_ext_i`,
    [of("G_e")]: `Q_e * tau_e * ${of("rate_e")}`,
    [of("G_i")]: `Q_i * tau_i * ${of("rate_i")}`,
    [of("G")]: `g_L + ${of("G_e")} + ${of("G_i")}`,
    [of("T_m")]: `C_m / ${of("G")}`,
    [of("mu_V")]: `(${of("G_e")} * E_e + ${of("G_i")} * E_i + g_L * E_L_${p} - W_${p}) / ${of("G")}`,
    [of("power_e")]: synapse("e"),
    [of("power_i")]: synapse("i"),
    [of("spread")]: `${of("power_e")} / (tau_e + ${of("T_m")}) + ${of("power_i")} / (tau_i + ${of("T_m")})`,
    [of("sigma_V")]: `sqrt(${of("spread")} / 2)`,
    [of("T_V")]: `(${of("power_e")} + ${of("power_i")}) / ${of("spread")}`,
    [V]: `(${of("mu_V")} - muV0) / DmuV0`,
    [S]: `(${of("sigma_V")} - sV0) / DsV0`,
    [N]: `(${of("T_V")} * g_L / C_m - TvN0) / DTvN0`,
    [of("V_thre")]:
      `${P(0)} + ${P(1)} * ${V} + ${P(2)} * ${S} + ${P(3)} * ${N} + ${P(4)} * ${V}^2 + ${P(5)} * ${S}^2 + ` +
      `${P(6)} * ${N}^2 + ${P(7)} * ${V} * ${S} + ${P(8)} * ${V} * ${N} + ${P(9)} * ${S} * ${N}`,
    [of("depth")]: `(${of("V_thre")} - ${of("mu_V")}) / (sqrt(2) * ${of("sigma_V")})`,
    [of("F")]: `erfc(${of("depth")}) / (2 * ${of("T_V")})`,
  };
}

/** Equations of adaptation and of the noise of the input. */
export const zerlautSlowEquations: Readonly<Record<string, string>> = {
  W_e: "(a_e * (mu_V_e - E_L_e) - W_e) / tau_w_e + b_e * E",
  W_i: "(a_i * (mu_V_i - E_L_i) - W_i) / tau_w_i + b_i * I",
  ou_drift: "-ou_drift / tau_OU",
};
