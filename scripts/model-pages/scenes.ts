/** What the picture of a model shows, where the general case shows little. */
export interface Scene {
  /** ms of simulation that are drawn, and before that, not drawn. */
  readonly duration?: number;
  readonly transient?: number;
  readonly dt?: number;
  readonly parameters?: Readonly<Record<string, number>>;
  /** D by state variable. */
  readonly noise?: Readonly<Record<string, number>>;
  readonly observe?: readonly string[];
  readonly initial?: Readonly<Record<string, number>>;
  readonly stimulus?: { readonly variable?: string; readonly parameter?: string; readonly time: string };
  readonly scheme?: string;
  /** The signals' names, where expressions are long. */
  readonly labels?: readonly string[];
  /** What the phase plane shows of both variables. */
  readonly plane?: readonly [readonly [number, number], readonly [number, number]];
  /** A caption. */
  readonly words?: string;
}

export const scenes: Readonly<Record<string, Scene>> = {
  "adaptive-linear-nonlinear": {
    duration: 3000,
    transient: 2000,
    dt: 0.1,
    parameters: { mue_ext_mean: 2.5, mui_ext_mean: 2, b: 40 },
    observe: ["rd_exc", "rd_inh"],
    words: "Active and silent states in turn, as adaptation (b = 40 pA) builds up and decays.",
  },
  "montbrio-pazo-roxin": {
    duration: 60,
    dt: 0.01,
    initial: { r: 0.05, V: -2 },
    stimulus: { parameter: "I", time: "select(t > 15, select(t < 35, 3, 0), 0)" },
    words: "A current of 3 from 15 to 35 ms switches the population to its other stable state; it rings on the way.",
  },
  "coombes-byrne": { duration: 60, transient: 100, dt: 0.005 },
  "coombes-byrne-2d": {
    duration: 12,
    dt: 0.01,
    initial: { r: 0.05, V: -2 },
    plane: [
      [0, 0.6],
      [-2, 0.6],
    ],
  },
  "gast-schmidt-knosche-sd": { duration: 80, dt: 0.005 },
  "gast-schmidt-knosche-sf": { duration: 200, dt: 0.005 },
  "dumont-gutkin": { duration: 30, dt: 0.01, observe: ["r_e", "V_e", "r_i", "V_i"] },
  "zerlaut-adaptation-first-order": {
    duration: 1500,
    dt: 0.1,
    observe: ["E", "I", "W_e"],
    parameters: { external_input_ex_ex: 0.004, external_input_in_ex: 0.004 },
    initial: { E: 0.002, I: 0.0137, W_e: 97.9, W_i: 0, ou_drift: 0 },
    stimulus: { parameter: "external_input_ex_ex", time: "select(t > 500, select(t < 1000, 0.002, 0), 0)" },
    words:
      "Asynchronous irregular activity at an external drive of 4 Hz; from 0.5 to 1 s excitatory cells get 6 Hz, and adapt.",
  },
  "zerlaut-adaptation-second-order": {
    duration: 1500,
    dt: 0.1,
    observe: ["E", "I", "W_e"],
    parameters: { external_input_ex_ex: 0.004, external_input_in_ex: 0.004 },
    initial: { E: 0.002, I: 0.0137, W_e: 97.9, W_i: 0, ou_drift: 0, C_ee: 0, C_ei: 0, C_ii: 0 },
    stimulus: { parameter: "external_input_ex_ex", time: "select(t > 500, select(t < 1000, 0.0004, 0), 0)" },
    words:
      "Asynchronous irregular activity at an external drive of 4 Hz; from 0.5 to 1 s excitatory cells get 4.4 Hz, and adapt.",
  },
  "jansen-rit": {
    duration: 1500,
    transient: 1000,
    parameters: { v0: 6 },
    observe: ["y1 - y2", "y0"],
    words: "Alpha with the paper's v0 of 6 mV.",
  },
  "zetterberg-jansen": { duration: 400, observe: ["v6", "v2", "v3"] },
  "generic-2d-oscillator": {
    duration: 500,
    transient: 1000,
    parameters: { a: 2 },
    observe: ["V", "W"],
    plane: [
      [-2, 4.5],
      [-6, 6],
    ],
    words: "With a = 2, where no state is stable: a cycle.",
  },
  "larter-breakspear": { duration: 600, transient: 200, observe: ["V", "W", "Z"] },
  "reduced-wong-wang": {
    duration: 10000,
    transient: 1000,
    dt: 1,
    noise: { S: 1e-5 },
    words: "With white noise of D = 1e-5 per ms.",
  },
  "reduced-wong-wang-exc-inh": {
    duration: 5000,
    transient: 1000,
    dt: 0.5,
    noise: { S_e: 1e-5 },
    plane: [
      [0, 1],
      [0, 0.3],
    ],
    words: "With white noise of D = 1e-5 per ms on S_e.",
  },
  "deco-balanced-exc-inh": {
    duration: 5000,
    transient: 1000,
    dt: 0.5,
    noise: { S_e: 1e-5 },
    plane: [
      [0, 1],
      [0, 0.3],
    ],
    words: "With white noise of D = 1e-5 per ms on S_e.",
  },
  "wilson-cowan": {
    duration: 250,
    initial: { E: 0, I: 0 },
    observe: ["E", "I"],
    stimulus: { parameter: "P", time: "select(t > 50, select(t < 100, 1, 0), 0)" },
    words: "A pulse of excitatory input from 50 to 100 ms switches the population to its other stable state.",
  },
  epileptor: { duration: 6000, transient: 1000, dt: 0.05, words: "Seizures of an epileptogenic region, x0 = -1.6." },
  "epileptor-2d": { duration: 3000 },
  "epileptor-resting-state": { duration: 4000, transient: 500, dt: 0.05 },
  "epileptor-codim3": { duration: 4000, dt: 0.05 },
  "epileptor-codim3-slow-mod": { duration: 8000, dt: 0.05 },
  "k-ion-ex": {
    duration: 3000,
    transient: 2000,
    dt: 0.05,
    parameters: { K_bath: 15 },
    observe: ["V", "n", "DKi", "Kg"],
    words: "Bursts with 15 mM of potassium in the bath.",
  },
  kuramoto: { duration: 100, observe: ["sin(theta)"] },
  hopfield: {
    duration: 20,
    dt: 0.01,
    plane: [
      [-1, 2],
      [-0.2, 1],
    ],
    words: "Without input a region relaxes to 0; what the model does is done by the network.",
  },
  "reduced-set-fitzhugh-nagumo": { duration: 300, transient: 300, dt: 0.005 },
  "reduced-set-hindmarsh-rose": { duration: 120, transient: 300, dt: 0.005 },
  "sup-hopf": {
    duration: 60,
    dt: 0.01,
    parameters: { a: 0.5 },
    initial: { x: 0.05, y: 0 },
    observe: ["x", "y"],
    plane: [
      [-1.6, 1.6],
      [-1.6, 1.6],
    ],
    words: "Above the bifurcation, a = 0.5.",
  },
  linear: { duration: 100, dt: 0.1, noise: { x: 0.01 }, words: "With white noise of D = 0.01 per ms." },
  "stuart-landau": {
    duration: 240000,
    transient: 100000,
    dt: 10,
    noise: { x: 2e-6, y: 2e-6 },
    plane: [
      [-0.5, 0.5],
      [-0.5, 0.5],
    ],
    words: "Below the bifurcation (a = -0.02) with white noise of D = 2e-6 per ms on both variables.",
  },
  wendling: {
    duration: 4000,
    transient: 1000,
    parameters: { B: 25 },
    noise: { y6: 5e-5 },
    words: "Activity of type 3, sustained spikes (B = 25 mV), with white noise on y6.",
  },
  "david-friston": {
    duration: 1000,
    transient: 3000,
    observe: ["x1s - x2s"],
    words: "The slow subpopulation alone (w = 1): alpha.",
  },
  liley: {
    duration: 2000,
    transient: 2000,
    noise: { J_ee: 5e-3 },
    words: "Rest with white noise in the excitatory input: alpha.",
  },
  "morris-lecar": { duration: 600, observe: ["V", "N"] },
  "hindmarsh-rose": { duration: 2500, transient: 1000, dt: 0.05, words: "Bursts at I = 2." },
  "dynamic-mean-field-fic": {
    duration: 20000,
    dt: 0.5,
    parameters: { I_o: 0.4 },
    initial: { S_e: 0.165, S_i: 0.039, J_p: 0 },
    noise: { S_e: 2e-6 },
    words:
      "From a balance under less external current: at 0.4 nA S_e rises, and the learned inhibition J_p brings it back.",
  },
  "balloon-windkessel": {
    duration: 40000,
    dt: 5,
    initial: { s: 0, f: 1, v: 1, q: 1 },
    labels: ["BOLD signal", "f", "v", "q"],
    stimulus: { parameter: "z", time: "select(t > 2000, select(t < 4000, 1, 0), 0)" },
    words: "Two seconds of activity: the rise, the peak after five seconds, and the undershoot.",
  },
  "ornstein-uhlenbeck": {
    duration: 1000,
    noise: { x: 0.05 },
    words: "With white noise of D = 0.05 per ms: variance 1.",
  },
};
