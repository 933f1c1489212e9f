"""
Right-hand sides of TVB at random states: writes tvb-rhs/ID.json for each id on the command line (all without one).

    pip install tvb-library==2.10.0 ; python tvb_rhs.py [ID ...]

States, inputs and parameters are not stored but drawn again by the reader: per model a stream mulberry32(fnv1a(id)),
per sample first the state variables, then the inputs, then, from sample `default_samples` on, the parameters, then, from
sample `local_from` on and where the model has local coupling, its strength, each uniform in its range, in the order of
the file. Of n "choices" a parameter takes number floor(n * draw). Local coupling reaches TVB as it does in its
simulator: as a sparse matrix, here diagonal. Models with modes have states NAME_0, NAME_1, … and as many inputs
for each coupling variable.

Stored are TVB's derivatives as base64 of little-endian f64, [stored variable][sample]. To keep files small, models of
more than 12 variables store at sample k only those variables whose number v has (v + k) % stride == 0; the row of the
others is left out: per sample, in the order of the variables.
"""
import base64
import hashlib
import importlib.metadata
import json
import os
import sys

import numpy as np
from scipy.sparse import diags
from tvb.simulator import models

from generator import fnv1a, lines, mulberry32, uniform

SAMPLES, DEFAULTS, LOCAL_FROM = 1000, 300, 500

IDS = {
    "montbrio-pazo-roxin": models.MontbrioPazoRoxin,
    "jansen-rit": models.JansenRit,
    "zetterberg-jansen": models.ZetterbergJansen,
    "generic-2d-oscillator": models.Generic2dOscillator,
    "reduced-wong-wang": models.ReducedWongWang,
    "reduced-wong-wang-exc-inh": models.ReducedWongWangExcInh,
    "deco-balanced-exc-inh": models.DecoBalancedExcInh,
    "wilson-cowan": models.WilsonCowan,
    "epileptor": models.Epileptor,
    "epileptor-2d": models.Epileptor2D,
    "epileptor-resting-state": models.EpileptorRestingState,
    "epileptor-codim3": models.EpileptorCodim3,
    "epileptor-codim3-slow-mod": models.EpileptorCodim3SlowMod,
    "hopfield": models.Hopfield,
    "larter-breakspear": models.LarterBreakspear,
    "kuramoto": models.Kuramoto,
    "sup-hopf": models.SupHopf,
    "linear": models.Linear,
    "coombes-byrne": models.CoombesByrne,
    "coombes-byrne-2d": models.CoombesByrne2D,
    "gast-schmidt-knosche-sd": models.GastSchmidtKnosche_SD,
    "gast-schmidt-knosche-sf": models.GastSchmidtKnosche_SF,
    "dumont-gutkin": models.DumontGutkin,
    "reduced-set-fitzhugh-nagumo": models.ReducedSetFitzHughNagumo,
    "reduced-set-hindmarsh-rose": models.ReducedSetHindmarshRose,
    "zerlaut-adaptation-first-order": models.ZerlautAdaptationFirstOrder,
    "zerlaut-adaptation-second-order": models.ZerlautAdaptationSecondOrder,
    "k-ion-ex": models.KIonEx,
}

ZERLAUT = {
    "choices": {"N_tot": [1000, 10000, 20000], "K_ext_e": [0, 400, 1000], "K_ext_i": [0, 100]},
    "ranges": {"Q_e": [0.5, 5.0], "Q_i": [0.5, 10.0]}, "inputs": [[-0.01, 0.03]], "local": [0.0, 0.05],
}

# Per id, where the general rules do not fit (all optional):
#   unused   parameters that TVB declares and does not use in its equations, or that are arrays (left at TVB's default)
#   states   ranges to draw from instead of TVB's, e.g. to enter a branch, or to stay where a sigmoid is not saturated
#   ranges   ranges of parameters instead of TVB's domain, which may begin at a singular 0
#   choices  values of whole-number parameters instead of 0 and 1
#   inputs   ranges of the inputs, one for each coupling variable and mode, instead of -1 .. 1
#   used     numbers of TVB's coupling inputs that the equations use, where these are not the first ones
#   local    range of the strength of local coupling instead of -1 .. 1
#   each     evaluate samples one by one, for models that want parameters of one element
SETTINGS = {
    "montbrio-pazo-roxin": {"unused": ["Gamma"], "ranges": {"tau": [0.5, 15.0]}},
    "jansen-rit": {
        "unused": ["p_min", "p_max"],
        "states": {"y0": [-0.2, 0.2], "y1": [-10.0, 30.0], "y2": [-10.0, 20.0], "y3": [-0.6, 0.6], "y4": [-2.0, 2.0],
                   "y5": [-5.0, 5.0]},
        "inputs": [[-0.2, 0.2]] * 2, "local": [-0.02, 0.02],
    },
    "zetterberg-jansen": {
        "states": {**{f"v{k}": [-5.0, 15.0] for k in range(1, 8)}, **{f"y{k}": [-2.0, 2.0] for k in range(1, 6)}},
        "inputs": [[-5.0, 10.0]],
    },
    "reduced-wong-wang": {"unused": ["sigma_noise"], "ranges": {"d": [10.0, 200.0]}, "inputs": [[0.0, 1.0]]},
    "reduced-wong-wang-exc-inh": {"ranges": {"d_e": [0.01, 0.2], "d_i": [0.01, 0.2]}, "inputs": [[0.0, 1.0]]},
    "deco-balanced-exc-inh": {"ranges": {"d_e": [0.01, 0.2], "d_i": [0.01, 0.2]}, "inputs": [[0.0, 1.0]]},
    "wilson-cowan": {"ranges": {"tau_e": [1.0, 150.0], "tau_i": [1.0, 150.0]}},
    "epileptor": {"unused": ["s"], "states": {"z": [-2.0, 5.0]}},
    "epileptor-2d": {"states": {"z": [-2.0, 5.0]}},
    "hopfield": {"inputs": [[-1.0, 1.0]] * 2},
    "gast-schmidt-knosche-sd": {"ranges": {"tau": [0.5, 15.0], "tau_A": [0.5, 15.0]}},
    "gast-schmidt-knosche-sf": {"ranges": {"tau": [0.5, 15.0], "tau_A": [0.5, 15.0], "alpha": [0.0, 10.0]}},
    "coombes-byrne": {"ranges": {"eta": [-10.0, 20.0]}},
    "dumont-gutkin": {"ranges": {"tau_e": [0.5, 15.0], "tau_i": [0.5, 15.0], "tau_s": [0.5, 15.0]}},
    "epileptor-resting-state": {"unused": ["s", "p"], "states": {"x1": [-2.0, 1.0], "z": [-2.0, 5.0], "x2": [-1.5, 1.0]}},
    "epileptor-codim3": {
        "each": True, "choices": {"N": [1, 2, 3]}, "ranges": {"Ks": [-2.0, 2.0]},
        "states": {"x": [-2.0, 2.0], "y": [-2.0, 2.0], "z": [-1.0, 2.0]},
    },
    "epileptor-codim3-slow-mod": {
        "each": True, "choices": {"N": [1, 2, 3]}, "ranges": {"Ks": [-2.0, 2.0]},
        "states": {"x": [-2.0, 2.0], "y": [-2.0, 2.0], "z": [-1.0, 2.0], "uA": [0.0, 1.5], "uB": [0.0, 1.5]},
    },
    "reduced-set-fitzhugh-nagumo": {"each": True, "ranges": {"sigma": [0.05, 1.0]}},
    "reduced-set-hindmarsh-rose": {"each": True, "ranges": {"sigma": [0.05, 1.0]}},
    # Rates whose weighted sums stay above 0: TVB takes the root of them.
    "zerlaut-adaptation-first-order": {
        "unused": ["P_e", "P_i", "S_i"], **ZERLAUT,
        "states": {"E": [0.02, 0.22], "I": [0.02, 0.22], "W_i": [0.0, 100.0], "ou_drift": [-0.002, 0.002]},
    },
    "zerlaut-adaptation-second-order": {
        "unused": ["P_e", "P_i"], **ZERLAUT,
        "states": {"E": [0.02, 0.22], "I": [0.02, 0.22], "W_i": [0.0, 100.0], "ou_drift": [-0.002, 0.002]},
    },
    "k-ion-ex": {"states": {"DKi": [-10.0, -7.0], "Kg": [-18.0, -8.0]}, "inputs": [[0.0, 2.0]]},
}


def parameter_ranges(cls, settings):
    """Name -> {default, range} or {default, choices}: TVB's domain, else half to one and a half of the default."""
    out = {}
    model = cls()
    for name in cls.declarative_attrs:
        attr = getattr(cls, name)
        value = getattr(model, name)
        if name in settings.get("unused", []) or not isinstance(value, np.ndarray) or value.dtype.kind not in "bif":
            continue
        assert value.size == 1, f"{cls.__name__}.{name} is an array: list it as unused"
        default = float(value[0])
        if np.dtype(attr.dtype).kind != "f":
            out[name] = {"default": int(default), "choices": settings.get("choices", {}).get(name, [0, 1])}
            continue
        domain = (attr.domain.lo, attr.domain.hi) if attr.domain else sorted([0.5 * default, 1.5 * default])
        low, high = settings.get("ranges", {}).get(name, domain)
        out[name] = {"default": default, "range": [float(low), float(high)]}
    return out


def evaluate(cls, parameters, x, c, local, each):
    """
    TVB's dfun at x [variable, sample, mode], c [input, sample, mode], local [sample]; and the same by its plain version where
    there are two. Flags are one for all regions there, so samples with the same flags go together.
    """
    flags = [name for name, values in parameters.items() if values.dtype != float]
    groups = {}
    for k in range(x.shape[1]):
        groups.setdefault(k if each else tuple(parameters[name][k] for name in flags), []).append(k)
    out = np.empty((2, *x.shape))
    for rows in groups.values():
        model = cls()
        compiled = hasattr(model, "_numpy_dfun")
        kernel = diags(local[rows]).tocsr() if local[rows].any() else 0.0

        def set_parameters(flat):
            for name, values in parameters.items():
                part = values[rows][:1] if name in flags or each else values[rows]
                kind = getattr(cls, name).dtype
                setattr(model, name, np.array(part, dtype=kind) if flat else np.array(part, dtype=kind).reshape(-1, 1))

        set_parameters(compiled or each)
        model.configure()
        out[0][:, rows] = model.dfun(x[:, rows], c[:, rows], kernel)
        if compiled and not each:
            set_parameters(False)
        out[1][:, rows] = (model._numpy_dfun if compiled else model.dfun)(x[:, rows], c[:, rows], kernel)
    return out


def golden(id, cls):
    settings = SETTINGS.get(id, {})
    model = cls()
    model.configure()
    modes = model.number_of_modes
    parameters = parameter_ranges(cls, settings)
    states = {}
    for variable in model.state_variables:
        low, high = settings.get("states", {}).get(variable, [float(v) for v in model.state_variable_range[variable]])
        middle, half = (low + high) / 2, 0.6 * (high - low)
        for mode in range(modes):
            states[variable if modes == 1 else f"{variable}_{mode}"] = [middle - half, middle + half]
    inputs = settings.get("inputs", [[-1.0, 1.0]] * (len(model.cvar) * modes))

    def draw(with_local):
        stream = mulberry32(fnv1a(id))
        x, c, local = np.empty((len(states), SAMPLES)), np.empty((len(inputs), SAMPLES)), np.zeros(SAMPLES)
        p = {k: np.full(SAMPLES, v["default"], int if "choices" in v else float) for k, v in parameters.items()}
        for k in range(SAMPLES):
            x[:, k] = [uniform(stream, *r) for r in states.values()]
            c[:, k] = [uniform(stream, *r) for r in inputs]
            if k >= DEFAULTS:
                for key, v in parameters.items():
                    p[key][k] = v["choices"][int(len(v["choices"]) * next(stream))] if "choices" in v else uniform(stream, *v["range"])
            if with_local and k >= LOCAL_FROM:
                local[k] = uniform(stream, *with_local)
        by_mode = lambda values: values.reshape(-1, modes, SAMPLES).transpose(0, 2, 1)
        with np.errstate(over="ignore", invalid="ignore"):
            out = evaluate(cls, p, by_mode(x), by_mode(c), local, settings.get("each", False))
        return out.transpose(0, 1, 3, 2).reshape(2, len(states), SAMPLES)

    local = settings.get("local", [-1.0, 1.0])
    out, plain = draw(local)
    if np.array_equal(out, draw([0.0, 1e-300])[0]):  # the same draws, without effect: no local coupling in the equations
        local = None
        out, plain = draw(None)
    assert np.isfinite(out).all(), id
    scale = np.abs(out).max(axis=1)
    differ = float(np.max(np.abs(out - plain).max(axis=1) / scale))
    print(f"{id:32s} {cls.__name__:28s} local {local}  numba against numpy {differ:.1e}  scale {scale}")
    stride = -(-len(states) // 12)
    stored = [out[v, k] for k in range(SAMPLES) for v in range(len(states)) if (v + k) % stride == 0]
    data = (out if stride == 1 else np.array(stored)).astype("<f8").tobytes()
    return {
        "source": f"tvb-library {importlib.metadata.version('tvb-library')}",
        "script": "test/golden/tvb_rhs.py",
        "class": cls.__name__,
        "samples": SAMPLES,
        "default_samples": DEFAULTS,
        "local_from": LOCAL_FROM,
        "stride": stride,
        "states": states,
        "inputs": inputs,
        "used_inputs": settings.get("used", list(range(len(inputs)))),
        "parameters": parameters,
        "local": local,
        "numba_against_numpy": float(f"{differ:.1e}"),
        "derivatives": base64.b64encode(data).decode(),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


if __name__ == "__main__":
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tvb-rhs")
    for id in sys.argv[1:] or IDS:
        with open(os.path.join(folder, f"{id}.json"), "w") as file:
            file.write(lines(golden(id, IDS[id])))
