"""Networks of two regions with different models and delays, integrated without laennec.

Equations are written here from the papers (Jirsa et al. 2014; Jansen, Rit 1995; Kuramoto 1975). Each network is integrated twice:
`exact` by SciPy's DOP853 with the method of steps (rtol 1e-12), and `heun` by Heun's rule on a grid in NumPy, past constant.

pip: numpy==2.4.6 scipy==1.17.1
run: python mixed_networks.py > mixed_networks.json
"""

import json
import platform

import numpy as np
import scipy
from scipy.integrate import solve_ivp


def epileptor(y, c):
    """Jirsa et al. 2014, x0 = -1.6, r = 0.00035, input c with gain Kvf = 0.5 on x1 and Ks = -2 on z, in its own time."""
    x1, y1, z, x2, y2, g = y
    f1 = (3 * x1 - x1**2) * x1 if x1 < 0 else (x2 - 0.6 * (z - 4) ** 2) * -x1
    f2 = 0.0 if x2 < -0.25 else 6 * (x2 + 0.25)
    low = -0.1 * z**7 if z < 0 else 0.0
    return np.array([
        y1 + f1 - z + 3.1 + 0.5 * c,
        1 - 5 * x1**2 - y1,
        0.00035 * (4 * (x1 + 1.6) + low - z - 2 * c),
        -y2 + x2 - x2**3 + 0.45 + 2 * g - 0.3 * (z - 3.5),
        (-y2 + f2) / 10,
        -0.01 * (g - 0.1 * x1),
    ])


def jansen_rit(y, c):
    """Jansen, Rit 1995: A 3.25 mV, B 22 mV, a 0.1 /ms, b 0.05 /ms, C 135, v0 6 mV, e0 0.0025 /ms, r 0.56 /mV, p 0.22 /ms."""
    y0, y1, y2, y3, y4, y5 = y

    def sigmoid(v):
        return 0.005 / (1 + np.exp(0.56 * (6 - v)))

    return np.array([
        y3,
        y4,
        y5,
        3.25 * 0.1 * sigmoid(y1 - y2) - 2 * 0.1 * y3 - 0.1**2 * y0,
        3.25 * 0.1 * (0.22 + 0.8 * 135 * sigmoid(135 * y0) + c) - 2 * 0.1 * y4 - 0.1**2 * y1,
        22 * 0.05 * 0.25 * 135 * sigmoid(0.25 * 135 * y0) - 2 * 0.05 * y5 - 0.05**2 * y2,
    ])


def linear(y, c):
    return np.array([-0.2 * y[0] + c])


def kuramoto(y, c):
    return np.array([0.3 + c])


# Each region: derivative per ms, start, what it sends, and its input from (what arrives, own state).
networks = {
    "epileptor and jansen-rit": {
        "sizes": [6, 6],
        "slopes": [lambda y, c: epileptor(y, c) / 2.5, jansen_rit],  # one unit of the Epileptor's time lasts 2.5 ms
        "start": [[-1.5, -11.0, 3.4, -0.9, 0.1, -0.1], [0.1, 18.0, 12.0, 0.01, -0.2, 0.3]],
        "sends": [lambda y: y[0], lambda y: y[1] - y[2]],
        # linear coupling, a = 0.02: incoming weight times what the other sent, that long ago
        "input": [lambda s, y: 0.02 * 0.7 * s, lambda s, y: 0.02 * 1.3 * s],
        "delays": [3.0, 5.0],
        "dt": 0.05,
        "duration": 60.0,
    },
    "linear and kuramoto": {
        "sizes": [1, 1],
        "slopes": [linear, kuramoto],
        "start": [[0.8], [1.1]],
        "sends": [lambda y: y[0], lambda y: y[0]],
        # kuramoto coupling, a = 1.5, N = 2: the sine of the difference
        "input": [
            lambda s, y: 1.5 / 2 * 0.9 * np.sin(s - y[0]),
            lambda s, y: 1.5 / 2 * 0.4 * np.sin(s - y[0]),
        ],
        "delays": [4.0, 2.0],
        "dt": 0.1,
        "duration": 60.0,
    },
}


def slopes(net, y, sent):
    """sent[k]: what region k hears of the other."""
    n = net["sizes"][0]
    own = [y[:n], y[n:]]
    return np.concatenate([net["slopes"][k](own[k], net["input"][k](sent[k], own[k])) for k in (0, 1)])


def exact(net):
    """Method of steps: over intervals no longer than the shortest delay, what was sent is known."""
    n = net["sizes"][0]
    start = np.concatenate(net["start"])
    pieces = []

    def sent(k, t):
        if t <= 0:
            return net["sends"][k](np.array(net["start"][k]))
        ys = next(p for p in pieces if t <= p.t_max + 1e-9)(t)
        return net["sends"][k]([ys[:n], ys[n:]][k])

    span = 1.0  # divides every delay, so that kinks of the solution lie at ends of intervals
    rows = [start]
    y = start
    for i in range(round(net["duration"] / span)):
        t0 = i * span

        def f(t, y):
            return slopes(net, y, [sent(1, t - net["delays"][0]), sent(0, t - net["delays"][1])])

        r = solve_ivp(f, (t0, t0 + span), y, method="DOP853", rtol=1e-12, atol=1e-13, dense_output=True, max_step=0.25)
        pieces.append(r.sol)
        y = r.y[:, -1]
        rows.append(y)
    return np.array(rows)


def heun(net):
    n, dt = net["sizes"][0], net["dt"]
    steps = round(net["duration"] / dt)
    lags = [round(d / dt) for d in net["delays"]]
    ys = [np.concatenate(net["start"])]

    def sent(k, row):
        y = ys[max(0, row)]
        return net["sends"][k]([y[:n], y[n:]][k])

    for s in range(steps):
        def heard(row):
            return [sent(1, row - lags[0]), sent(0, row - lags[1])]

        k1 = slopes(net, ys[s], heard(s))
        k2 = slopes(net, ys[s] + dt * k1, heard(s + 1))
        ys.append(ys[s] + dt / 2 * (k1 + k2))
    return np.array(ys)[:: round(1 / dt)]


if __name__ == "__main__":
    out = {
        "source": "test/golden/mixed_networks.py",
        "versions": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__},
        "every": "1 ms",
        "networks": {
            name: {"dt": net["dt"], "exact": exact(net).tolist(), "heun": heun(net).tolist()}
            for name, net in networks.items()
        },
    }
    print(json.dumps(out))
