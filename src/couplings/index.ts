import { registry } from "../ir/form.js";
import { difference } from "./difference.js";
import { hyperbolicTangent } from "./hyperbolic-tangent.js";
import { kuramoto } from "./kuramoto.js";
import { linear } from "./linear.js";
import { preSigmoidal } from "./pre-sigmoidal.js";
import { preSigmoidalDynamic } from "./pre-sigmoidal-dynamic.js";
import { scaling } from "./scaling.js";
import { sigmoidal } from "./sigmoidal.js";
import { sigmoidalJansenRit } from "./sigmoidal-jansen-rit.js";

/** Every coupling, by id. */
export const couplings = registry([
  linear,
  scaling,
  hyperbolicTangent,
  sigmoidal,
  sigmoidalJansenRit,
  preSigmoidal,
  preSigmoidalDynamic,
  difference,
  kuramoto,
]);
