import { registry } from "../ir/form.js";
import { additive } from "./additive.js";
import { multiplicative } from "./multiplicative.js";

/** Every kind of noise, by id. */
export const noises = registry([additive, multiplicative]);
