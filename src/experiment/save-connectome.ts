import type { Connectome } from "../core/connectome.js";
import { ndarray } from "../core/ndarray.js";
import type { Disk } from "../storage/disk.js";
import { consolidateZarr, createZarrGroup, writeZarrArray, writeZarrStrings } from "../storage/zarr.js";

/** The connectome that ran, so that a result can be drawn and run again without its input files. */
export async function writeConnectome(disk: Disk, path: string, connectome: Connectome): Promise<void> {
  const { labels, weights, tractLengths, centres, orientations, areas, hemispheres, cortical, source } = connectome;
  const n = labels.length;
  const group = await createZarrGroup(disk, path, { source: source.replace(/^.*[/\\]/, "") });
  await writeZarrStrings(group, "region", labels, "region");
  const write = async (
    name: string,
    values: ArrayLike<number> | undefined,
    shape: number[],
    dimensions: string[],
    units: string,
  ) => {
    if (values)
      await writeZarrArray(group, name, ndarray(Float64Array.from(values), shape), {
        dimensions,
        attributes: { units },
      });
  };
  const matrix = ["target", "source"];
  await write("weights", weights, [n, n], matrix, "1");
  await write("tract_lengths", tractLengths, [n, n], matrix, "mm");
  await write("centres", centres, [n, 3], ["region", "xyz"], "mm");
  await write("orientations", orientations, [n, 3], ["region", "xyz"], "1");
  await write("areas", areas, [n], ["region"], "mm^2");
  await write("hemispheres", hemispheres, [n], ["region"], "1");
  await write("cortical", cortical, [n], ["region"], "1");
  await consolidateZarr(group);
}
