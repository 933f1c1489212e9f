"""BOLD of The Virtual Brain, from its own monitor and analyser.

tvb-library 2.10.0, numpy, scipy. Run: python tvb_bold.py > tvb_bold.json

The monitor is fed a known activity, x = 0.5 + 0.3 sin(2 pi t / 1.7 s + region) + 0.2 sin(2 pi t / 0.31 s), t in ms after each step of
0.5 ms, two variables (x and x squared), three regions. The analyser is fed means of the same over 4 ms.
"""

import hashlib
import json
import sys
from types import SimpleNamespace

import numpy as np
from scipy.integrate import solve_ivp
from tvb.analyzers.fmri_balloon import BalloonModel
from tvb.datatypes import equations
from tvb.datatypes.time_series import TimeSeriesRegion
from tvb.simulator import integrators
from tvb.simulator.monitors import Bold

regions = 3


def activity(t):
    """[variable, region] at a time in ms."""
    i = np.arange(regions)
    x = 0.5 + 0.3 * np.sin(2 * np.pi * t / 1700 + i) + 0.2 * np.sin(2 * np.pi * t / 310)
    return np.array([x, x * x])


def monitored(kernel, dt, period, duration, length=20000.0):
    bold = Bold(period=period, hrf_kernel=kernel, hrf_length=length)
    simulator = SimpleNamespace(
        integrator=SimpleNamespace(dt=dt),
        model=SimpleNamespace(number_of_modes=1, state_variables=("a", "b"), variables_of_interest=("a", "b")),
        number_of_nodes=regions,
    )
    bold.voi = np.array([0, 1])
    bold.dt = dt
    bold.istep = int(round(period / dt))
    Bold.compute_hrf(bold)
    bold._interim_stock = np.zeros((bold._interim_istep, 2, regions, 1))
    bold._stock = np.zeros((bold._stock_steps, 2, regions, 1))
    rows, times = [], []
    for step in range(1, int(round(duration / dt)) + 1):
        out = bold.sample(step, activity(step * dt)[:, :, None])
        if out is not None:
            times.append(out[0])
            rows.append(np.asarray(out[1]).reshape(2, regions).tolist())
    return {"dt": dt, "period": period, "duration": duration, "length": length, "time": times, "data": rows}


def analysed(revised, linear, dt=0.5, stock=4.0, duration=12000.0):
    steps = int(round(stock / dt))
    count = int(round(duration / stock))
    means = np.array([np.mean([activity((k * steps + j + 1) * dt)[0] for j in range(steps)], axis=0) for k in range(count)])
    series = TimeSeriesRegion(
        data=means[:, None, :, None], time=np.arange(count) * stock, sample_period=stock, sample_period_unit="ms",
    )
    model = BalloonModel(
        time_series=series, integrator=integrators.HeunDeterministic(), RBM=revised,
        bold_model=type(BalloonModel.bold_model.default).LINEAR if linear else type(BalloonModel.bold_model.default).NONLINEAR,
    )
    out = model.evaluate().data[:, 0, :, 0]
    every = int(round(500 / stock))
    return {"dt": dt, "stock": stock, "every": 500.0, "duration": duration, "data": out[every - 1 :: every].tolist()}


def solved(epsilon, kappa, gamma, tau, alpha, rho, V0, k1, k2, k3):
    """The answer to 1 s of activity of height 1, by a stiff solver at 1e-12, at every second."""

    def slope(t, y):
        s, f, v, q = y
        z = 1.0 if t < 1.0 else 0.0
        out = v ** (1 / alpha)
        return [
            epsilon * z - kappa * s - gamma * (f - 1), s, (f - out) / tau,
            (f * (1 - (1 - rho) ** (1 / f)) / rho - out * q / v) / tau,
        ]

    y, signal = np.array([0.0, 1, 1, 1]), []
    for a in np.arange(0, 20.0):
        y = solve_ivp(slope, (a, a + 1 - 1e-15 if a == 0 else a + 1), y, method="DOP853", rtol=1e-13, atol=1e-14).y[:, -1]
        _, _, v, q = y
        signal.append(V0 * (k1 * (1 - q) + k2 * (1 - q / v) + k3 * (1 - v)))
    return signal


golden = {
    "source": "tvb-library 2.10.0, scipy " + __import__("scipy").__version__,
    "script": "test/golden/tvb_bold.py",
    "sha256": hashlib.sha256(open(__file__, "rb").read()).hexdigest(),
    "monitor": {
        "first-order-volterra": monitored(equations.FirstOrderVolterra(), 0.5, 1000.0, 26000.0),
        "gamma": monitored(equations.Gamma(), 0.5, 1000.0, 26000.0),
        "double-exponential": monitored(equations.DoubleExponential(), 0.5, 1000.0, 26000.0),
        "mixture-of-gammas": monitored(equations.MixtureOfGammas(), 0.5, 1000.0, 26000.0),
        # Neither 4 ms nor the period is a whole number of what TVB then takes for 4 ms.
        "first-order-volterra, dt 0.3": monitored(equations.FirstOrderVolterra(), 0.3, 900.0, 9000.0, 4000.0),
    },
    "analyser": {
        "revised": analysed(True, False),
        "classical": analysed(False, False),
    },
    "solved": {
        "friston-2003": solved(1, 0.65, 0.41, 0.98, 0.32, 0.34, 0.02, 7 * 0.34, 2, 2 * 0.34 - 0.2),
        "deco-2014": solved(1, 1 / 0.65, 1 / 0.41, 0.98, 0.32, 0.34, 0.02, 7 * 0.34, 2, 2 * 0.34 - 0.2),
    },
}
json.dump(golden, sys.stdout, separators=(",", ":"))
