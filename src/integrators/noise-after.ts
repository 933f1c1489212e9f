/**
 * The steps of a scheme for ordinary equations with the noise of the step added at its end, as TVB does with SciPy's
 * schemes: the drift keeps its order, the noise has that of Euler and Maruyama.
 */
export const noiseAfter = (steps: readonly string[]): string[] =>
  steps
    .filter((step) => !step.startsWith("error = "))
    .map((step) => (step.startsWith("x = ") ? `${step} + g(x, t) * dW` : step));
