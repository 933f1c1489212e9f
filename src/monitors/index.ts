import { registry } from "../ir/form.js";
import { globalAverage } from "./global-average.js";
import { raw } from "./raw.js";
import { spatialAverage } from "./spatial-average.js";
import { subsample } from "./subsample.js";
import { temporalAverage } from "./temporal-average.js";

/** Every monitor, by id. */
export const monitors = registry([raw, subsample, temporalAverage, spatialAverage, globalAverage]);
