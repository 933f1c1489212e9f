"""Makes storage.json: .npy and .bz2 bytes, as written by NumPy and Python, and the values they hold.

numpy 2.4 (any 2.x writes the same), Python 3.11.  python storage.py > storage.json
"""
import base64, bz2, io, json, sys
import numpy as np

b64 = lambda b: base64.b64encode(b).decode()
rows = []


def npy(name, array, version=None):
    f = io.BytesIO()
    if version is None:
        np.save(f, array)
    else:
        np.lib.format.write_array(f, array, version=version)
    rows.append({
        "name": name, "bytes": b64(f.getvalue()), "shape": list(array.shape),
        # C order, whatever the order in the file.
        "values": [float(v) for v in array.astype("f8").ravel(order="C")],
        "same": bool(version is None and array.dtype.byteorder != ">" and array.flags.c_contiguous and array.dtype.kind != "b" and array.dtype.itemsize * (array.dtype.kind in "iu") < 8),
    })


a = np.arange(6, dtype="f8").reshape(2, 3) / 3
npy("f8 C", a)
npy("f8 Fortran", np.asfortranarray(a))
npy("f8 big-endian", a.astype(">f8"))
npy("f8 Fortran big-endian", np.asfortranarray(a.astype(">f8")))
npy("f8 version 2", a, (2, 0))
npy("f8 version 3", a, (3, 0))
npy("f8 scalar", np.array(0.1))
npy("f8 empty", np.zeros((0, 3)))
npy("f8 vector", np.array([1e-320, 5e-324, 1.7976931348623157e308, -0.0]))
npy("f4 3 axes", (np.arange(24, dtype="f4") / 7).reshape(2, 3, 4))
npy("f4 3 axes Fortran", np.asfortranarray((np.arange(24, dtype="f4") / 7).reshape(2, 3, 4)))
for kind in ("i1", "i2", "i4", "u1", "u2", "u4", ">i4", ">u2", "i8", "u8", ">i8"):
    low = 0 if "u" in kind else -3
    npy(kind, np.arange(low, low + 5).astype(kind))
npy("bool", np.array([True, False, True]))

text = ("0.0000000e+00   1.4675861e+01   3.8318553e+01\n" * 400).encode()
noise = np.random.default_rng(1).integers(0, 256, 2000, dtype="u1").tobytes()
runs = b"\0" * 1000 + b"a" * 259 + b"b" * 4 + b"c" * 3 + b"d" * 255
import hashlib
sha = lambda b: hashlib.sha256(b).hexdigest()
bz = [{"name": n, "bytes": b64(p), "size": len(t), "sha256": sha(t)} for n, t, p in [
    ("text", text, bz2.compress(text)), ("noise", noise, bz2.compress(noise, 1)), ("runs", runs, bz2.compress(runs)),
    ("empty", b"", bz2.compress(b"")), ("one byte", b"x", bz2.compress(b"x")), ("two streams", text + noise, bz2.compress(text) + bz2.compress(noise)),
]]
json.dump({"source": f"numpy {np.__version__}, Python {sys.version.split()[0]}", "script": "test/golden/storage.py", "npy": rows, "bz2": bz}, sys.stdout, indent=1)
