import { registry } from "../../ir/form.js";
import { doubleExponential } from "./double-exponential.js";
import { firstOrderVolterra } from "./first-order-volterra.js";
import { gamma } from "./gamma.js";
import { mixtureOfGammas } from "./mixture-of-gammas.js";

/** Every haemodynamic response function, by id. */
export const hrfs = registry([firstOrderVolterra, gamma, doubleExponential, mixtureOfGammas]);
