import { registry } from "../../ir/form.js";
import { deco2014 } from "./deco-2014.js";
import { friston2003 } from "./friston-2003.js";
import { heinzle2016At3T } from "./heinzle-2016-3t.js";
import { heinzle2016At7T } from "./heinzle-2016-7t.js";
import { kringelbach2020 } from "./kringelbach-2020.js";
import { neurolib } from "./neurolib.js";
import { stephan2007 } from "./stephan-2007.js";
import { tvb } from "./tvb.js";

/** Every preset of haemodynamic parameters, by id. */
export const balloonPresets = registry([
  friston2003,
  stephan2007,
  heinzle2016At3T,
  heinzle2016At7T,
  deco2014,
  kringelbach2020,
  tvb,
  neurolib,
]);
