import { registry } from "../ir/form.js";
import { adaptiveLinearNonlinear } from "./adaptive-linear-nonlinear.js";
import { balloonWindkessel } from "./balloon-windkessel.js";
import { coombesByrne } from "./coombes-byrne.js";
import { coombesByrne2d } from "./coombes-byrne-2d.js";
import { davidFriston } from "./david-friston.js";
import { decoBalancedExcInh } from "./deco-balanced-exc-inh.js";
import { dumontGutkin } from "./dumont-gutkin.js";
import { dynamicMeanFieldFic } from "./dynamic-mean-field-fic.js";
import { epileptor } from "./epileptor.js";
import { epileptor2d } from "./epileptor-2d.js";
import { epileptorCodim3 } from "./epileptor-codim3.js";
import { epileptorCodim3SlowMod } from "./epileptor-codim3-slow-mod.js";
import { epileptorRestingState } from "./epileptor-resting-state.js";
import { gastSchmidtKnoscheSd } from "./gast-schmidt-knosche-sd.js";
import { gastSchmidtKnoscheSf } from "./gast-schmidt-knosche-sf.js";
import { generic2dOscillator } from "./generic-2d-oscillator.js";
import { hindmarshRose } from "./hindmarsh-rose.js";
import { hopfield } from "./hopfield.js";
import { jansenRit } from "./jansen-rit.js";
import { kIonEx } from "./k-ion-ex.js";
import { kuramoto } from "./kuramoto.js";
import { larterBreakspear } from "./larter-breakspear.js";
import { liley } from "./liley.js";
import { linear } from "./linear.js";
import { montbrioPazoRoxin } from "./montbrio-pazo-roxin.js";
import { morrisLecar } from "./morris-lecar.js";
import { ornsteinUhlenbeck } from "./ornstein-uhlenbeck.js";
import { reducedSetFitzHughNagumo } from "./reduced-set-fitzhugh-nagumo.js";
import { reducedSetHindmarshRose } from "./reduced-set-hindmarsh-rose.js";
import { reducedWongWang } from "./reduced-wong-wang.js";
import { reducedWongWangExcInh } from "./reduced-wong-wang-exc-inh.js";
import { stuartLandau } from "./stuart-landau.js";
import { supHopf } from "./sup-hopf.js";
import { wendling } from "./wendling.js";
import { wilsonCowan } from "./wilson-cowan.js";
import { zetterbergJansen } from "./zetterberg-jansen.js";
import { zerlautAdaptationFirstOrder } from "./zerlaut-adaptation-first-order.js";
import { zerlautAdaptationSecondOrder } from "./zerlaut-adaptation-second-order.js";

/** Every model, by id. */
export const models = registry([
  montbrioPazoRoxin,
  coombesByrne,
  coombesByrne2d,
  gastSchmidtKnoscheSd,
  gastSchmidtKnoscheSf,
  dumontGutkin,
  zerlautAdaptationFirstOrder,
  zerlautAdaptationSecondOrder,
  adaptiveLinearNonlinear,
  jansenRit,
  zetterbergJansen,
  generic2dOscillator,
  larterBreakspear,
  reducedWongWang,
  reducedWongWangExcInh,
  decoBalancedExcInh,
  wilsonCowan,
  epileptor,
  epileptor2d,
  epileptorRestingState,
  epileptorCodim3,
  epileptorCodim3SlowMod,
  kIonEx,
  kuramoto,
  hopfield,
  reducedSetFitzHughNagumo,
  reducedSetHindmarshRose,
  supHopf,
  linear,
  stuartLandau,
  wendling,
  davidFriston,
  liley,
  morrisLecar,
  hindmarshRose,
  dynamicMeanFieldFic,
  balloonWindkessel,
  ornsteinUhlenbeck,
]);
