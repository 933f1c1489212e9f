import { model } from "../ir/form.js";

/** Where they differ from the defaults. */
const alstott = { gCa: 1, aee: 0.36 };
// From far below, V runs away to minus infinity.
const nearRest = { V: -0.116839, W: 0.289753, Z: 0.087432 };

/** Conductance-based column with calcium, potassium and sodium channels: fixed point, limit cycle or chaos. */
export const larterBreakspear = model({
  id: "larter-breakspear",
  about:
    "Mean potential V of pyramidal cells after Morris and Lecar, open potassium channels W, and mean potential Z of " +
    "inhibitory cells. The spread d_V of the firing threshold chooses the regime of a lone column: rest, rhythm or " +
    "chaos. C shares the excitatory input between the column's own firing and the network's; use the hyperbolic tangent " +
    "coupling, which turns potentials into firing. All quantities are normalised; one unit of time is about 1 ms.",
  papers: [
    {
      cite: "Breakspear, Terry, Friston 2003",
      doi: "10.1088/0954-898X/14/4/305",
      gives: "equations, constants, and the regimes by d_V",
    },
    { cite: "Larter, Speelman, Worth 1999", doi: "10.1063/1.166453", gives: "the column without sodium channels" },
    { cite: "Alstott et al. 2009", doi: "10.1371/journal.pcbi.1000408", gives: "constants for a connectome" },
  ],
  time: "dimensionless",
  state: {
    V: { unit: "1", start: [-1.5, 1.5], about: "mean potential of pyramidal cells" },
    W: { unit: "1", start: [-1.5, 1.5], about: "share of open potassium channels" },
    Z: { unit: "1", start: [-1.5, 1.5], about: "mean potential of inhibitory cells" },
  },
  parameters: {
    gCa: { unit: "1", default: 1.1, range: [0.9, 1.5], about: "conductance of calcium channels" },
    gK: { unit: "1", default: 2, range: [1.95, 2.05], about: "conductance of potassium channels" },
    gL: { unit: "1", default: 0.5, range: [0.45, 0.55], about: "leak conductance" },
    phi: { unit: "1", default: 0.7, range: [0.3, 0.9], about: "temperature factor of potassium channels" },
    gNa: { unit: "1", default: 6.7, range: [0, 10], about: "conductance of sodium channels" },
    TK: { unit: "1", default: 0, range: [0, 0.0001], about: "threshold of potassium channels" },
    TCa: { unit: "1", default: -0.01, range: [-0.02, -0.01], about: "threshold of calcium channels" },
    TNa: { unit: "1", default: 0.3, range: [0.25, 0.3], about: "threshold of sodium channels" },
    VCa: { unit: "1", default: 1, range: [0.9, 1.1], about: "Nernst potential of calcium" },
    VK: { unit: "1", default: -0.7, range: [-0.8, 1], about: "Nernst potential of potassium" },
    VL: { unit: "1", default: -0.5, range: [-0.7, -0.4], about: "Nernst potential of the leak" },
    VNa: { unit: "1", default: 0.53, range: [0.51, 0.55], about: "Nernst potential of sodium" },
    d_K: { unit: "1", default: 0.3, range: [0.1, 0.4], about: "spread of the threshold of potassium channels" },
    tau_K: { unit: "1", default: 1, range: [1, 10], about: "time constant of potassium channels" },
    d_Na: { unit: "1", default: 0.15, range: [0.1, 0.2], about: "spread of the threshold of sodium channels" },
    d_Ca: { unit: "1", default: 0.15, range: [0.1, 0.2], about: "spread of the threshold of calcium channels" },
    aei: { unit: "1", default: 2, range: [0.1, 2], about: "synapses from excitatory to inhibitory cells" },
    aie: { unit: "1", default: 2, range: [0.5, 2], about: "synapses from inhibitory to excitatory cells" },
    b: { unit: "1", default: 0.1, range: [0.0001, 1], about: "rate of inhibitory cells" },
    C: { unit: "1", default: 0.1, range: [0, 1], about: "share of the network in the excitatory input" },
    ane: { unit: "1", default: 1, range: [0.4, 1], about: "synapses from outside to excitatory cells" },
    ani: { unit: "1", default: 0.4, range: [0.3, 0.5], about: "synapses from outside to inhibitory cells" },
    aee: { unit: "1", default: 0.4, range: [0, 0.6], about: "synapses from excitatory to excitatory cells" },
    Iext: { unit: "1", default: 0.3, range: [0.165, 0.3], about: "input from outside" },
    rNMDA: { unit: "1", default: 0.25, range: [0.2, 0.3], about: "NMDA over AMPA receptors" },
    VT: { unit: "1", default: 0, range: [0, 0.7], about: "firing threshold of excitatory cells" },
    d_V: { unit: "1", default: 0.65, range: [0.49, 0.7], about: "spread of the threshold of excitatory cells" },
    ZT: { unit: "1", default: 0, range: [0, 0.1], about: "firing threshold of inhibitory cells" },
    d_Z: { unit: "1", default: 0.7, range: [0.001, 0.75], about: "spread of the threshold of inhibitory cells" },
    QV_max: { unit: "1", default: 1, range: [0.1, 1], about: "maximum firing rate of excitatory cells" },
    QZ_max: { unit: "1", default: 1, range: [0.1, 1], about: "maximum firing rate of inhibitory cells" },
    t_scale: { unit: "1", default: 1, range: [0.1, 1], about: "speed of the whole system" },
  },
  sends: ["V"],
  inputs: { c_V: { unit: "1", about: "network input: firing of the others, weighted" } },
  local: {
    local_Q: {
      unit: "1",
      of: "0.5 * QV_max * (1 + tanh((V - VT) / d_V))",
      about: "firing of the neighbourhood, beside the column's own",
    },
  },
  definitions: {
    m_Ca: "0.5 * (1 + tanh((V - TCa) / d_Ca))",
    m_Na: "0.5 * (1 + tanh((V - TNa) / d_Na))",
    m_K: "0.5 * (1 + tanh((V - TK) / d_K))",
    QV: "0.5 * QV_max * (1 + tanh((V - VT) / d_V))",
    QZ: "0.5 * QZ_max * (1 + tanh((Z - ZT) / d_Z))",
    excitation: "aee * ((1 - C) * (QV + local_Q) + C * c_V)",
    calcium: "(gCa + rNMDA * excitation) * m_Ca * (V - VCa)",
    potassium: "gK * W * (V - VK)",
    sodium: "(gNa * m_Na + excitation) * (V - VNa)",
  },
  equations: {
    V: "t_scale * (-calcium - potassium - gL * (V - VL) - sodium - aie * Z * QZ + ane * Iext)",
    W: "t_scale * phi * (m_K - W) / tau_K",
    Z: "t_scale * b * (ani * Iext + aei * V * QV)",
  },
  observe: ["V"],
  tvb: { class: "LarterBreakspear" },
  claims: [
    // With the constants of Alstott et al. 2009, d_Z = d_V: rest, rhythm and chaos as the threshold spreads.
    { kind: "stable-fixed-points", with: { ...alstott, d_V: 0.55, d_Z: 0.55 }, count: 1 },
    { kind: "stable-fixed-points", with: { ...alstott, d_V: 0.6, d_Z: 0.6 }, count: 0 },
    {
      kind: "oscillates",
      with: { ...alstott, d_V: 0.6, d_Z: 0.6 },
      start: nearRest,
      hertz: [111.7, 112.1],
      observe: "V",
    },
    { kind: "chaotic", with: { ...alstott, d_V: 0.65, d_Z: 0.65 }, start: nearRest, exponent: [0.005, 0.015] },
    // TVB's defaults leave rest earlier, and pass into slow bursts of exponent 0.
    { kind: "stable-fixed-points", with: { d_V: 0.5 }, count: 1 },
    { kind: "stable-fixed-points", with: { d_V: 0.53 }, count: 0 },
  ],
});
