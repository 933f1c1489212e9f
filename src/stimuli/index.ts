import { registry } from "../ir/form.js";
import { alpha } from "./alpha.js";
import { constant } from "./constant.js";
import { cosine } from "./cosine.js";
import { dbs } from "./dbs.js";
import { doubleGaussian } from "./double-gaussian.js";
import { gaussian } from "./gaussian.js";
import { generalisedSigmoid } from "./generalised-sigmoid.js";
import { linear } from "./linear.js";
import { pulseTrain } from "./pulse-train.js";
import { sigmoid } from "./sigmoid.js";
import { sinusoid } from "./sinusoid.js";
import { tacs } from "./tacs.js";
import { tdcs } from "./tdcs.js";
import { thetaBurst } from "./theta-burst.js";
import { tms } from "./tms.js";

/** Every stimulus shape, by id. */
export const stimuli = registry([
  constant,
  linear,
  gaussian,
  doubleGaussian,
  sigmoid,
  generalisedSigmoid,
  sinusoid,
  cosine,
  alpha,
  pulseTrain,
  tdcs,
  tacs,
  tms,
  thetaBurst,
  dbs,
]);
