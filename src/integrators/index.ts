import { registry } from "../ir/form.js";
import { dop853 } from "./dop853.js";
import { dop853Stochastic } from "./dop853-stochastic.js";
import { dopri5 } from "./dopri5.js";
import { dopri5Stochastic } from "./dopri5-stochastic.js";
import { euler } from "./euler.js";
import { eulerMaruyama } from "./euler-maruyama.js";
import { exponentialEuler } from "./exponential-euler.js";
import { heun } from "./heun.js";
import { heunStochastic } from "./heun-stochastic.js";
import { heunStratonovich } from "./heun-stratonovich.js";
import { identity } from "./identity.js";
import { identityStochastic } from "./identity-stochastic.js";
import { milstein } from "./milstein.js";
import { platen } from "./platen.js";
import { rk4 } from "./rk4.js";
import { rk4Stochastic } from "./rk4-stochastic.js";
import { ros2 } from "./ros2.js";
import { rushLarsen } from "./rush-larsen.js";
import { theta } from "./theta.js";

/** Every integration scheme, by id. */
export const schemes = registry([
  euler,
  heun,
  rk4,
  dopri5,
  dop853,
  ros2,
  exponentialEuler,
  rushLarsen,
  theta,
  identity,
  eulerMaruyama,
  heunStochastic,
  heunStratonovich,
  milstein,
  platen,
  rk4Stochastic,
  dopri5Stochastic,
  dop853Stochastic,
  identityStochastic,
]);
