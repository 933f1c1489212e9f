import { registry } from "../ir/form.js";
import { afferentCoupling } from "./afferent-coupling.js";
import { afferentCouplingAverage } from "./afferent-coupling-average.js";
import { bold } from "./bold.js";
import { eeg } from "./eeg.js";
import { globalAverage } from "./global-average.js";
import { meg } from "./meg.js";
import { raw } from "./raw.js";
import { seeg } from "./seeg.js";
import { spatialAverage } from "./spatial-average.js";
import { subsample } from "./subsample.js";
import { temporalAverage } from "./temporal-average.js";

/** Every monitor, by id. */
export const monitors = registry([
  raw,
  subsample,
  temporalAverage,
  spatialAverage,
  globalAverage,
  afferentCoupling,
  afferentCouplingAverage,
  eeg,
  meg,
  seeg,
  bold,
]);
