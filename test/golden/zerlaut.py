"""
The master equation of adaptive exponential integrate-and-fire neurons to second order with exact derivatives of the
transfer function, typed here from the papers apart from our declarations: writes zerlaut.json beside this script.

    pip install mpmath==1.4.1 ; python zerlaut.py

Zerlaut et al. 2018, di Volo et al. 2019 (transfer function, adaptation), El Boustani & Destexhe 2009 (second order). TVB
takes differences over 1e-7 kHz instead and mixes kHz with Hz in them, so it cannot be the truth here. Derivatives are
mpmath's at 50 digits. States are uniform draws of the stream mulberry32(fnv1a("zerlaut exact")), in the order of
"states"; parameters are TVB's defaults with the given ones changed. Also fixed points: states at rest.
"""
import json
import os

import mpmath
from mpmath import mp, mpf

from generator import fnv1a, mulberry32, uniform

mp.dps = 50

# TVB 2.10.0's defaults; coefficients of the threshold in mV.
P = {
    "e": [-49.83106, 5.063550882777035, -23.470121807314552, 2.2951513725067503, -0.4105302652029825,
          10.547051343547399, -36.59252821136933, 7.437487505797858, 1.265064721846073, -40.72161294490446],
    "i": [-51.49122024209484, 4.003689190271077, -8.352013668528155, 0.2414237992765705, -0.5070645080016026,
          1.4345394104282397, -14.686689498949967, 4.502706285435741, 2.8472190352532454, -15.357804594594548],
}
DEFAULTS = dict(
    g_L=10, E_L_e=-65, E_L_i=-65, C_m=200, b_e=60, a_e=4, b_i=0, a_i=0, tau_w_e=500, tau_w_i=1, E_e=0, E_i=-80, Q_e=1.5,
    Q_i=5, tau_e=5, tau_i=5, N_tot=10000, p_connect_e=0.05, p_connect_i=0.05, g=0.2, K_ext_e=400, K_ext_i=0, T=20,
    external_input_ex_ex=0, external_input_in_ex=0,
)
STATES = {
    "E": [0.001, 0.08], "I": [0.001, 0.08], "C_ee": [0.0, 1e-4], "C_ei": [-1e-4, 1e-4], "C_ii": [0.0, 1e-4],
    "W_e": [0.0, 200.0], "W_i": [0.0, 50.0], "ou_drift": [0.0, 0.001],
}
SAMPLES = 60


def transfer(population, p, nu_e, nu_i, outside, w):
    """Mean potential and rate in kHz."""
    f_e = (nu_e + mpf("1e-6")) * (1 - p["g"]) * p["p_connect_e"] * p["N_tot"] + outside * p["K_ext_e"]
    f_i = (nu_i + mpf("1e-6")) * p["g"] * p["p_connect_i"] * p["N_tot"]
    c_e, c_i = p["Q_e"] * p["tau_e"] * f_e, p["Q_i"] * p["tau_i"] * f_i
    total = p["g_L"] + c_e + c_i
    tau_m = p["C_m"] / total
    mu = (c_e * p["E_e"] + c_i * p["E_i"] + p["g_L"] * p[f"E_L_{population}"] - w) / total
    a = f_e * (p["Q_e"] / total * (p["E_e"] - mu) * p["tau_e"]) ** 2
    b = f_i * (p["Q_i"] / total * (p["E_i"] - mu) * p["tau_i"]) ** 2
    variance = a / (2 * (p["tau_e"] + tau_m)) + b / (2 * (p["tau_i"] + tau_m))
    sigma = mpmath.sqrt(variance)
    tau_v = (a + b) / (2 * variance)
    v, s, n = (mu + 60) / 10, (sigma - 4) / 6, tau_v * p["g_L"] / p["C_m"] - mpf("0.5")
    q = [mpf(c) for c in P[population]]
    threshold = sum(c * t for c, t in zip(q, [1, v, s, n, v * v, s * s, n * n, v * s, v * n, s * n]))
    return mu, mpmath.erfc((threshold - mu) / (mpmath.sqrt(2) * sigma)) / (2 * tau_v)


def slopes(x, changed):
    p = {k: mpf(v) for k, v in {**DEFAULTS, **changed}.items()}
    nu_e, nu_i, ee, ei, ii, w_e, w_i, ou = map(mpf, x)
    noise = mpf("10.5") * ou
    jet = {}
    for q, w, outside in (
        ("e", w_e, max(p["external_input_ex_ex"] + noise, 0)), ("i", w_i, max(p["external_input_in_ex"] + noise, 0)),
    ):
        rate = lambda a, b: transfer(q, p, a, b, outside, w)[1]
        jet[q] = {order: mpmath.diff(rate, (nu_e, nu_i), order) for order in ((1, 0), (0, 1), (2, 0), (1, 1), (0, 2))}
        jet[q]["mu"], jet[q]["F"] = transfer(q, p, nu_e, nu_i, outside, w)
    e, i = jet["e"], jet["i"]
    T = p["T"]
    bend = lambda f: (ee * f[2, 0] + 2 * ei * f[1, 1] + ii * f[0, 2]) / 2
    return [
        (e["F"] - nu_e + bend(e)) / T,
        (i["F"] - nu_i + bend(i)) / T,
        (e["F"] * (1 / T - e["F"]) / (p["N_tot"] * (1 - p["g"])) + (e["F"] - nu_e) ** 2
         + 2 * (ee * e[1, 0] + ei * e[0, 1]) - 2 * ee) / T,
        # d/dt of a covariance c_ei: slopes of F_e with c_.i, slopes of F_i with c_e.
        ((e["F"] - nu_e) * (i["F"] - nu_i) + e[1, 0] * ei + e[0, 1] * ii + i[1, 0] * ee + i[0, 1] * ei - 2 * ei) / T,
        (i["F"] * (1 / T - i["F"]) / (p["N_tot"] * p["g"]) + (i["F"] - nu_i) ** 2
         + 2 * (ei * i[1, 0] + ii * i[0, 1]) - 2 * ii) / T,
        (p["a_e"] * (e["mu"] - p["E_L_e"]) - w_e) / p["tau_w_e"] + p["b_e"] * nu_e,
        (p["a_i"] * (i["mu"] - p["E_L_i"]) - w_i) / p["tau_w_i"] + p["b_i"] * nu_i,
        -ou / 5,
    ]


def fixed_point(changed, guess, second):
    """Newton from a guess; W_i and ou_drift are 0. First order: covariances 0 and left out."""
    names = list(STATES)
    free = ["E", "I", "C_ee", "C_ei", "C_ii", "W_e"] if second else ["E", "I", "W_e"]

    def residual(*values):
        x = {**dict.fromkeys(names, 0), **dict(zip(free, values))}
        out = dict(zip(names, slopes([x[n] for n in names], changed)))
        return [out[n] for n in free]

    root = mpmath.findroot(residual, [guess[n] for n in free], tol=mpf("1e-40"), maxsteps=60)
    return {n: float(mp.nstr(v, 15)) for n, v in zip(free, root)}


if __name__ == "__main__":
    stream = mulberry32(fnv1a("zerlaut exact"))
    changed = [{}, {"external_input_ex_ex": 0.004, "external_input_in_ex": 0.004, "a_i": 2, "b_i": 10}]
    rows = []
    for k in range(SAMPLES):
        x = [uniform(stream, *r) for r in STATES.values()]
        rows.append([float(v) for v in slopes(x, changed[k % 2])])
    drive = {"external_input_ex_ex": 0.004, "external_input_in_ex": 0.004}
    points = []
    for given in (drive, {**drive, "Q_e": 1, "b_e": 20, "C_m": 150}):
        first = fixed_point(given, {"E": 0.002, "I": 0.0137 if len(given) == 2 else 0.008, "W_e": 97 if len(given) == 2 else 45}, False)
        second = fixed_point(given, {**first, "C_ee": 1e-7, "C_ei": 1e-7, "C_ii": 1e-6}, True)
        points.append({"with": given, "first": first, "second": second})
        print(points[-1])
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "zerlaut.json")
    with open(target, "w") as file:
        json.dump({
            "script": "test/golden/zerlaut.py", "with": f"mpmath {mpmath.__version__}, 50 digits", "states": STATES,
            "samples": SAMPLES, "changed": changed, "derivatives": rows, "fixed_points": points,
        }, file)
