import type { Regional, Setup } from "../engine/setup.js";

/** What run.json says of noise and steps beyond D and dt. */
export interface IntegrationRecord {
  /** How noise that depends on the state is meant; undefined where nothing hangs on it. */
  readonly calculus?: "Itô" | "Stratonovich";
  readonly noise_factor?: Readonly<Record<string, string>>;
  readonly correlation_time_ms?: number;
  readonly scheme_parameters?: Readonly<Record<string, number>>;
  readonly tolerance?: { readonly absolute: number; readonly relative: number };
  /** Values at which state variables are held; null at regions where they are free. */
  readonly clamp?: Readonly<Record<string, number | readonly (number | null)[]>>;
}

/** Correlated noise is smooth: its limit for short correlation times is Stratonovich's sense; TVB adds it as white noise. */
export function calculusOf({ scheme, noise, noiseForm, compatTvb }: Setup): IntegrationRecord["calculus"] {
  if (!noise || !noiseForm?.b) return undefined;
  if (noiseForm.correlationMs !== undefined && !compatTvb) return "Stratonovich";
  return scheme.noise?.calculus === "stratonovich" ? "Stratonovich" : "Itô";
}

const held = (value: Regional): number | (number | null)[] =>
  typeof value === "number" ? value : Array.from(value, (x) => (Number.isNaN(x) ? null : x));

export function integrationRecord(setup: Setup): IntegrationRecord {
  const { noiseForm = {}, schemeParameters, tolerance, clamp } = setup;
  const calculus = calculusOf(setup);
  return {
    ...(calculus ? { calculus } : {}),
    ...(noiseForm.b ? { noise_factor: noiseForm.b } : {}),
    ...(noiseForm.correlationMs === undefined ? {} : { correlation_time_ms: noiseForm.correlationMs }),
    ...(schemeParameters ? { scheme_parameters: schemeParameters } : {}),
    ...(tolerance ? { tolerance } : {}),
    ...(clamp ? { clamp: Object.fromEntries(Object.entries(clamp).map(([name, value]) => [name, held(value)])) } : {}),
  };
}
