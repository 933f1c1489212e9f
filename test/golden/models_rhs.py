"""
Right-hand sides of the models that TVB does not have, typed here from the papers apart from our declarations: writes
models_rhs.json beside this script.

    pip install numpy==2.4.6 scipy==1.17.1 ; python models_rhs.py

`python models_rhs.py --contrib`, where tvb-library 2.10.0 and tvb-contrib 2.11.0 are installed, prints how far the
Morris-Lecar and Hindmarsh-Rose functions here are from theirs, and writes nothing.

States, inputs and parameters are drawn again by the reader as tvb_rhs.py says: per model a stream
mulberry32(fnv1a(id)), per sample the states, then the inputs, then, from sample `default_samples` on, the parameters
in the order of the file. Stored are the derivatives, [state variable][sample], as base64 of little-endian f64; and of
some motions the frequency in Hz, found with SciPy's DOP853.
"""
import base64
import hashlib
import json
import os
import sys

import numpy as np
import scipy
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from generator import fnv1a, mulberry32, uniform

SAMPLES, DEFAULTS = 250, 100


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def stuart_landau(x, c, p):
    """As one complex number: z' = z (a + i 2 pi f - b |z|^2) + c, time in seconds."""
    z = complex(x[0], x[1])
    dz = z * (p["a"] + 2j * np.pi * p["f"] - p["b"] * abs(z) ** 2) + complex(*c)
    return [p["rate"] * dz.real, p["rate"] * dz.imag]


def second_order(gain, rate, drive, y, v):
    """y'' of a synapse with kernel gain * rate * t * exp(-rate t)."""
    return gain * rate * drive - 2 * rate * v - rate**2 * y


def wendling(x, c, p):
    """Wendling et al. 2002: (y0..y4) potentials, (y5..y9) their slopes."""
    y, v = x[:5], x[5:]
    S = lambda u: 2 * p["nu_max"] / (1 + np.exp(p["r"] * (p["v0"] - u)))
    drive = [
        (p["A"], p["a"], S(y[1] - y[2] - y[3])),
        (p["A"], p["a"], p["mu"] + c[0] + p["C2"] * S(p["C1"] * y[0])),
        (p["B"], p["b"], p["C4"] * S(p["C3"] * y[0])),
        (p["G"], p["g"], p["C7"] * S(p["C5"] * y[0] - p["C6"] * y[4])),
        (p["B"], p["b"], S(p["C3"] * y[0])),
    ]
    return [*v, *(second_order(*d, y[k], v[k]) for k, d in enumerate(drive))]


def david_friston(x, c, p):
    """David, Friston 2003: each synapse with a slow and a fast kernel, weighted w and 1 - w."""
    y = np.reshape(x[:6], (2, 3))  # [kernel][pyramidal to interneurons, excitatory, inhibitory]
    v = np.reshape(x[6:], (2, 3))
    share = np.array([p["w"], 1 - p["w"]])
    to_inter, excitation, inhibition = share @ y
    S = lambda u: 2 * p["nu_max"] / (1 + np.exp(p["r"] * (p["v0"] - u)))
    drives = [
        S(excitation - inhibition),
        p["mu"] + share @ c + p["C2"] * S(p["C1"] * to_inter),
        p["C4"] * S(p["C3"] * to_inter),
    ]
    out = np.empty((2, 3))
    for n, name in enumerate(["s", "f"]):
        for k, kind in enumerate("eei"):
            out[n, k] = second_order(p[f"H_{kind}{name}"], 1 / p[f"tau_{kind}{name}"], drives[k], y[n, k], v[n, k])
    return [*x[6:], *out.ravel()]


def liley(x, c, p):
    """Liley et al. 2002, spatially uniform."""
    h = dict(zip("ei", x[:2]))
    I, J = dict(zip(PAIRS, x[2:6])), dict(zip(PAIRS, x[6:10]))
    phi, chi = dict(zip("ei", x[10:12])), dict(zip("ei", x[12:14]))
    S = {k: p[f"S_{k}"] * sigmoid(np.sqrt(2) * (h[k] - p[f"mu_{k}"]) / p[f"sigma_{k}"]) for k in "ei"}
    weight = lambda a, b: (p[f"h_eq_{a}{b}"] - h[b]) / abs(p[f"h_eq_{a}{b}"] - p[f"h_rest_{b}"])
    dh = [(p[f"h_rest_{k}"] - h[k] + sum(weight(a, k) * I[a + k] for a in "ei")) / p[f"tau_{k}"] for k in "ei"]
    dJ = []
    for pair in PAIRS:
        a, b = pair
        rate = p[f"N_loc_{pair}"] * S[a] + (phi[b] + p[f"p_{pair}"] if a == "e" else 0)
        if a == "e":
            rate += c[0]
        dJ.append(np.e * p[f"gamma_{pair}"] * p[f"Gamma_{pair}"] * rate - 2 * p[f"gamma_{pair}"] * J[pair]
                  - p[f"gamma_{pair}"] ** 2 * I[pair])
    w = p["v"] * p["Lambda"]
    dchi = [w**2 * (p[f"N_far_e{k}"] * S["e"] - phi[k]) - 2 * w * chi[k] for k in "ei"]
    return [*dh, *x[6:10], *dJ, *x[12:14], *dchi]


PAIRS = ["ee", "ei", "ie", "ii"]


def morris_lecar(x, c, p):
    V, N = x
    M_inf = sigmoid(2 * (V - p["V1"]) / p["V2"])
    N_inf = sigmoid(2 * (V - p["V3"]) / p["V4"])
    ionic = p["gL"] * (V - p["VL"]) + p["gCa"] * M_inf * (V - p["VCa"]) + p["gK"] * N * (V - p["VK"])
    u = (V - p["V3"]) / (2 * p["V4"])
    return [(p["I"] + c[0] - ionic) / p["C"], p["phi"] * (np.exp(u) + np.exp(-u)) / 2 * (N_inf - N)]


def hindmarsh_rose(x, c, p):
    x, y, z = x
    return [
        y - p["a"] * x**3 + p["b"] * x**2 + p["I"] + c[0] - z,
        p["c"] - p["d"] * x**2 - y,
        p["r"] * (p["s"] * (x - p["x_1"]) - z),
    ]


def transfer(current, gain, shift, steepness):
    u = gain * current - shift
    return u / (1 - np.exp(-steepness * u))


def dmf_fic(x, c, p):
    """Deco et al. 2014, and the inhibitory plasticity of Vogels et al. 2011 as a rate equation."""
    S_e, S_i, J_p = x
    J = max(0.0, p["J_i"] + p["alpha"] * p["G"] * p["strength"] + J_p)
    I_e = p["W_e"] * p["I_o"] + p["w_p"] * p["J_N"] * S_e + p["G"] * p["J_N"] * c[0] - J * S_i
    I_i = p["W_i"] * p["I_o"] + p["J_N"] * S_e - p["J_ii"] * S_i
    r_e = transfer(I_e, p["a_e"], p["b_e"], p["d_e"])
    r_i = transfer(I_i, p["a_i"], p["b_i"], p["d_i"])
    learning = p["eta"] * r_i * (r_e - p["target"]) if p["eta"] > 0 else -J_p / p["tau_e"]
    return [-S_e / p["tau_e"] + (1 - S_e) * p["gamma_e"] * r_e, -S_i / p["tau_i"] + p["gamma_i"] * r_i, learning]


def balloon(x, c, p):
    """Friston et al. 2003, time in seconds."""
    s, f, v, q = x
    signal = p["epsilon"] * (p["z"] + c[0]) - p["kappa"] * s - p["gamma"] * (f - 1)
    outflow = v ** (1 / p["alpha"])
    extraction = 1 - (1 - p["rho"]) ** (1 / f)
    out = [signal, s, (f - outflow) / p["tau"], (f * extraction / p["rho"] - outflow * q / v) / p["tau"]]
    return [p["rate"] * d for d in out]


def ornstein_uhlenbeck(x, c, p):
    return [(p["mu"] - x[0]) / p["tau"] + c[0]]


def around(values, **ranges):
    """Parameters within half and one and a half of their default, or in the given range."""
    return {k: {"default": v, "range": list(ranges.get(k, sorted([0.5 * v, 1.5 * v])))} for k, v in values.items()}


WENDLING = dict(A=5.0, B=50.0, G=15.0, a=0.1, b=0.05, g=0.5, v0=6.0, nu_max=0.0025, r=0.56, C1=135.0, C2=108.0, C3=33.75,
                C4=33.75, C5=40.5, C6=13.5, C7=108.0, mu=0.09)
DAVID = dict(w=1.0, H_es=3.01, tau_es=10.8, H_is=20.0, tau_is=22.0, H_ef=7.07, tau_ef=4.6, H_if=151.7, tau_if=2.9,
             C1=135.0, C2=108.0, C3=33.75, C4=33.75, v0=6.0, nu_max=0.0025, r=0.56, mu=0.22)
LILEY = dict(
    h_rest_e=-72.293, h_rest_i=-67.261, tau_e=32.209, tau_i=92.26, h_eq_ee=7.2583, h_eq_ei=9.8357, h_eq_ie=-80.697,
    h_eq_ii=-76.674, Gamma_ee=0.29835, Gamma_ei=1.1465, Gamma_ie=1.2615, Gamma_ii=0.20143, gamma_ee=0.12268,
    gamma_ei=0.98251, gamma_ie=0.2931, gamma_ii=0.1114, N_far_ee=4202.4, N_far_ei=3602.9, N_loc_ee=3602.9,
    N_loc_ei=3602.9, N_loc_ie=443.71, N_loc_ii=386.43, v=1.1612, Lambda=0.06089, S_e=0.066433, S_i=0.39329,
    mu_e=-44.522, mu_i=-43.086, sigma_e=4.7068, sigma_i=2.9644, p_ee=2.2506, p_ei=4.3634)
MORRIS = dict(C=20.0, gCa=4.4, gK=8.0, gL=2.0, VCa=120.0, VK=-84.0, VL=-60.0, V1=-1.2, V2=18.0, V3=2.0, V4=30.0, phi=0.04,
              I=100.0)
HINDMARSH = dict(a=1.0, b=3.0, c=1.0, d=5.0, r=0.001, s=4.0, x_1=-1.6, I=2.0)
FIC = dict(a_e=310.0, b_e=125.0, d_e=0.16, gamma_e=0.000641, tau_e=100.0, w_p=1.4, J_N=0.15, W_e=1.0, a_i=615.0, b_i=177.0,
           d_i=0.087, gamma_i=0.001, tau_i=10.0, J_i=1.0, J_ii=1.0, W_i=0.7, I_o=0.382, G=2.0, alpha=0.75, strength=0.0,
           eta=5e-5, target=3.0)
BALLOON = dict(epsilon=1.0, kappa=0.65, gamma=0.41, tau=0.98, alpha=0.32, rho=0.34, z=0.0, rate=0.001)

MODELS = {
    "stuart-landau": dict(
        f=stuart_landau, states={"x": [-1.2, 1.2], "y": [-1.2, 1.2]}, inputs=[[-1, 1]] * 2,
        parameters=around(dict(a=-0.02, b=1.0, f=0.05, rate=0.001), a=[-5, 5], f=[0.01, 100])),
    "wendling": dict(
        f=wendling, inputs=[[-0.05, 0.2]] * 2, parameters=around(WENDLING, G=[0, 30]),
        states={**{f"y{k}": r for k, r in enumerate([[-0.1, 0.3], [-5, 30], [-5, 20], [-5, 20], [-0.2, 0.8]])},
                **{f"y{k}": [-1.0, 1.0] for k in range(5, 10)}}),
    "david-friston": dict(
        f=david_friston, inputs=[[-0.05, 0.2]] * 2, parameters=around(DAVID, w=[0, 1]),
        states={**{f"{k}{n}": r for n in "sf" for k, r in
                   {"x0": [-0.1, 0.3], "x1": [-5, 30], "x2": [-5, 20]}.items()},
                **{f"v{k}{n}": [-1.0, 1.0] for n in "sf" for k in range(3)}}),
    "liley": dict(
        f=liley, inputs=[[-0.5, 0.5]],
        parameters=around(LILEY, h_rest_e=[-75, -65], h_rest_i=[-75, -65], h_eq_ie=[-90, -80], h_eq_ii=[-90, -80],
                          mu_e=[-55, -40], mu_i=[-55, -40], h_eq_ee=[-20, 10], h_eq_ei=[-20, 10]),
        states={"h_e": [-80, -35], "h_i": [-80, -35], **{f"I_{k}": [0, 60] for k in PAIRS},
                **{f"J_{k}": [-1, 1] for k in PAIRS}, "phi_e": [0, 20], "phi_i": [0, 20], "psi_e": [-1, 1],
                "psi_i": [-1, 1]}),
    "morris-lecar": dict(
        f=morris_lecar, states={"V": [-80, 60], "N": [-0.1, 1.1]}, inputs=[[-20, 20]],
        parameters=around(MORRIS, V1=[-5, 15], V3=[-5, 15])),
    "hindmarsh-rose": dict(
        f=hindmarsh_rose, states={"x": [-3, 3], "y": [-20, 5], "z": [-2, 5]}, inputs=[[-1, 1]],
        parameters=around(HINDMARSH)),
    "dynamic-mean-field-fic": dict(
        f=dmf_fic, states={"S_e": [0, 1], "S_i": [0, 1], "J_p": [-0.5, 1]}, inputs=[[0, 1]],
        parameters=around(FIC, strength=[0, 3], G=[0, 4])),
    "balloon-windkessel": dict(
        f=balloon, states={"s": [-0.5, 0.5], "f": [0.5, 2], "v": [0.6, 1.6], "q": [0.5, 1.5]}, inputs=[[-0.2, 1]],
        parameters=around(BALLOON, rho=[0.2, 0.6], z=[0, 1], alpha=[0.2, 0.5])),
    "ornstein-uhlenbeck": dict(
        f=ornstein_uhlenbeck, states={"x": [-3, 3]}, inputs=[[-1, 1]],
        parameters=around(dict(mu=0.0, tau=20.0), mu=[-1, 1])),
}


def golden(id, f, states, inputs, parameters):
    stream = mulberry32(fnv1a(id))
    out = np.empty((len(states), SAMPLES))
    for k in range(SAMPLES):
        x = [uniform(stream, *r) for r in states.values()]
        c = [uniform(stream, *r) for r in inputs]
        p = {n: v["default"] if k < DEFAULTS else uniform(stream, *v["range"]) for n, v in parameters.items()}
        out[:, k] = f(x, c, p)
    assert np.isfinite(out).all(), id
    print(f"{id:25s} scale {np.abs(out).max(axis=1).round(3)}")
    data = out.astype("<f8").tobytes()
    return dict(states=states, inputs=inputs, parameters=parameters, derivatives=base64.b64encode(data).decode(),
                sha256=hashlib.sha256(data).hexdigest())


def defaults(id):
    return {n: v["default"] for n, v in MODELS[id]["parameters"].items()}


def motion(id, signal, start, settle, length, **changed):
    """(frequency in Hz, lowest, highest) of a signal after settling, time in ms."""
    p, f, c = {**defaults(id), **changed}, MODELS[id]["f"], [0.0, 0.0]
    rule = dict(method="DOP853", rtol=1e-10, atol=1e-12)
    before = solve_ivp(lambda t, x: f(x, c, p), [0, settle], start, **rule)
    run = solve_ivp(lambda t, x: f(x, c, p), [0, length], before.y[:, -1], dense_output=True, **rule)
    t = np.linspace(0, length, 40001)
    y = signal(run.sol(t))
    low, high = y.min(), y.max()
    middle = (low + high) / 2
    at = [brentq(lambda s: signal(run.sol(s)) - middle, t[k], t[k + 1], xtol=1e-9)
          for k in range(len(t) - 1) if y[k] < middle <= y[k + 1]]
    hertz = 1000 * (len(at) - 1) / (at[-1] - at[0]) if len(at) > 1 and high - low > 1e-6 else 0.0
    return dict(hertz=hertz, low=float(low), high=float(high))


def contrib():
    from tvb.contrib.simulator.models.hindmarsh_rose import HindmarshRose
    from tvb.contrib.simulator.models.morris_lecar import MorrisLecar

    for id, cls, names in [("morris-lecar", MorrisLecar, {"phi": "lambda_Nbar"}), ("hindmarsh-rose", HindmarshRose, {})]:
        stream, worst, scale = mulberry32(fnv1a(id)), 0.0, 0.0
        for _ in range(SAMPLES):
            entry = MODELS[id]
            x = [uniform(stream, *r) for r in entry["states"].values()]
            c = [uniform(stream, *r) for r in entry["inputs"]]
            p = {n: uniform(stream, *v["range"]) for n, v in entry["parameters"].items()}
            theirs = cls()
            for name, value in p.items():
                if name != "I":
                    setattr(theirs, names.get(name, name), np.array([value]))
            d = theirs.dfun(np.reshape(x, (-1, 1, 1)), np.reshape([c[0] + p["I"]], (1, 1, 1))).ravel()
            worst = max(worst, np.abs(d - entry["f"](x, c, p)).max())
            scale = max(scale, np.abs(d).max())
        print(id, "largest difference", worst, "of", scale)


def pyramidal(y):
    return y[1] - y[2] - y[3]


def motions():
    at_rest = [-60, -54, 20, 20, 20, 20, 0, 0, 0, 0, 1, 1, 0, 0]
    snlc = dict(gCa=4.0, V3=12.0, V4=17.4, phi=1 / 15)
    asked = {
        "stuart-landau": [(lambda y: y[0], [1, 0], 2000, 500, dict(a=4.0, f=10.0))],
        "wendling": [(pyramidal, [0] * 10, 2000, 2000, dict(B=25.0)), (pyramidal, [0] * 10, 2000, 1000, dict(B=15.0, G=0.0))],
        "david-friston": [
            (lambda y: y[1] - y[2], [0] * 12, 4000, 1000, dict(w=1.0)),
            (lambda y: y[4] - y[5], [0] * 12, 1000, 500, dict(w=0.0)),
        ],
        "liley": [(lambda y: y[0], at_rest, 1000, 300, dict(N_loc_ii=500.0))],
        "morris-lecar": [(lambda y: y[0], [10, 0.1], 1000, 1000, {**more, "I": i})
                         for more, i in [({}, 100.0), (snlc, 41.0), (snlc, 60.0)]],
        "hindmarsh-rose": [(lambda y: y[0], [-1, 0, 2], 6000, 500, dict(I=4.0))],
    }
    for id, runs in asked.items():
        for signal, start, settle, length, changed in runs:
            entry = dict(id=id, changed=changed, **motion(id, signal, start, settle, length, **changed))
            print(entry, flush=True)
            yield entry


if __name__ == "__main__":
    if "--contrib" in sys.argv:
        contrib()
        sys.exit()
    result = dict(
        source=f"functions of this script; numpy {np.__version__}, scipy {scipy.__version__}",
        script="test/golden/models_rhs.py",
        samples=SAMPLES,
        default_samples=DEFAULTS,
        models={id: golden(id, **entry) for id, entry in MODELS.items()},
        motions=list(motions()),
    )
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "models_rhs.json"), "w") as file:
        json.dump(result, file, indent=1)
        file.write("\n")
