import { registry } from "../ir/form.js";
import { euler } from "./euler.js";
import { eulerMaruyama } from "./euler-maruyama.js";
import { heun } from "./heun.js";
import { heunStochastic } from "./heun-stochastic.js";
import { rk4 } from "./rk4.js";

/** Every integration scheme, by id. */
export const schemes = registry([euler, heun, rk4, eulerMaruyama, heunStochastic]);
