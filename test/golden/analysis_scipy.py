"""Makes analysis-scipy.json: answers of NumPy and SciPy that src/analysis is held to.

    python -m pip install numpy scipy    # the versions used are written into the file
    python test/golden/analysis_scipy.py > test/golden/analysis-scipy.json
"""
import json
import sys

import numpy as np
import scipy
from scipy import signal, stats

random = np.random.default_rng(20)
samples, period_ms = 301, 4.0
t = np.arange(samples) * period_ms * 1e-3
shared = np.sin(2 * np.pi * 11 * t)
series = np.round(
    np.stack(
        [
            shared + 0.5 * random.standard_normal(samples),
            1e4 - 3 * shared + random.standard_normal(samples),  # large offset, opposite phase
            np.cumsum(random.standard_normal(samples)) * 1e-6,  # slow drift, tiny scale
            random.standard_normal(samples),
        ]
    ),
    9,
)
welch = []
for segment in (256, 64, 100, 37, 301, 1000):
    nperseg = min(segment, samples)
    f, p = signal.welch(series, fs=1000 / period_ms, nperseg=nperseg)
    welch.append({"segment": segment, "frequencies": f.tolist(), "density": p.tolist()})
fc = np.corrcoef(series)
weights = np.round(random.lognormal(size=20), 6)
other = np.round(weights + random.standard_normal(20), 0)  # has ties
fft_in = np.round(random.standard_normal((2, 45)), 9)
json.dump(
    {
        "source": {"programs": {"numpy": np.__version__, "scipy": scipy.__version__}, "script": "test/golden/analysis_scipy.py"},
        "periodMs": period_ms,
        "series": series.tolist(),
        "corrcoef": fc.tolist(),
        "welch": welch,
        "summary": {
            "mean": series.mean(1).tolist(),
            "std": series.std(1).tolist(),
            "min": series.min(1).tolist(),
            "max": series.max(1).tolist(),
        },
        "quantiles": [{"q": q, "value": float(np.quantile(series[3], q))} for q in (0, 0.1, 0.333, 0.5, 0.9, 1)],
        "fft": [
            {"length": n, "x": fft_in[:, :n].tolist(), "re": y.real.tolist(), "im": y.imag.tolist()}
            for n in (1, 2, 3, 8, 32, 45)
            for y in [np.fft.fft(fft_in[0, :n] + 1j * fft_in[1, :n])]
        ],
        "ranks": {
            "a": weights.tolist(),
            "b": other.tolist(),
            "spearman": float(stats.spearmanr(weights, other).statistic),
            "pearson": float(stats.pearsonr(weights, other).statistic),
        },
    },
    sys.stdout,
)
