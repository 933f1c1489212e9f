"""The answer of neurolib's balloon model to 1 s of activity of height 1, at every second, in two steps.

neurolib 0.6.2, numpy. Run: python neurolib_bold.py > neurolib_bold.json
"""

import hashlib
import json
import sys
from importlib.metadata import version

import numpy as np
from neurolib.models.bold.timeIntegration import simulateBOLD


def answer(dt):
    count = int(round(20 / dt))
    active = (np.arange(count) < round(1 / dt)).astype(float)[None, :]
    one = np.ones(1)
    signal = simulateBOLD(active, dt, one, X=0 * one, F=one, Q=one, V=one)[0][0]
    every = int(round(1 / dt))
    return signal[every - 1 :: every].tolist()


golden = {
    "source": "neurolib " + version("neurolib"),
    "script": "test/golden/neurolib_bold.py",
    "sha256": hashlib.sha256(open(__file__, "rb").read()).hexdigest(),
    "coarse": {"dt": 0.001, "data": answer(0.001)},
    "fine": {"dt": 0.0005, "data": answer(0.0005)},
}
json.dump(golden, sys.stdout, separators=(",", ":"))
