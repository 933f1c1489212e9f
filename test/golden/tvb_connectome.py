"""Makes tvb_connectome.json: what TVB makes of its own connectivity files, and numpy's rounding of delays.

tvb-library 2.10.0, tvb-data 3.0.0, numpy 2.  python tvb_connectome.py > tvb_connectome.json
"""
import hashlib, json, os, sys
import numpy as np, tvb_data.connectivity
from tvb.datatypes.connectivity import Connectivity
from importlib.metadata import version

folder = os.path.dirname(tvb_data.connectivity.__file__)
sha = lambda b: hashlib.sha256(b).hexdigest()
f8 = lambda a: sha(np.ascontiguousarray(a, "<f8").tobytes())
files = []
for name in ("66", "68", "76", "96", "192"):
    file = f"connectivity_{name}.zip"
    c = Connectivity.from_file(file)
    c.configure()
    c.speed = np.array([3.0])
    c.configure()
    delays = {}
    for dt in (0.1, 0.5, 2.0**-4, 0.01220703125):
        c.set_idelays(dt)
        delays[repr(dt)] = {"sha256": sha(np.ascontiguousarray(c.idelays, "<i4").tobytes()), "most": int(c.idelays.max()), "sum": int(c.idelays.sum())}
    files.append({
        "file": file, "file_sha256": sha(open(os.path.join(folder, file), "rb").read()), "regions": int(c.number_of_regions),
        "labels": [str(s) for s in c.region_labels[:3]] + [str(c.region_labels[-1])], "right": int(c.hemispheres.sum()),
        "weights": f8(c.weights), "lengths": f8(c.tract_lengths), "centres": f8(c.centres),
        "orientations": f8(c.orientations) if c.orientations.size else None, "areas": f8(c.areas) if c.areas.size else None,
        "cortical": int(c.cortical.sum()) if c.cortical.size else None,
        "tract": f8(c.scaled_weights("tract")), "region_factor": float(np.max(np.abs(c.weights.sum(axis=1)))), "delays": delays,
    })

rng = np.random.default_rng(5)
cases = [(15.0, 3.0, 2.0), (45.0, 3.0, 10.0), (0.3, 3.0, 0.1), (7.5, 1.0, 5.0), (12.5, 1.0, 5.0), (0.0, 4.0, 0.1), (1e-9, 4.0, 0.1)]
cases += [(float(round(l, 1)), float(s), float(d)) for l, s, d in zip(rng.uniform(0, 200, 400), rng.choice([0.3, 1, 3, 4, 7, 12.5], 400), rng.choice([0.01, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 1 / 16], 400))]
steps = [int(np.rint((np.array([l]) / s) / d)[0]) for l, s, d in cases]
json.dump({"source": f"tvb-library {version('tvb-library')}, tvb-data {version('tvb-data')}, numpy {np.__version__}", "script": "test/golden/tvb_connectome.py",
           "files": files, "delays": [[*c, k] for c, k in zip(cases, steps)]}, sys.stdout, indent=1)
