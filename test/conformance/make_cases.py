"""
Makes cases/*.json and vocabulary.json: right answers from mathematics, NumPy and SciPy, written here; TVB's by running it.

    pip install tvb-library==2.10.0 scipy mpmath ; python make_cases.py [ID ...]

Nothing here comes from laennec. README.md describes the form.
"""
import json
import math
import os
import sys

import numpy as np
from scipy.integrate import quad, solve_ivp
from scipy.linalg import expm
from scipy.stats import norm

from adapters import NotApplicable, tvb_library
from measure import deviation, measure, passes

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "golden"))
import zerlaut  # noqa: E402

VOCABULARY = {
    "weights": "weights[i][j] is the strength of the connection from j to i: row i holds what region i receives",
    "lengths": "mm, as weights; a link's delay is length / speed, rounded to whole steps, ties to the even number",
    "network": "regions without weights are not connected; without lengths there is no delay; speed in mm/ms",
    "initial": "state: values at time 0 and, constant, before it; history: rows dt apart, the last one at time 0; absent: the program's own",
    "noise": "dX = f dt + sqrt(2 D) b dW, with b = 1 (additive) or b = x (multiplicative); correlation_time: exponentially correlated, in ms, with the same variance 2 D t in the long run",
    "stimulus": "added to the derivative of one state variable, times a weight per region; absolute time in ms",
    "duration": "ms; segments: the run is ended and continued, or abandoned after some steps and begun again",
    "monitor": "raw: every step; temporal-average: means over periods; eeg: gain [sensor][region or vertex] times activity, mean over periods",
    "schemes": {
        "euler": "x(t + dt) = x + dt f(x)", "heun": "y = x + dt f(x); x(t + dt) = x + dt / 2 (f(x) + f(y))",
        "rk4": "the classical scheme of Runge and Kutta",
    },
    "couplings": {
        "linear": "c_i = a sum_j w_ij x_j(t - d_ij) + b; default a = 1/256, b = 0",
        "difference": "c_i = a sum_j w_ij (x_j(t - d_ij) - x_i(t)); default a = 0.1",
        "kuramoto": "c_i = a / N sum_j w_ij sin(x_j(t - d_ij) - x_i(t)), N regions; default a = 1",
        "pre-sigmoidal": "c_i = sum_j w_ij H (Q + tanh(G (P x_j - theta))); default H = 0.5, Q = 1, G = 60, P = 1, theta = 0.5",
        "pre-sigmoidal-dynamic": "as pre-sigmoidal, with theta_j, the source's second variable, as threshold",
    },
    "models": {
        "linear": {"x": "gamma x + c"},
        "kuramoto": {"theta": "omega + c"},
        "sup-hopf": {"x": "(a - x^2 - y^2) x - omega y + c_x", "y": "(a - x^2 - y^2) y + omega x + c_y"},
        "hopfield": {"x": "(c_x - x) / taux", "theta": "(c_theta - theta) / tauT where dynamic = 1"},
        "generic-2d-oscillator": {
            "V": "d tau (alpha W - f V^3 + e V^2 + g V + gamma I + gamma c)", "W": "d / tau (a + b V + c V^2 - beta W)"},
        "reduced-wong-wang": {
            "S": "-S / tau_s + (1 - S) gamma H(a X - b), X = w J_N S + I_o + J_N c, H(u) = u / (1 - exp(-d u)), 0 <= S <= 1"},
        "reduced-wong-wang-exc-inh": {
            "S_e": "-S_e / tau_e + (1 - S_e) gamma_e H(a_e X - b_e; d_e), X = w_p J_N S_e - J_i S_i + W_e I_o + G J_N c + I_ext",
            "S_i": "-S_i / tau_i + gamma_i H(a_i Y - b_i; d_i), Y = J_N S_e - S_i + W_i I_o + lamda G J_N c"},
        "zetterberg-jansen": {"v5": "y5", "y5": "Hi ki gamma_5 S(v4 - v5) - 2 ki y5 - ki^2 v5, S(v) = 2 e0 / (1 + exp(rho_1 (rho_2 - v))), and eleven more"},
        "epileptor": {"z": "r (4 (x1 - x0) - z + Ks c_x1 - (0.1 z^7 if z < 0)), and five more (Jirsa et al. 2014); with modification = 1: r (x0 + 3 / (1 + exp(-(x1 + 0.5) / 0.1)) - z + Ks c_x1)"},
        "epileptor-codim3": {
            "x": "-y", "y": "x^3 - mu2 x - mu1 - y (nu + b x + x^2)",
            "z": "-c (sqrt((x - xs)^2 + y^2) - dstar + 0.1 (z - 0.5)^7 + Ks c), xs the root of x^3 = mu2 x + mu1 (Saggio et al. 2017)"},
        "reduced-set-fitzhugh-nagumo": {"xi_k": "three modes (Stefanescu, Jirsa 2008, eq. 15)"},
    },
    "kernels": {
        "gamma": "h(s) = a g(s) / max g, g(s) = (s / tau)^2 exp(-s / tau), tau = 1.08 s, a = 0.1",
        "double-exponential": "h(s) = a g(s) / max g, g(s) = 0.1 exp(-s / 7.22) sin(2 pi 0.03 s) - 0.1 exp(-s / 7.4) sin(2 pi 0.12 s), a = 0.1",
        "volterra": "h(s) = exp(-s / 1.6) sin(w s) / (3 w), w = sqrt(2.5 - 1 / 2.56); BOLD = 5.6 * 0.02 (integral - 1)",
        "mixture-of-gammas": "h(s) = s^5 exp(-s) - 0.4 s^12 exp(-s)",
        "bold": "BOLD(t) = integral over 0 <= s <= 20 s of h(s) x(t - s) ds, s in seconds",
    },
}

SUBJECTS = {
    "connectome and delays": (1, 3, 4, 5, 14, 46), "integration and time": (2, 40, 45, 47), "coupling": (6, 7, 8, 39),
    "noise": (9, 10, 11, 44), "stimuli": (12, 13), "start and continuation": (15, 16, 17, 18),
    "recording": (19, 20, 21, 27, 28, 29, 30, 31), "BOLD": (22, 23, 24, 25, 26, 48), "models": (36, 37, 38, 41, 42, 43),
    "surfaces": (32, 33, 34, 35),
}
SUBJECT = {trap: subject for subject, traps in SUBJECTS.items() for trap in traps}
CASES = {}


def case(trap, id, title, why, runs, ask, right, tolerance, derivation, laennec, tvb_is=None, **more):
    """laennec: what it does (by default, under compat: tvb), each "right" or "tvb". tvb_is: (values, tolerance) that TVB's must meet,
    where what it does is known in closed form but its answer is a draw."""
    CASES[id] = {
        "id": id, "trap": trap, "subject": SUBJECT[trap], "status": "graded", "title": title, "why": why, "runs": runs, "ask": ask,
        "right": {"values": right, "tolerance": tolerance, "derivation": derivation},
        "laennec": {"default": laennec[0], "compat": laennec[1]},
        **({"tvb": {"expected": tvb_is[0], "tolerance": tvb_is[1]}} if tvb_is else {}), **more,
    }


def untested(trap, id, title, reason, **more):
    CASES[id] = {"id": id, "trap": trap, "subject": SUBJECT[trap], "status": "not graded", "title": title, "reason": reason, **more}


def net(n, weights=None, **more):
    return {"regions": n, **({"weights": weights} if weights is not None else {}), **more}


def run(network, model, scheme="euler", dt=0.1, duration=1.0, **more):
    more.setdefault("monitor", {"kind": "raw"})
    return {"network": network, "model": model, "scheme": scheme, "dt": dt, "duration": duration, **more}


def linear(gamma=0.0):
    return {"id": "linear", "parameters": {"gamma": gamma}}


def gain(a=1.0, b=0.0):
    return {"id": "linear", "parameters": {"a": a, "b": b}}


def at(name, rows, variable, regions):
    return {"kind": "values", "at": [[name, row, variable, region] for row in rows for region in regions]}


RIGHT, TVB, BOTH, NEITHER = ("right", "tvb"), ("right", "tvb"), ("right", "right"), ("tvb", "tvb")

# --- 1: orientation, on a model that most programs have -------------------------------------------------------------


def hopf_euler(weights, delays, past, steps, dt, a=-0.5, strength=0.1):
    """x' = (a - x^2) x + strength sum_j w_ij (x_j(t - d_ij) - x_i); y stays 0 with omega times y and x left out."""
    n = len(weights)
    rows = [np.array(row, dtype=float) for row in past]
    for _ in range(steps):
        x = rows[-1]
        inputs = [
            strength * sum(weights[i][j] * (rows[-1 - delays[i][j]][j] - x[i]) for j in range(n)) for i in range(n)
        ]
        rows.append(x + dt * ((a - x * x) * x + np.array(inputs)))
    return np.array(rows[len(past):])


ONE_WAY = [[0, 1, 0], [0, 0, 0], [0, 0, 0]]
x = hopf_euler(ONE_WAY, np.zeros((3, 3), int), [[0, 1, 0]], 5, 0.1)
case(
    1, "weights-row-receives", "Row i of the weights holds what region i receives",
    "Half of all packages store connectomes the other way round, and most connectomes are nearly symmetric, so nobody notices.",
    {"run": run(net(3, ONE_WAY), {"id": "sup-hopf", "parameters": {"a": -0.5, "omega": 0.0}}, duration=0.5,
                coupling={"id": "difference", "parameters": {"a": 0.1}}, initial={"state": {"x": [0, 1, 0], "y": 0}})},
    at("run", [4], "x", [0, 1, 2]), list(x[4]), 1e-6, "Euler's scheme by hand: only region 0 is driven, by region 1.", BOTH)

# --- 2: order ---------------------------------------------------------------------------------------------------------
RING = [[0, 1.0, 0.3], [0.2, 0, 0.8], [0.7, 0.1, 0]]
exact = expm((np.array(RING) - 2 * np.eye(3)) * 2.0) @ np.array([1.0, -0.5, 0.3])


def orders(scheme, steps):
    return {
        f"dt {dt}": run(net(3, RING), linear(-2.0), scheme, dt, 2.0, coupling=gain(), initial={"state": {"x": [1, -0.5, 0.3]}},
                        monitor={"kind": "subsample", "period": 2.0}) for dt in steps
    }


for scheme, wanted, steps in (("heun", 2, [0.1, 0.05, 0.025]), ("rk4", 4, [0.1, 0.05, 0.025])):
    case(
        2, f"order-undelayed-{scheme}", f"{'Heun' if scheme == 'heun' else 'Runge-Kutta 4'} keeps its order when regions are coupled without delay",
        "With the coupling held over the step, every scheme falls to first order: smaller steps help far less than one thinks.",
        orders(scheme, steps), {"kind": "order", "runs": [f"dt {dt}" for dt in steps], "dt": steps, "variable": "x", "exact": list(exact)},
        [wanted], 0.25, "Three coupled linear regions against the matrix exponential; the slope of log error over log dt is the order of the scheme.", RIGHT)

# --- 3: delays --------------------------------------------------------------------------------------------------------
lengths = [[0, 0.5, 0.7, 0.0], [0] * 4, [0] * 4, [0] * 4]
weights = [[0, 1, 2, 4], [0] * 4, [0] * 4, [0] * 4]
delays = np.rint(np.array(lengths) / 2 / 0.1).astype(int)  # 2.5 -> 2, 3.5 -> 4 steps
assert delays[0].tolist() == [0, 2, 4, 0] or delays[0].tolist()
lengths = [[0, 0.5, 0.75, 0.0], [0] * 4, [0] * 4, [0] * 4]
delays = np.array([[0, 2, 3, 0], [0] * 4, [0] * 4, [0] * 4])
# dt 0.125 and speed 2: 0.625 mm is exactly 2.5 steps, 0.875 mm exactly 3.5 steps.
lengths[0] = [0, 0.625, 0.875, 0.0]
delays[0] = [0, 2, 4, 0]
past = [[0, 0, 0, 0]] * 4 + [[0, 1, 1, 1]]
x = hopf_euler(weights, delays, past, 6, 0.125)
case(
    3, "delays-round-half-even", "Delays are whole steps, ties go to the even number, and arrive one step later",
    "Rounding up, rounding down and an index off by one each shift every arrival by a step.",
    {"run": run(net(4, weights, lengths=lengths, speed=2.0), {"id": "sup-hopf", "parameters": {"a": -0.5, "omega": 0.0}}, dt=0.125,
                duration=0.75, coupling={"id": "difference", "parameters": {"a": 0.1}},
                initial={"history": {"x": past, "y": [[0] * 4] * 5}})},
    at("run", range(6), "x", [0]), list(x[:, 0]), 1e-6,
    "Three sources jump at time 0; their links are 2.5, 3.5 and 0 steps long, so region 0 feels them from steps 3, 5 and 1 on: "
    "Euler's scheme by hand with delays of 2, 4 and 0 steps.", BOTH)

untested(4, "horizon-of-unconnected-pairs", "The past is kept for the longest tract, also where no connection is",
         "costs memory and time; no number of the answer changes")
untested(5, "history-memory", "Memory of the delayed state grows with the square of the regions",
         "costs memory and time; no number of the answer changes")

# --- 6: Kuramoto ------------------------------------------------------------------------------------------------------
phases = [0.3, 1.1, 2.5, 4.0]
allw = (1 - np.eye(4)).tolist()
after = [p + 0.1 * (0.5 + 1.2 / 4 * sum(math.sin(q - p) for q in phases)) for p in phases]
case(
    6, "kuramoto-over-n", "The Kuramoto coupling divides by the number of regions",
    "Without the N, the same strength is N times as strong, and thresholds of synchrony from papers do not hold.",
    {"run": run(net(4, allw), {"id": "kuramoto", "parameters": {"omega": 0.5}}, duration=0.1,
                coupling={"id": "kuramoto", "parameters": {"a": 1.2}}, initial={"state": {"theta": phases}})},
    at("run", [0], "theta", range(4)), after, 1e-6, "One step of Euler's scheme of Kuramoto's equation, a / N as TVB's documentation has it.", RIGHT)

# --- 7: pre-sigmoidal -------------------------------------------------------------------------------------------------
tanh = math.tanh
squash = lambda u, theta: 0.5 * (1 + tanh(0.5 * (u - theta)))  # noqa: E731
presig = {"G": 0.5, "theta": 0.5}
x0 = [0.2, 0.9]
case(
    7, "pre-sigmoidal-sources", "What arrives is the squashed state of the source (fixed threshold)",
    "A sum over the target's own state is no coupling at all.",
    {"run": run(net(2, [[0, 1], [0.5, 0]]), linear(), duration=0.1, coupling={"id": "pre-sigmoidal", "parameters": presig},
                initial={"state": {"x": x0}})},
    at("run", [0], "x", [0, 1]), [x0[0] + 0.1 * squash(x0[1], 0.5), x0[1] + 0.1 * 0.5 * squash(x0[0], 0.5)], 1e-6,
    "One step of Euler's scheme.", BOTH)
theta0 = [0.1, 0.4]
case(
    7, "pre-sigmoidal-dynamic-direction", "What arrives is summed over sources (threshold that follows)",
    "Summed over the other index, every link acts backwards.",
    {"run": run(net(2, [[0, 1], [0, 0]]), {"id": "hopfield", "parameters": {"taux": 1.0, "tauT": 5.0, "dynamic": 1.0}}, duration=0.1,
                coupling={"id": "pre-sigmoidal-dynamic", "parameters": {"G": 0.5}},
                initial={"state": {"x": x0, "theta": theta0}})},
    at("run", [0], "x", [0, 1]), [x0[0] + 0.1 * (squash(x0[1], theta0[1]) - x0[0]), x0[1] * 0.9], 1e-6,
    "One step of Euler's scheme: region 0 gets the squashed region 1, region 1 gets nothing.", BOTH)

# --- 8: constant of the linear coupling -----------------------------------------------------------------------------
case(
    8, "linear-shift-once", "The shift b of the linear coupling is added once per region, also where no link arrives",
    "Added per link it would grow with the number of connections.",
    {"run": run(net(3, [[0, 1, 1], [0, 0, 0], [0, 0, 0]]), linear(), duration=0.1, coupling=gain(0.5, 2.0),
                initial={"state": {"x": [0, 1, 3]}})},
    at("run", [0], "x", [0, 1, 2]), [0.1 * (0.5 * 4 + 2), 1.2, 3.2], 1e-6, "x(0) + dt (a S + b).", BOTH)

# --- 9, 10, 11: noise -------------------------------------------------------------------------------------------------


def noisy(noise, regions, duration, scheme="euler", dt=0.1, monitor=None, seed=1, initial=None):
    return run(net(regions), linear(), scheme, dt, duration, coupling=gain(0.0), noise=noise, seed=seed,
               initial=initial or {"state": {"x": 0.0}}, monitor=monitor or {"kind": "raw"})


N, STEPS, D, DT = 50, 200, 0.3, 0.1
case(
    9, "noise-variance-per-step", "Noise of intensity D adds the variance 2 D dt per step",
    "D, sigma and sqrt(2 D) are confused everywhere; the factor is 2 or the square.",
    {"run": noisy({"kind": "additive", "D": D}, N, STEPS * DT)},
    {"kind": "increment variance", "run": "run", "variable": "x", "groups": [list(range(N))]}, [2 * D * DT],
    2 * D * DT * 5 * math.sqrt(2 / (N * (STEPS - 1))), "Variance of the Wiener process; five standard errors of 9,950 draws.", BOTH)
tau, T = 0.5, 10.0
want = 2 * D * (T - tau * (1 - math.exp(-T / tau)))
samples = 20 * 40
case(
    10, "coloured-noise-variance", "Correlated noise of intensity D adds the variance of white noise in the long run",
    "With the factor 2 missing or doubled, a fit of D with white noise says nothing about coloured noise.",
    {"run": noisy({"kind": "additive", "D": D, "correlation_time": tau}, 20, 41 * T, monitor={"kind": "subsample", "period": T})},
    {"kind": "increment variance", "run": "run", "variable": "x", "groups": [list(range(20))]}, [want],
    want * 5.5 * math.sqrt(2 / samples),
    "x' = e, e the Ornstein-Uhlenbeck process with <e(0) e(t)> = D / tau exp(-t / tau): the variance over T is "
    "2 D (T - tau (1 - exp(-T / tau))); five standard errors of 800 windows.", RIGHT,
    ([2 * want], 2 * want * 5.5 * math.sqrt(2 / samples)))
d = 0.1
spread = math.sqrt(math.exp(2 * d) - 1)
case(
    11, "multiplicative-ito", "Multiplicative noise in Itô's sense leaves the mean",
    "Which sense is meant changes the mean of every multiplicative process.",
    {"run": noisy({"kind": "multiplicative", "D": d, "calculus": "ito"}, 400, 1.0, dt=0.01, initial={"state": {"x": 1.0}},
                  monitor={"kind": "subsample", "period": 1.0})},
    {"kind": "last mean", "run": "run", "variable": "x"}, [1.0], 5 * spread / math.sqrt(400),
    "dX = sqrt(2 D) X dW has E X(t) = X(0); five standard errors.", BOTH)
case(
    11, "multiplicative-stratonovich", "Heun's scheme with multiplicative noise converges to Stratonovich's solution",
    "With the amplitude taken once per step, Heun's scheme gives Itô's solution instead of the one it is known for.",
    {"run": noisy({"kind": "multiplicative", "D": 0.3, "calculus": "stratonovich"}, 500, 1.0, "heun", 0.02,
                  initial={"state": {"x": 1.0}}, monitor={"kind": "subsample", "period": 1.0})},
    {"kind": "last mean", "run": "run", "variable": "x"}, [math.exp(0.3)],
    5 * math.sqrt(math.exp(1.2) - math.exp(0.6)) / math.sqrt(500),
    "dX = sqrt(2 D) X o dW is X(0) exp(sqrt(2 D) W), with mean exp(D t); five standard errors.", RIGHT,
    ([1.0], 5 * math.sqrt(math.exp(0.6) - 1) / math.sqrt(500)))

# --- 12, 13: stimuli --------------------------------------------------------------------------------------------------
f = 0.1
area = math.sin(2 * math.pi * f * 2.0) / (2 * math.pi * f)
steps = [0.2, 0.1, 0.05]
case(
    12, "stimulus-order", "A stimulus that changes in time keeps the order of Heun's scheme",
    "Added outside of the stages it is integrated by Euler's rule, and everything with it is first order.",
    {f"dt {dt}": run(net(1), linear(), "heun", dt, 2.0, coupling=gain(0.0), initial={"state": {"x": 0.0}},
                     stimulus={"variable": "x", "weights": [1.0], "time": {"shape": "cosine", "height": 1.0, "frequency_per_ms": f}},
                     monitor={"kind": "subsample", "period": 2.0}) for dt in steps},
    {"kind": "order", "runs": [f"dt {dt}" for dt in steps], "dt": steps, "variable": "x", "exact": [area]}, [2], 0.25,
    "x' = cos(2 pi f t): x(T) = sin(2 pi f T) / (2 pi f).", RIGHT)
epileptor = {"x1": -1.5, "y1": -10.0, "z": 3.0, "x2": -1.0, "y2": 0.1, "g": -0.1}
base = run(net(1), {"id": "epileptor"}, dt=0.1, duration=0.1, coupling=gain(0.0), initial={"state": epileptor})
case(
    12, "stimulus-one-variable", "A stimulus on the first variable acts on no other",
    "TVB's documentation says 'the first state variable'; it acts on every coupling variable.",
    {"without": base, "with": {**base, "stimulus": {"variable": "x1", "weights": [1.0], "time": {"shape": "constant", "height": 1.0}}}},
    {"kind": "ratio", "at": [["with", 0, "x2", 0], ["without", 0, "x2", 0]]}, [1.0], 1e-9,
    "x2 does not know of the stimulus within one step of Euler's scheme.", BOTH)
case(
    13, "stimulus-absolute-time", "On continuation a stimulus does not start again",
    "A pulse at 2 ms of a run in two halves comes twice.",
    {"run": run(net(1), linear(), duration=10.0, segments=[5.0, 5.0], coupling=gain(0.0), initial={"state": {"x": 0.0}},
                stimulus={"variable": "x", "weights": [1.0], "time": {"shape": "pulse", "onset": 1.95, "length": 1.0, "height": 1.0}})},
    at("run", [-1], "x", [0]), [1.0], 0.15, "One pulse of 1 ms and height 1 was all: x(10) = 1, give or take one step's worth.", BOTH)

# --- 14: speed --------------------------------------------------------------------------------------------------------
HOPF = {"id": "sup-hopf", "parameters": {"a": -0.5, "omega": 0.0}}
DIFFUSE = {"id": "difference", "parameters": {"a": 0.1}}
past = [[0, 0]] * 30 + [[0, 1]]
x = hopf_euler([[0, 1], [0, 0]], np.array([[0, 30], [0, 0]]), past, 40, 0.1)
case(
    14, "conduction-speed-acts", "The conduction speed of the simulation sets the delays",
    "TVB has two speeds; the one of the simulator, which its documentation offers, does nothing.",
    {"run": run(net(2, [[0, 1], [0, 0]], lengths=[[0, 3], [0, 0]], speed=3.0), HOPF, duration=4.0, conduction_speed=1.0,
                coupling=DIFFUSE, initial={"history": {"x": past, "y": [[0, 0]] * 31}})},
    at("run", [11, 29, 30, 39], "x", [0]), list(x[[11, 29, 30, 39], 0]), 1e-6,
    "3 mm at 1 mm/ms are 30 steps: the jump of region 1 at time 0 arrives in step 31. Euler's scheme by hand.", BOTH)

# --- 15: abandoned run ------------------------------------------------------------------------------------------------
case(
    15, "abandoned-run", "A run that was abandoned leaves nothing behind",
    "The state moves on and the clock does not: what follows has the wrong time stamps.",
    {"run": run(net(1), linear(-1.0), duration=0.5, segments=[{"abandon_after": 5}, 0.5], coupling=gain(0.0),
                initial={"state": {"x": 1.0}})},
    at("run", [0], "x", [0]), [0.9], 1e-9, "Whatever was abandoned, the row stamped dt after the start is (1 + gamma dt) x(0).", BOTH)

# --- 16, 17, 18: initial conditions -----------------------------------------------------------------------------------
case(
    16, "default-past-continuous", "The past that a program makes up is continuous in time",
    "White noise in time as history has no limit for small steps, and shakes the network for one horizon.",
    {"run": run(net(2, [[0, 1], [0, 0]], lengths=[[0, 6], [0, 0]], speed=3.0), linear(), duration=2.0, coupling=gain(), seed=3)},
    {"kind": "roughness", "run": "run", "variable": "x", "region": 0, "rows": 19}, [0.0], 0.01,
    "Region 1 is constant for t > 0 and enters region 0 after 20 steps; before, region 0 integrates the made-up past: for a "
    "continuous one its second differences are of order dt^2 = 0.01.", BOTH)
case(
    17, "first-time-stamp", "The first row is stamped dt, however long the given past",
    "With six rows of given past TVB's first row is stamped 6 dt.",
    {"run": run(net(1), HOPF, duration=0.5, past_counts=True, coupling=DIFFUSE,
                initial={"history": {"x": [[1.0]] * 6, "y": [[0.0]] * 6}})},
    {"kind": "times", "run": "run", "rows": [0, 1]}, [0.1, 0.2], 1e-9, "The last row given is time 0.", BOTH)
ring3 = net(3, RING)
made_up = run(ring3, HOPF, dt=0.01, duration=0.5, coupling=DIFFUSE, seed=5)
case(
    18, "initial-reproducible", "Two runs of one seed without given initial conditions are the same",
    "Drawn from a global generator, they are not.",
    {"first": made_up, "second": made_up}, {"kind": "difference", "runs": ["first", "second"]}, [0.0], 0.0,
    "Same experiment, same seed.", BOTH)
white = {"kind": "additive", "D": 0.1}
case(
    18, "noise-independent-of-initial", "Giving initial conditions does not change the noise",
    "From one common stream, who gives initial conditions gets other noise.",
    {"own": run(net(3), linear(), duration=1.0, coupling=gain(0.0), noise=white, seed=5),
     "given": noisy(white, 3, 1.0, seed=5)},
    {"kind": "difference", "runs": ["own", "given"], "increments": True}, [0.0], 1e-9,
    "x' = noise: what a step adds does not depend on where one starts.", BOTH)

# --- 19, 20, 21: monitors ---------------------------------------------------------------------------------------------


def eeg(n=2, gain_=None, period=1.0, duration=2.0, dt=0.1, state=None, **more):
    return run(net(n), linear(), dt=dt, duration=duration, coupling=gain(0.0), initial={"state": {"x": state or [1.0] * n}},
               monitor={"kind": "eeg", "gain": gain_ or [[1.0, 2.0], [0.5, -1.0]], "period": period, **more})


case(
    19, "eeg-noise-off", "EEG has no observation noise unless asked for",
    "TVB adds white noise of deviation sqrt(dt) to every EEG, whatever the unit.",
    {"run": eeg(state=[1.0, 2.0])}, at("run", [0, 1], "signal", [0, 1]), [5.0, -1.5, 5.0, -1.5], 1e-9,
    "Gain times constant activity.", BOTH)
quiet = [[0.0, 0.0]] * 40
case(
    19, "eeg-noise-as-asked", "Observation noise has the deviation asked for",
    "In TVB its size is ignored.",
    {"run": eeg(gain_=quiet, period=0.1, duration=10.0, noise=2.0)},
    {"kind": "spread", "run": "run", "variable": "signal"}, [2.0], 2.0 * 5 / math.sqrt(2 * 4000),
    "Deviation 2 was asked for; five standard errors of 4,000 draws.", BOTH)
case(
    20, "eeg-period", "A sensor's period is the period asked for",
    "0.3 / 0.1 is 2.9999999999999996; cut off instead of rounded that is 2 steps.",
    {"run": eeg(period=0.3, duration=3.0)}, {"kind": "count", "run": "run", "of": "rows"}, [10], 0,
    "3 ms hold 10 periods of 0.3 ms.", BOTH)
case(
    21, "mean-stamped-at-centre", "A temporal average is stamped at the centre of its samples",
    "The mean of steps 1 to 4 belongs to 2.5 dt; stamped 2 dt it comes half a step early.",
    {"run": run(net(1), linear(), dt=0.5, duration=8.0, coupling=gain(0.0, 1.0), initial={"state": {"x": 0.0}},
                monitor={"kind": "temporal-average", "period": 2.0})},
    {"kind": "value minus time", "run": "run", "variable": "x", "rows": [0, 1, 2]}, [0.0, 0.0, 0.0], 1e-6,
    "x = t: the mean of x over the samples is the mean of their times.", RIGHT)

# --- 22 to 26: BOLD ---------------------------------------------------------------------------------------------------


def kernel(name):
    if name == "gamma":
        g = lambda s: (s / 1.08) ** 2 * math.exp(-s / 1.08)  # noqa: E731
        return lambda s: 0.1 * g(s) / g(2.16)
    if name == "double-exponential":
        g = lambda s: 0.1 * math.exp(-s / 7.22) * math.sin(0.06 * math.pi * s) - 0.1 * math.exp(-s / 7.4) * math.sin(0.24 * math.pi * s)  # noqa: E731
        top = max(g(s) for s in np.arange(0, 20, 0.004))
        return lambda s: 0.1 * g(s) / top
    if name == "mixture-of-gammas":
        return lambda s: s ** 5 * math.exp(-s) - 0.4 * s ** 12 * math.exp(-s)
    w = math.sqrt(2.5 - 1 / 2.56)
    return lambda s: math.exp(-s / 1.6) * math.sin(w * s) / (3 * w)


def integral(name, low, high):
    return quad(kernel(name), low, high, limit=200, epsabs=1e-13)[0]


def bold(name, duration, dt=4.0, stimulus=None, x=1.0, period=2000.0):
    return run(net(1), linear(), dt=dt, duration=duration, coupling=gain(0.0), initial={"state": {"x": x}},
               monitor={"kind": "bold", "kernel": name, "period": period}, **({"stimulus": stimulus} if stimulus else {}))


def pulse(onset, length, height):
    return {"variable": "x", "weights": [1.0], "time": {"shape": "pulse", "onset": onset, "length": length, "height": height}}


half = bold("gamma", 24000.0, 3.0, pulse(21000.0 - 1.5, 3.0, 1 / 3), 0.0, 3000.0)
whole = bold("gamma", 24000.0, 3.0, pulse(3000.0 - 1.5, 3.0, 1 / 3), 0.0, 3000.0)
case(
    22, "bold-window-not-dividing", "Haemodynamics keep their pace whatever the step",
    "TVB averages over round(4 / dt) steps and takes that for 4 ms: at dt = 3 ms its haemodynamics pass a third too fast.",
    {"early": half, "late": whole}, {"kind": "ratio", "at": [["early", -1, "x", 0], ["late", -1, "x", 0]]},
    [integral("gamma", 0, 3.0) / integral("gamma", 0, 20.0)], 0.01,
    "Activity steps from 0 to 1; three seconds later the response has reached this share of where it ends.", RIGHT)


def burst(onset):
    """Euler with gamma dt = -1 forgets within a step: activity is 1,000 for one step of 4 ms after the onset, else 0."""
    made = bold("double-exponential", 24000.0, 4.0, pulse(onset, 4.0, 250.0), 0.0, 24000.0)
    return {**made, "model": linear(-0.25)}


case(
    23, "bold-newest-sample", "The newest sample is weighted by the start of the response",
    "Rolled by one place too many, the newest sample gets the end of the kernel, and all others come one sample late.",
    {"new": burst(23995.0), "old": burst(18995.0)},
    {"kind": "ratio", "at": [["new", -1, "x", 0], ["old", -1, "x", 0]]},
    [integral("double-exponential", 0, 0.004) / integral("double-exponential", 5.0, 5.004)], 0.005,
    "Two bursts of 4 ms, one just over, one 5 s ago: the ratio of the kernel's integrals.", RIGHT)
case(
    24, "bold-constant-gamma", "Constant activity gives the integral of the response (gamma kernel)",
    "A sum without the time between samples grows with the sampling rate: 250 times too much at 4 ms.",
    {"run": bold("gamma", 24000.0)}, at("run", [-1], "x", [0]), [integral("gamma", 0, 20)], integral("gamma", 0, 20) * 0.005,
    "Integral over 20 s by adaptive quadrature.", RIGHT)
case(
    24, "bold-constant-volterra", "Constant activity gives the integral of the response (first-order Volterra kernel)",
    "The same, and the constant 1 is taken off a sum that is 250 times too large.",
    {"run": bold("volterra", 24000.0)}, at("run", [-1], "x", [0]), [0.112 * (integral("volterra", 0, 20) - 1)], 0.112 * 0.002,
    "k1 V0 (integral - 1); the integral is tau_f / 3 = 0.1333 s but for what lies beyond 20 s.", RIGHT)
case(
    25, "bold-first-seconds", "BOLD of activity that was always constant is constant",
    "For one length of the response TVB sees zeros before the start.",
    {"run": bold("gamma", 28000.0)}, {"kind": "ratio", "at": [["run", 0, "x", 0], ["run", -1, "x", 0]]}, [1.0], 0.002,
    "The past is constant, as given; or rows without a full past are left out.", RIGHT)
case(
    26, "bold-kernel-normalised", "Gamma and double-exponential kernels have the height a",
    "They are divided by their maximum, the mixture of gammas is not: results by different kernels cannot be compared in size.",
    {"gamma": bold("gamma", 24000.0), "double": bold("double-exponential", 24000.0)},
    {"kind": "ratio", "at": [["gamma", -1, "x", 0], ["double", -1, "x", 0]]},
    [integral("gamma", 0, 20) / integral("double-exponential", 0, 20)], 0.02,
    "Integrals of the kernels as the vocabulary writes them.", BOTH)

# --- 27 to 33: sensors and surfaces ----------------------------------------------------------------------------------
case(
    27, "eeg-mesh-independent", "The EEG of a region does not depend on how finely its cortex is meshed",
    "TVB adds the gains of all vertices: the same brain on twice as many vertices gives twice the EEG.",
    {"coarse": eeg(gain_=[[1.0, 1.0, 2.0, 2.0]], noise=0.0, mapping=[0, 0, 1, 1]),
     "fine": eeg(gain_=[[1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0]], noise=0.0, mapping=[0, 0, 0, 0, 1, 1, 1, 1])},
    {"kind": "ratio", "at": [["fine", -1, "signal", 0], ["coarse", -1, "signal", 0]]}, [1.0], 1e-9,
    "Every vertex was split in two of the same gain.", RIGHT, ([2.0], 0.2))
untested(28, "single-vertex-region", "Regions of one vertex are taken for sub-cortical", "needs a simulation on a cortical surface")
case(
    29, "spatial-average-needs-groups", "A spatial average without groups is refused, or keeps the regions apart",
    "TVB averages the whole brain into one signal where all regions are cortical.",
    {"run": run(net(3), linear(), duration=1.0, coupling=gain(0.0), initial={"state": {"x": [1.0, 2.0, 3.0]}},
                monitor={"kind": "spatial-average", "period": 0.5})},
    {"kind": "count", "run": "run", "of": "regions"}, "refused", 0,
    "Nobody said which regions belong together.", BOTH)
case(
    29, "spatial-average-groups", "A spatial average is the mean over each group",
    "Groups of different size must not weigh alike.",
    {"run": run(net(3), linear(), duration=1.0, coupling=gain(0.0), initial={"state": {"x": [1.0, 2.0, 3.0]}},
                monitor={"kind": "spatial-average", "period": 0.5, "groups": [0, 1, 1]})},
    at("run", [-1], "x", [0, 1]), [1.0, 2.5], 1e-9, "Means of 1, and of 2 and 3.", BOTH)
case(
    30, "raw-all-states", "Raw records every state variable",
    "TVB's Raw says that it 'sees all', and records the variables of interest: 2 of the Epileptor's 6.",
    {"run": run(net(1), {"id": "epileptor"}, dt=0.1, duration=0.2, coupling=gain(0.0), initial={"state": epileptor},
                monitor={"kind": "raw", "of": "stock"})},
    {"kind": "count", "run": "run", "of": "variables"}, [6], 0, "The Epileptor has six.", BOTH)
untested(31, "bold-roi-and-area", "BoldRegionROI takes the variables of interest twice; global averages ignore areas",
         "needs a simulation on a cortical surface")
untested(32, "surface-coupling", "Long-range coupling on a surface takes the mean of each region's vertices", "needs a simulation on a cortical surface")
untested(33, "local-connectivity-rows", "Local connectivity: rows rescaled, no self term", "needs a simulation on a cortical surface")
untested(34, "local-coupling-placement", "Where each model takes local input",
         "needs a simulation on a cortical surface; right-hand sides with local input are reference values (models.json)")
untested(35, "kuramoto-local-buffer", "Kuramoto's derivative with local input shares one buffer",
         "needs a simulation on a cortical surface")

# --- 36 to 43: models -------------------------------------------------------------------------------------------------


SIGMA, MU, TAU = 0.35, 0.4, 3.0
edges = norm.ppf(np.array([1, 500.5, 1000.5, 1500]) / 1501)
length = np.diff(edges)
mass = np.diff(norm.cdf(edges))
centre = (edges[1:] + edges[:-1]) / 2
size = np.sqrt(SIGMA * length)
fhn = {"xi": [[0.5, -0.4, 1.2], [0.3, 0.9, -0.7]], "alpha": [[1.0, -0.8, 0.2], [0.1, 0.4, 0.6]],
       "eta": [[0.2, 0.1, -0.3], [0, 0, 0]], "beta": [[0.1, 0.2, 0.3], [0, 0, 0]]}
xi, al, et = (np.array(fhn[name][0]) for name in ("xi", "alpha", "eta"))
# Mode i gets the sum over k of (integral of v_i) (mass of v_k) x_k, v_i = 1 / sqrt(sigma L_i) on its third.
mean = lambda u: np.sqrt(length) * np.sum(mass / np.sqrt(length) * u)  # noqa: E731
fhn_slope = (
    TAU * (xi - xi**3 / (3 * size**2) - et) + 0.5 * (mean(xi) - xi) - 0.15 * (mean(al) - xi)
    + TAU * (size * (MU + SIGMA * centre) + 0.7 * sum(fhn["xi"][1]))
)
case(
    36, "modes-of-fitzhugh-nagumo", "Modes: coupling is summed over modes, and reaches each by its own coefficients",
    "TVB multiplies by the transposed matrix where inhibition reaches excitation: modes that give and that receive are exchanged.",
    {"run": run(net(2, [[0, 0.7], [0, 0]]), {"id": "reduced-set-fitzhugh-nagumo", "parameters": {"sigma": SIGMA, "mu": MU}}, dt=0.01,
                duration=0.01, coupling=gain(), initial={"state": {
                    f"{name}_{k}": [fhn[name][0][k], fhn[name][1][k]] for name in fhn for k in range(3)}})},
    at("run", [0], "xi_0", [0]) | {"at": [["run", 0, f"xi_{k}", 0] for k in range(3)]}, list(xi + 0.01 * fhn_slope), 1e-5,
    "One step of Euler's scheme of Stefanescu and Jirsa's equations; coefficients of three steps over thirds of the normal "
    "distribution between its quantiles 1 / 1501 and 1500 / 1501, in closed form.", RIGHT)

ZJ = dict(He=3.25, Hi=22.0, ke=0.1, ki=0.05, e0=0.0025, rho_2=6.0, rho_1=0.56, gamma_5=15.0)
state = {f"v{k}": 0.0 for k in range(1, 8)} | {f"y{k}": 0.0 for k in range(1, 6)} | {"v4": 4.0, "v5": 2.0, "v7": 2.0}
sig = lambda v: 2 * ZJ["e0"] / (1 + math.exp(ZJ["rho_1"] * (ZJ["rho_2"] - v)))  # noqa: E731
case(
    38, "zetterberg-jansen-y5", "Inhibitory synapses of inhibitory cells relax with their own rate constant",
    "TVB has ke^2 where ki^2 belongs (as in its own y3).",
    {"run": run(net(1), {"id": "zetterberg-jansen"}, dt=0.5, duration=0.5, coupling=gain(0.0), initial={"state": state})},
    at("run", [0], "y5", [0]), [0.5 * (ZJ["Hi"] * ZJ["ki"] * ZJ["gamma_5"] * sig(2.0) - ZJ["ki"] ** 2 * 2.0)], 1e-9,
    "One step of Euler's scheme of a second-order synapse, h'' = H k u - 2 k h' - k^2 h.", RIGHT)

WW = {"a": 0.25, "b": 0.125, "I_o": 0.5, "w": 1.0, "J_N": 0.2609, "d": 154.0, "gamma": 0.641, "tau_s": 100.0}
case(
    37, "wong-wang-threshold", "The Wong-Wang transfer function is finite at its threshold",
    "u / (1 - exp(-d u)) is 0 / 0 at u = 0; its value there is 1 / d.",
    {"run": run(net(1), {"id": "reduced-wong-wang", "parameters": WW}, dt=1.0, duration=1.0, coupling=gain(0.0),
                initial={"state": {"S": 0.0}})},
    at("run", [0], "S", [0]), [0.641 / 154], 1e-12, "a I_o = b exactly and S = 0: H = 1 / d by l'Hôpital, S(dt) = dt gamma / d.", BOTH)


def transfer(u, slope):
    return u / -math.expm1(-slope * u)


se, si, dtw = [0.2, 0.4], [0.1, 0.05], 0.5
wee = {"G": 1.5, "lamda": 0.3}


def wong_wang_step(k, arriving):
    network = 1.5 * 0.15 * arriving
    ie = 1.4 * 0.15 * se[k] - 1.0 * si[k] + 0.382 + network
    ii = 0.15 * se[k] - si[k] + 0.7 * 0.382 + 0.3 * network
    return [se[k] + dtw * (-se[k] / 100 + (1 - se[k]) * 0.641e-3 * transfer(310 * ie - 125, 0.16)),
            si[k] + dtw * (-si[k] / 10 + 1e-3 * transfer(615 * ii - 177, 0.087))]


case(
    39, "wong-wang-double-gain", "The strengths of model and coupling multiply",
    "G in the model and a in the coupling: set both, and the network is scaled twice.",
    {"run": run(net(2, [[0, 1], [0.5, 0]]), {"id": "reduced-wong-wang-exc-inh", "parameters": wee}, dt=dtw, duration=dtw,
                coupling=gain(2.0), initial={"state": {"S_e": se, "S_i": si}})},
    {"kind": "values", "at": [["run", 0, v, k] for k in (0, 1) for v in ("S_e", "S_i")]},
    wong_wang_step(0, 2 * se[1]) + wong_wang_step(1, 2 * 0.5 * se[0]), 1e-7, "One step of Euler's scheme with G J_N a S.", BOTH)

bounded = {**WW, "I_o": 0.3}
h = lambda s: transfer(0.25 * (1.0 * 0.2609 * s + 0.3) - 0.125, 154)  # noqa: E731
slope = lambda s: -s / 100 + (1 - s) * 0.641 * h(s)  # noqa: E731
start = 0.98
inter = max(0.0, start + 150 * slope(start))
assert start + 150 * slope(start) < 0
case(
    40, "bounds-at-every-stage", "A bounded variable stays in its bounds within the step too",
    "The equations are not defined outside; bounded only at the end of a step, Heun's corrector sees a state that cannot be.",
    {"run": run(net(1), {"id": "reduced-wong-wang", "parameters": bounded}, "heun", 150.0, 150.0, coupling=gain(0.0),
                initial={"state": {"S": start}})},
    at("run", [0], "S", [0]), [min(1.0, max(0.0, start + 75 * (slope(start) + slope(inter))))], 1e-9,
    "One step of Heun's scheme by hand, its predictor put back to 0.", BOTH)

ep = {"x1": -1.2, "y1": -8.0, "z": -1.5, "x2": -1.0, "y2": 0.1, "g": -0.1}
r = 0.00035
case(
    41, "epileptor-permittivity", "The Epileptor's slow variable: a seventh power below 0, and a sigmoid on request",
    "Without the seventh power z runs away; with modification the power is gone.",
    {"linear": run(net(1), {"id": "epileptor", "parameters": {"modification": 0.0, "tt": 0.5}}, dt=1.0, duration=1.0, coupling=gain(0.0), initial={"state": ep}),
     "sigmoid": run(net(1), {"id": "epileptor", "parameters": {"modification": 1.0, "tt": 0.5}}, dt=1.0, duration=1.0, coupling=gain(0.0), initial={"state": ep})},
    {"kind": "values", "at": [["linear", 0, "z", 0], ["sigmoid", 0, "z", 0]]},
    [-1.5 + 0.5 * r * (4 * (-1.2 + 1.6) + 1.5 + 0.1 * 1.5 ** 7),
     -1.5 + 0.5 * r * (-1.6 + 3 / (1 + math.exp(7.0)) + 1.5)], 1e-12,
    "One step of Euler's scheme of Jirsa et al. 2014; -0.1 z^7 > 0 for z < 0.", BOTH)

A, B = np.array([0.3448, 0.02285, 0.2014]), np.array([0.3351, 0.07465, 0.2053])


def saggio(zv, branch):
    e = A / np.linalg.norm(A)
    normal = np.cross(np.cross(A, B), A)
    fv = normal / np.linalg.norm(normal)
    mu2, minus_mu1, _ = 0.4 * (e * math.cos(zv) + fv * math.sin(zv))
    roots = np.sort_complex(np.roots([1, 0, -mu2, minus_mu1]))
    real = np.sort(roots[np.abs(roots.imag) < 1e-9].real)
    return real[{1: -1, 2: 0, 3: 1}[branch]]


xc, yc, zc = 0.45, 0.05, 0.08
want = [zc - 1.0 * 0.001 * (math.hypot(xc - saggio(zc, n), yc) - 0.3 + 0.1 * (zc - 0.5) ** 7) for n in (1, 2, 3)]
case(
    42, "codim3-cube-roots", "The resting state of the codimension-3 bursters, by complex cube roots",
    "Cardano's formula needs complex roots where all three solutions are real; a real cube root gives NaN or another branch.",
    {f"N {n}": run(net(1), {"id": "epileptor-codim3", "parameters": {"N": float(n)}}, dt=1.0, duration=1.0, coupling=gain(0.0),
                   initial={"state": {"x": xc, "y": yc, "z": zc}}) for n in (1, 2, 3)},
    {"kind": "values", "at": [[f"N {n}", 0, "z", 0] for n in (1, 2, 3)]}, want, 1e-10,
    "Roots of x^3 = mu2 x + mu1 as eigenvalues of the companion matrix: the highest, the lowest, the middle one.", BOTH)

zerlaut_state = {"E": 0.012, "I": 0.02, "C_ee": 4e-5, "C_ei": 1e-5, "C_ii": 6e-5, "W_e": 40.0, "W_i": 0.0, "ou_drift": 0.0}
zerlaut_drive = {"external_input_ex_ex": 0.004, "external_input_in_ex": 0.004}
slopes = [float(v) for v in zerlaut.slopes(list(zerlaut_state.values()), zerlaut_drive)]
case(
    43, "zerlaut-second-order-slopes", "Second-order Zerlaut: slopes of the transfer function",
    "TVB takes differences over 1e-7 kHz and divides by Hz: slopes come out 1,000 times too small, curvatures a million times.",
    {"run": run(net(1), {"id": "zerlaut-adaptation-second-order", "parameters": zerlaut_drive}, dt=0.1, duration=0.1,
                coupling=gain(0.0), initial={"state": zerlaut_state})},
    at("run", [0], "E", [0]), [0.012 + 0.1 * slopes[0]], 1e-9,
    "One step of Euler's scheme; derivatives of the transfer function by mpmath at 50 digits (test/golden/zerlaut.py).", RIGHT)

# --- 44, 45, 47 -------------------------------------------------------------------------------------------------------
dd = 0.2
v0 = {"V": 0.0, "W": 0.0}
case(
    44, "noise-by-region", "Noise given per region stays with its regions",
    "In TVB a list as long as the number of variables is taken for variables, where both numbers are the same.",
    {"run": run(net(2), {"id": "generic-2d-oscillator", "parameters": {"d": 1e-4}}, dt=0.1, duration=40.0, coupling=gain(0.0),
                noise={"kind": "additive", "D": {"regions": [0.0, dd]}}, seed=2, initial={"state": v0})},
    {"kind": "increment variance", "run": "run", "variable": "W", "groups": [[0], [1]]}, [0.0, 2 * dd * 0.1],
    2 * dd * 0.1 * 5.5 * math.sqrt(2 / 399), "Region 0 has no noise, region 1 has 2 D dt in every variable; five standard errors of 399 draws.", BOTH)
case(
    45, "number-of-steps", "A run of 2.1 ms in steps of 0.3 ms has 7 rows",
    "2.1 / 0.3 is 7.000000000000001; rounded up, that is 8 steps.",
    {"run": run(net(1), HOPF, dt=0.3, duration=2.1, coupling=DIFFUSE, initial={"state": {"x": 1.0, "y": 0.0}})},
    {"kind": "count", "run": "run", "of": "rows"}, [7], 0, "Decimal arithmetic.", BOTH)
case(
    45, "phase-not-wrapped", "Phases are not wrapped",
    "A wrapped phase jumps, and averages over the jump mean nothing.",
    {"run": run(net(1), {"id": "kuramoto", "parameters": {"omega": 1.0}}, duration=20.0, coupling=gain(0.0),
                initial={"state": {"theta": 0.0}})},
    at("run", [-1], "theta", [0]), [20.0], 1e-6, "theta = omega t.", BOTH)
untested(46, "default-connectome", "TVB's default connectome: asymmetric, links of regions to themselves, lengths without links",
         "a property of a data set, not of a computation")
case(
    47, "time-in-ms", "Time is in ms: a rate of -0.1 per ms takes 10 ms to a factor e",
    "Some programs count in seconds, and models without units in neither.",
    {"run": run(net(1), linear(-0.1), "heun", 0.01, 10.0, coupling=gain(0.0), initial={"state": {"x": 1.0}},
                monitor={"kind": "subsample", "period": 10.0})},
    at("run", [-1], "x", [0]), [math.exp(-1)], 1e-5, "exp(-1).", BOTH)

# --- 48: balloon ------------------------------------------------------------------------------------------------------
FRISTON = dict(epsilon=1.0, kappa=0.65, gamma=0.41, tau=0.98, alpha=0.32, rho=0.34, V0=0.02, k1=2.38, k2=2.0, k3=0.48)
STEPHAN = dict(epsilon=1.0, kappa=1 / 1.54, gamma=1 / 1.44, tau=0.98, alpha=0.32, rho=0.4, V0=4.0, k1=4.3 * 40.3 * 0.4 * 0.04,
               k2=0.5 * 25 * 0.4 * 0.04, k3=0.5)


def balloon(c, z, seconds):
    def slope(_, u):
        s, f, v, q = u
        out = v ** (1 / c["alpha"])
        return [c["epsilon"] * z - c["kappa"] * s - c["gamma"] * (f - 1), s, (f - out) / c["tau"],
                (f * (1 - (1 - c["rho"]) ** (1 / f)) / c["rho"] - out * q / v) / c["tau"]]

    found = solve_ivp(slope, (0, max(seconds)), [0, 1, 1, 1], t_eval=seconds, rtol=1e-10, atol=1e-12, method="DOP853")
    _, _, v, q = found.y
    return list(c["V0"] * (c["k1"] * (1 - q) + c["k2"] * (1 - q / v) + c["k3"] * (1 - v)))


for name, words, constants in (
    ("friston-2003", "the constants of Friston, Harrison and Penny 2003", FRISTON),
    ("tvb", "revised coefficients (Stephan et al. 2007) and TVB's constants", STEPHAN),
):
    wanted = balloon(constants, 0.3, [2, 10, 30])
    case(
        48, f"balloon-{name}", f"Balloon-Windkessel with {words}",
        "Every package has other constants under the same name: the resting volume is 0.02 here and 4 (percent) there.",
        {"run": run(net(1), linear(), dt=10.0, duration=30000.0, coupling=gain(0.0), initial={"state": {"x": 0.3}},
                    monitor={"kind": "balloon", "preset": name, "constants": constants, "period": 2000.0})},
        at("run", [0, 4, 14], "x", [0]), wanted, 0.01 * max(abs(v) for v in wanted),
        "s' = eps x - kappa s - gamma (f - 1), f' = s, tau v' = f - v^(1/alpha), tau q' = f E(f) / rho - v^(1/alpha) q / v from rest, "
        "V0 (k1 (1 - q) + k2 (1 - q / v) + k3 (1 - v)), by DOP853; 1 % for schemes of first order.", BOTH)


def write(folder, name, value):
    with open(os.path.join(HERE, folder, name), "w", encoding="utf8") as file:
        json.dump(value, file, indent=1, ensure_ascii=False)
        file.write("\n")


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, range, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value) if math.isfinite(value) else None
    return value


def ask_tvb(made):
    recordings = {}
    for name, spec in made["runs"].items():
        recordings[name] = tvb_library.record(spec)
    return measure(made, recordings)


def main(ids):
    write("", "vocabulary.json", VOCABULARY)
    for made in CASES.values():
        if ids and made["id"] not in ids:
            continue
        if made["status"] == "graded":
            made = plain(made)
            try:
                answer = ask_tvb(made)
            except NotApplicable as lack:
                made["tvb"] = {"program": "tvb-library 2.10.0", "not applicable": str(lack)}
                write("cases", f"{made['id']}.json", made)
                continue
            known = made.get("tvb", {})
            made["tvb"] = {"program": "tvb-library 2.10.0", "values": plain(answer), "right": passes(answer, made["right"]), **known}
            assert not known or passes(answer, {"values": known["expected"], "tolerance": known["tolerance"]}), (made["id"], answer)
            off = deviation(answer, made["right"]["values"])
            print(f"{made['id']:36} {'right' if made['tvb']['right'] else 'WRONG':6} {off} {answer[:4] if isinstance(answer, list) else answer} | {made['right']['values'][:4]}", flush=True)
        write("cases", f"{made['id']}.json", made)


if __name__ == "__main__":
    main(sys.argv[1:])
