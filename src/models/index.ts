import { registry } from "../ir/form.js";
import { epileptor } from "./epileptor.js";
import { epileptor2d } from "./epileptor-2d.js";
import { generic2dOscillator } from "./generic-2d-oscillator.js";
import { jansenRit } from "./jansen-rit.js";
import { kuramoto } from "./kuramoto.js";
import { linear } from "./linear.js";
import { montbrioPazoRoxin } from "./montbrio-pazo-roxin.js";
import { reducedWongWang } from "./reduced-wong-wang.js";
import { reducedWongWangExcInh } from "./reduced-wong-wang-exc-inh.js";
import { supHopf } from "./sup-hopf.js";
import { wilsonCowan } from "./wilson-cowan.js";

/** Every model, by id. */
export const models = registry([
  montbrioPazoRoxin,
  jansenRit,
  generic2dOscillator,
  reducedWongWang,
  reducedWongWangExcInh,
  wilsonCowan,
  epileptor,
  epileptor2d,
  kuramoto,
  supHopf,
  linear,
]);
