/** The experiment that `laennec demo` runs, and that `laennec demo --print` gives as a first one to change. */
export const demoExperiment = `# Alpha rhythm of a resting brain: a Jansen-Rit column in each region of the embedded connectome.
connectome: default
model:
  id: jansen-rit
  parameters:
    mu: 0.22 1/ms           # input from outside the network
coupling: {id: sigmoidal-jansen-rit, parameters: {a: 40}}
integrator:
  scheme: heun-stochastic
  dt: 0.5 ms
  noise: {id: additive, D: {y4: 1e-4}}
conduction_speed: 4 mm/ms
duration: 20 s
transient: 2 s
seed: 7
monitors:
  - {id: temporal-average, period: 4 ms, variables: [y1 - y2]}
  - {id: global-average, period: 4 ms, variables: [y1 - y2]}
precision: f64
`;
