"""Tables of the exponential integrate-and-fire neuron in white noise, for src/models/adaptive-linear-nonlinear.ts.

    dV/dt = (EL - V + DeltaT exp((V - VT) / DeltaT)) / taum + mu + sigma xi(t),   V >= Vs: spike, Vr after Tref

For every mean mu and strength sigma of the input: the stationary rate r (1/ms), the mean of V between spikes (mV), and the
time constant tau (ms) of the low-pass 1 / (1 + i omega tau) that is nearest, in the mean square over 0.25 Hz to 1 kHz, to the
response of the rate to a small modulation of mu, relative to its response at the lowest frequency (Augustin et al. 2017).

Rates and responses by threshold integration of the Fokker-Planck equation (Richardson 2007, 10.1103/PhysRevE.76.021919):
from Vs down to Vlb, with the drift held over each step and the equation of the density solved exactly over it.

    pip install numpy==2.4.6 numba==0.68.1
    python data/aln/make.py src/models/parts/aln-tables.ts     writes the tables, in about 8 minutes
"""

import base64
import hashlib
import sys

import numba
import numpy as np

TAUM, EL, DELTA_T, VT, VR, VS, TREF = 20.0, -65.0, 1.5, -50.0, -70.0, -40.0, 1.5
VLB = -200.0
MU = dict(start=-1.0, step=0.025, count=321)
SIGMA = dict(start=0.5, step=0.125, count=37)
# The fit weighs frequencies evenly: nodes of Gauss-Legendre rules in cells (1/ms) that are narrow where the response of a
# neuron that fires almost regularly has its resonances, at its rate and twice that.
EDGES = np.concatenate([[0.25e-3, 2e-3, 6e-3], np.arange(15e-3, 0.4, 15e-3), [0.4, 0.5, 0.7, 1.0]])


def frequencies(points=3):
    nodes, weights = np.polynomial.legendre.leggauss(points)
    half = np.diff(EDGES) / 2
    f = (EDGES[:-1] + half)[:, None] + half[:, None] * nodes
    return np.concatenate([EDGES[:1], f.ravel()]), np.concatenate([[0.0], (half[:, None] * weights).ravel()])


@numba.njit(cache=True, fastmath=False)
def neuron(mu, sigma, f, weights, dv):
    """Rate, mean voltage, tau of one neuron."""
    n = int(round((VS - VLB) / dv))
    reset = int(round((VR - VLB) / dv))  # the edge at the reset
    # Cell k reaches from VLB + k dv to VLB + (k + 1) dv; p and the flux J are known at its edges.
    grow = np.empty(n)  # factor of p over the cell, downwards
    gain = np.empty(n)  # what a flux of 1 adds
    p0 = np.zeros(n + 1)
    d = sigma * sigma / 2
    for k in range(n):
        v = VLB + (k + 0.5) * dv
        drift = (EL - v + DELTA_T * np.exp((v - VT) / DELTA_T)) / TAUM + mu
        z = -drift * dv / d
        grow[k] = np.exp(z)
        gain[k] = dv / d * (np.expm1(z) / z if abs(z) > 1e-9 else 1 + z / 2)
    mass = 0.0
    moment = 0.0
    for k in range(n - 1, -1, -1):
        flux = 1.0 if k >= reset else 0.0
        p0[k] = p0[k + 1] * grow[k] + flux * gain[k]
        part = (p0[k] + p0[k + 1]) / 2 * dv
        mass += part
        moment += part * (VLB + (k + 0.5) * dv)
    rate = 1 / (mass + TREF)
    response = np.empty(len(f), dtype=np.complex128)
    for i in range(len(f)):
        omega = 2 * np.pi * f[i]
        pr, jr, pm, jm = 0j, 1 + 0j, 0j, 0j
        for k in range(n - 1, -1, -1):
            if k == reset - 1:
                jr -= np.exp(-1j * omega * TREF)
            middle = rate * (p0[k] + p0[k + 1]) / 2
            # Flux at the middle of the cell, from the density above.
            jr_mid = jr + 1j * omega * pr * dv / 2
            jm_mid = jm + 1j * omega * pm * dv / 2
            pr_next = pr * grow[k] + jr_mid * gain[k]
            pm_next = pm * grow[k] + (jm_mid - middle) * gain[k]
            jr += 1j * omega * (pr + pr_next) / 2 * dv
            jm += 1j * omega * (pm + pm_next) / 2 * dv
            pr, pm = pr_next, pm_next
        response[i] = -jm / jr
    tau = fit(f, response / response[0], weights)
    return rate, moment / mass, tau


@numba.njit(cache=True)
def distance(tau, f, target, weights):
    total = 0.0
    for i in range(len(f)):
        total += weights[i] * abs(target[i] - 1 / (1 + 2j * np.pi * f[i] * tau)) ** 2
    return total


@numba.njit(cache=True)
def fit(f, target, weights):
    """The best tau: from a grid of ratio 1.1, then golden section."""
    best, where = np.inf, 1.0
    for k in range(90):
        tau = 0.01 * 1.1**k
        found = distance(tau, f, target, weights)
        if found < best:
            best, where = found, tau
    low, high = where / 1.1, where * 1.1
    for _ in range(60):
        a = high - 0.6180339887498949 * (high - low)
        b = low + 0.6180339887498949 * (high - low)
        if distance(a, f, target, weights) < distance(b, f, target, weights):
            high = b
        else:
            low = a
    return (low + high) / 2


@numba.njit(cache=True)
def table(mus, sigmas, f, weights, dv):
    out = np.empty((3, len(mus), len(sigmas)))
    for i in range(len(mus)):
        for j in range(len(sigmas)):
            out[0, i, j], out[1, i, j], out[2, i, j] = neuron(mus[i], sigmas[j], f, weights, dv)
    return out


def main(out):
    f, weights = frequencies()
    mus = MU["start"] + MU["step"] * np.arange(MU["count"])
    sigmas = SIGMA["start"] + SIGMA["step"] * np.arange(SIGMA["count"])
    values = table(mus, sigmas, f, weights, 0.05).astype("<f4")
    parts = []
    for name, about, data in zip(("rate", "voltage", "tau"), ABOUT, values):
        raw = data.tobytes()
        print(name, "sha256", hashlib.sha256(raw).hexdigest())
        parts.append(f"  {name}:\n    // {about}; sha256 of the bytes: {hashlib.sha256(raw).hexdigest()}\n")
        parts.append(f'    "{base64.b64encode(raw).decode()}",\n')
    with open(out, "w") as file:
        file.write(HEADER + "export const alnTables = {\n" + "".join(parts) + "} as const;\n")
    report(values.astype(float), mus, sigmas, f, weights)


def report(values, mus, sigmas, f, weights):
    """What reading between the points costs: at points drawn at random."""
    rng = np.random.default_rng(1)
    errors = []
    for _ in range(400):
        x, y = rng.uniform(0, MU["count"] - 1), rng.uniform(0, SIGMA["count"] - 1)
        i, j = int(x), int(y)
        u, v = x - i, y - j
        read = (values[:, i, j] * (1 - u) + values[:, i + 1, j] * u) * (1 - v)
        read = read + (values[:, i, j + 1] * (1 - u) + values[:, i + 1, j + 1] * u) * v
        mu, sigma = MU["start"] + x * MU["step"], SIGMA["start"] + y * SIGMA["step"]
        errors.append(np.abs(read - np.array(neuron(mu, sigma, f, weights, 0.05))))
    print("interpolation error of rate, voltage, tau: largest", np.max(errors, 0), "median", np.median(errors, 0))


ABOUT = ("stationary rate, 1/ms", "mean voltage between spikes, mV", "time constant of the mean input's filter, ms")
HEADER = """/**
 * What an exponential integrate-and-fire neuron (C 200 pF, gL 10 nS, EL -65 mV, DeltaT 1.5 mV, VT -50 mV, Vr -70 mV, Vs -40 mV,
 * Tref 1.5 ms) makes of white noise of mean mu and strength sigma. Made by data/aln/make.py, which says how; not to be
 * edited. Little-endian f32 in base64, [mu][sigma].
 */
"""

if __name__ == "__main__":
    main(sys.argv[1])
