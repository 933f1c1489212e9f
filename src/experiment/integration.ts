import { suggest } from "../core/fault.js";
import type { Setup } from "../engine/setup.js";
import { schemes } from "../integrators/index.js";
import type { Scheme } from "../ir/declare.js";
import { estimatesError } from "../ir/expand-scheme.js";
import { faultAt, findItem, type Resolving } from "./context.js";
import { askedNoise, noisePath, notDiagonal, resolveIntensities, resolveNoiseForm, type NoiseAsked } from "./noise.js";
import { regionalValue } from "./parameters.js";
import type { Path } from "./parse.js";
import { bySlot, type SlotContext } from "./slot-values.js";
import type { Experiment } from "./types.js";

type Integrator = Experiment["integrator"];
type Integration = Pick<Setup, "scheme" | "noise" | "noiseForm" | "schemeParameters" | "tolerance" | "clamp">;

/**
 * What a scheme that estimates its error keeps it within when nothing is said: the relative tolerance of SciPy's schemes, and
 * so of TVB's. Their absolute one, 1e-12, would only cost steps where a variable passes through 0.
 */
const standardTolerance = { f64: { relative: 1e-6, absolute: 1e-9 }, f32: { relative: 1e-4, absolute: 1e-7 } };

/**
 * How time advances: scheme, noise, tolerance and held variables, and that they fit each other.
 * @throws Fault EXPERIMENT, MISMATCH, UNIT, DATA, RANGE, EQUATION
 */
export function resolveIntegration(
  integrator: Integrator,
  context: SlotContext & { readonly compatTvb: boolean; readonly precision: "f32" | "f64" },
): Integration {
  const { locate, compatTvb, deviations } = context;
  const asked = askedNoise(integrator?.noise, context);
  const scheme = chooseScheme(integrator, asked, compatTvb, context);
  const noise = resolveIntensities(integrator?.noise, asked, context);
  const noiseForm = resolveNoiseForm(integrator?.noise, asked, context);
  const crossed =
    scheme.noise?.diagonal && !noiseForm?.correlationMs ? notDiagonal(noiseForm, names(context)) : undefined;
  if (crossed)
    faultAt(
      locate,
      [...noisePath, "b"],
      "MISMATCH",
      `the scheme ${scheme.id} takes no noise of ${crossed[0]} that depends on ${crossed[1]}`,
      {
        why: "its order holds only where each variable's noise depends on that variable alone",
        next: "integrator.scheme: euler-maruyama",
      },
    );
  if (compatTvb && asked?.correlationMs !== undefined && asked.noise.compat !== undefined)
    deviations.push({ kind: "compat", where: "integrator.noise", about: asked.noise.compat });
  const clamp = resolveClamp(integrator, context);
  const schemeParameters = resolveSchemeParameters(scheme, integrator, context);
  const tolerance = resolveTolerance(scheme, integrator, asked, context);
  return {
    scheme,
    noise,
    ...(noiseForm && Object.keys(noiseForm).length > 0 ? { noiseForm } : {}),
    ...(schemeParameters ? { schemeParameters } : {}),
    ...(tolerance ? { tolerance } : {}),
    ...(clamp ? { clamp } : {}),
  };
}

const names = ({ model }: SlotContext): string[] => Object.keys(model.state);

function chooseScheme(
  integrator: Integrator,
  asked: NoiseAsked | undefined,
  compatTvb: boolean,
  { locate }: Resolving,
): Scheme {
  const { scheme: id = asked ? "heun-stochastic" : "heun" } = integrator ?? {};
  const at: Path = ["integrator", "scheme"];
  const scheme = findItem("scheme", schemes, id, locate, at);
  // Correlated noise is a drift that any scheme takes; TVB adds it as if it were white.
  const white = asked !== undefined && (asked.correlationMs === undefined || compatTvb);
  const listed = (fits: (s: Scheme) => boolean) =>
    Object.values(schemes)
      .filter(fits)
      .map((s) => s.id)
      .join(", ");
  if (white && !scheme.noise?.kinds.includes(asked.noise.kind))
    faultAt(locate, noisePath, "MISMATCH", `the scheme ${id} takes no ${asked.noise.kind} noise`, {
      next: `schemes that take it: ${listed((s) => s.noise?.kinds.includes(asked.noise.kind) ?? false)}`,
    });
  if (white && asked.correlationMs !== undefined && scheme.noise?.diagonal)
    faultAt(locate, noisePath, "MISMATCH", `the scheme ${id} takes no correlated noise under compat: tvb`, {
      why: "its correction is for white noise, and TVB has no such scheme",
      next: "integrator.scheme: heun-stochastic",
    });
  if (asked && !white && scheme.map)
    faultAt(locate, noisePath, "MISMATCH", `the scheme ${id} takes no correlated noise`, {
      why: "a map has no slope to which it could be added",
      next: "noise without correlation_time, or another scheme",
    });
  if (!asked && scheme.noise && !scheme.noise.optional)
    faultAt(locate, at, "MISMATCH", `the scheme ${id} needs noise, and none is given`, {
      next: `integrator.noise: {id: additive, D: …}, or schemes that need none: ${listed((s) => s.noise === undefined || s.noise.optional === true)}`,
    });
  return scheme;
}

/** Held values by state variable; NaN at regions where a map by region leaves the variable free. */
function resolveClamp(integrator: Integrator, context: SlotContext): Setup["clamp"] {
  if (!integrator?.clamp) return undefined;
  const at: Path = ["integrator", "clamp"];
  return bySlot(
    integrator.clamp,
    (name) => [...at, name],
    context,
    NaN,
    (value, { unit, atLeast = -Infinity, atMost = Infinity }, path) => {
      const held = regionalValue(value, unit, NaN, path, context);
      const outside = (typeof held === "number" ? [held] : [...held]).find((x) => x < atLeast || x > atMost);
      if (outside !== undefined)
        faultAt(context.locate, path, "RANGE", `${outside} lies outside the variable's bounds`, {
          next: `a value from ${atLeast} to ${atMost}`,
        });
      return held;
    },
  );
}

function resolveSchemeParameters(
  scheme: Scheme,
  integrator: Integrator,
  { locate }: Resolving,
): Setup["schemeParameters"] {
  const { theta } = integrator ?? {};
  if (theta === undefined) return undefined;
  const at: Path = ["integrator", "theta"];
  const declared =
    scheme.parameters && Object.hasOwn(scheme.parameters, "theta") ? scheme.parameters["theta"] : undefined;
  if (!declared)
    return faultAt(locate, at, "MISMATCH", `the scheme ${scheme.id} has no theta`, {
      next: "integrator.scheme: theta",
    });
  const [low, high] = declared.range;
  if (!(theta >= low && theta <= high)) faultAt(locate, at, "RANGE", `theta = ${theta} lies outside [${low}, ${high}]`);
  return { theta };
}

function resolveTolerance(
  scheme: Scheme,
  integrator: Integrator,
  asked: NoiseAsked | undefined,
  { locate, precision }: Resolving & { readonly precision: "f32" | "f64" },
): Setup["tolerance"] {
  const { rtol, atol, adaptive } = integrator ?? {};
  const key = rtol !== undefined ? "rtol" : atol !== undefined ? "atol" : adaptive === true ? "adaptive" : undefined;
  const refuse = (what: string, next: string) =>
    key && faultAt(locate, ["integrator", key], "MISMATCH", what, { next });
  const able = Object.values(schemes).filter((s) => estimatesError(s) && !s.noise);
  if (!estimatesError(scheme)) {
    refuse(
      `the scheme ${scheme.id} does not estimate its error`,
      suggest(
        "",
        able.map((s) => s.id),
      ),
    );
    return undefined;
  }
  if (asked) {
    refuse("with noise, steps are not adapted", "a smaller integrator.dt");
    return undefined;
  }
  if (adaptive === false) {
    if (key)
      faultAt(locate, ["integrator", key], "MISMATCH", "a tolerance is given for steps that are not adapted", {
        next: "integrator.adaptive: true, or no tolerance",
      });
    return undefined;
  }
  const relative = rtol ?? standardTolerance[precision].relative;
  const absolute = atol ?? standardTolerance[precision].absolute;
  const least = precision === "f32" ? 1e-6 : 1e-13;
  if (!(relative >= least))
    faultAt(
      locate,
      ["integrator", "rtol"],
      "RANGE",
      `rtol = ${relative} is below ${least}, which ${precision} cannot see`,
      {
        next: precision === "f32" ? "precision: f64, or a larger rtol" : "a larger rtol",
      },
    );
  if (!(absolute > 0)) faultAt(locate, ["integrator", "atol"], "RANGE", `atol = ${absolute} is not above 0`);
  return { absolute, relative };
}
