import type { Connectome } from "../core/connectome.js";
import { fault } from "../core/fault.js";
import { toFloat64 } from "../core/ndarray.js";
import { bunzip2 } from "../storage/bunzip2.js";
import type { Disk } from "../storage/disk.js";
import { baseName, joinPath } from "../storage/disk.js";
import { shownPath } from "../storage/failure.js";
import { readNpy } from "../storage/npy.js";
import type { Table } from "../storage/table.js";
import { decodeText, parseNumber, readTable, splitRows } from "../storage/table.js";
import type { ZipLimits } from "../storage/zip.js";
import { openZip } from "../storage/zip.js";
import { checkConnectome, maxRegions } from "./check.js";
import { hemispheresFromLabels } from "./hemispheres.js";

/** Parts of a connectome by the file names that hold them, the official TVB name first. */
const parts = {
  weights: ["weights"],
  tractLengths: ["tract_lengths", "tract_length", "lengths", "distances"],
  centres: ["centres", "centers"],
  orientations: ["average_orientations", "orientations"],
  areas: ["areas"],
  hemispheres: ["hemispheres", "hemisphere"],
  cortical: ["cortical"],
  labels: ["labels", "region_labels"],
} as const;
type Part = keyof typeof parts;

export interface ReadConnectomeOptions {
  /** What to do without tract lengths: refuse (default), or take the straight distance between centres. */
  readonly missingLengths?: "refuse" | "euclidean";
  readonly limits?: Partial<ZipLimits>;
}

/** Where parts are read from: the entries of an archive, the files of a folder, or named files. */
export interface PartSource {
  readonly name: string;
  readonly files: readonly string[];
  read(file: string): Promise<Uint8Array>;
}

const maxPartBytes = 2 ** 30;
const known = /\.(?:txt|csv|tsv|npy)(?:\.txt)?(?:\.bz2)?$/i;

/**
 * Reads a connectome: TVB's connectivity zip, or a folder with the same files as .txt, .csv, .tsv, .npy or .txt.bz2.
 * @throws Fault FILE when it cannot be read, Fault DATA when what it holds is wrong
 */
export async function readConnectome(
  disk: Disk,
  path: string,
  options: ReadConnectomeOptions = {},
): Promise<Connectome> {
  const kind = await disk.kind(path);
  if (kind === undefined)
    throw fault("FILE", "there is no such connectome", {
      where: shownPath(path),
      next: 'give a TVB connectivity zip, a folder with weights and tract_lengths, or "default"',
    });
  const name = baseName(path.replace(/[/\\]+$/, "")) || path;
  if (kind === "folder")
    return readParts(
      {
        name,
        files: await disk.list(path),
        read: (file) => disk.read(joinPath(path, file), { maxBytes: maxPartBytes }),
      },
      options,
    );
  const bytes = await disk.read(path, { maxBytes: maxPartBytes });
  return connectomeFromZip(bytes, name, options);
}

/** A connectome from two files, e.g. `weights.csv` and `lengths.csv`. @throws Fault as {@link readConnectome} */
export function readConnectomePair(
  disk: Disk,
  { weights, tractLengths }: { readonly weights: string; readonly tractLengths: string },
): Promise<Connectome> {
  const suffix = (path: string) => /\.[^/\\]*$/.exec(baseName(path))?.[0] ?? "";
  const files = new Map([
    [`weights${suffix(weights)}`, weights],
    [`tract_lengths${suffix(tractLengths)}`, tractLengths],
  ]);
  return readParts(
    {
      name: baseName(weights),
      files: [...files.keys()],
      read: (file) => disk.read(files.get(file) ?? file, { maxBytes: maxPartBytes }),
    },
    {},
  );
}

/** A connectome from the bytes of a TVB connectivity zip. @throws Fault DATA */
export async function connectomeFromZip(
  bytes: Uint8Array,
  name: string,
  options: ReadConnectomeOptions = {},
): Promise<Connectome> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw fault("DATA", "the file is not a connectome we read", {
      where: name,
      why: bytes.length === 0 ? "it is empty" : "it is not a zip archive",
      next: "give a TVB connectivity zip, or a folder with weights and tract_lengths",
    });
  const zip = openZip(bytes, name, options.limits);
  return readParts({ name, files: zip.names, read: async (file) => zip.read(file) }, options);
}

/** Finds and reads the parts, whatever holds them. */
export async function readParts(
  source: PartSource,
  { missingLengths = "refuse" }: ReadConnectomeOptions = {},
): Promise<Connectome> {
  const find = (part: Part): string | undefined => {
    const fits = source.files.filter((file) => {
      const base = baseName(file).toLowerCase();
      if (file.startsWith("__MACOSX") || base.startsWith(".") || !known.test(base)) return false;
      const stem = base.replace(known, "");
      return parts[part].some((name) => stem === name || stem.endsWith(`_${name}`) || stem.endsWith(`-${name}`));
    });
    if (fits.length > 1)
      throw fault("DATA", `two files could be the ${parts[part][0]}`, {
        where: source.name,
        why: fits.slice(0, 4).join(", "),
      });
    return fits[0];
  };
  const where = (file: string) => `${source.name} / ${file}`;
  const bytesOf = async (file: string) => {
    const bytes = await source.read(file);
    return file.toLowerCase().endsWith(".bz2") ? bunzip2(bytes, { where: where(file), maxBytes: maxPartBytes }) : bytes;
  };
  const table = async (part: Part): Promise<Table | undefined> => {
    const file = find(part);
    if (file === undefined) return undefined;
    const bytes = await bytesOf(file);
    return /\.npy$/i.test(file)
      ? tableFromNpy(bytes, where(file))
      : readTable(decodeText(bytes, where(file)), where(file));
  };
  const vector = async (part: Part) => (await table(part))?.values;

  const weights = await table("weights");
  if (weights === undefined)
    throw fault("DATA", "the connectome has no weights", {
      where: source.name,
      why: `it holds ${source.files.slice(0, 8).join(", ") || "nothing"}`,
      next: "name the matrix weights.txt, weights.csv or weights.npy",
    });
  requireSquare(weights, "weights", source.name);
  const lengths = await table("tractLengths");
  if (lengths) requireSquare(lengths, "tract lengths", source.name);
  const centresFile = find("centres");
  const centres = centresFile && (await readCentres(await bytesOf(centresFile), centresFile, where(centresFile)));
  const labelsFile = find("labels");
  const labels =
    labelsFile === undefined
      ? ((centres ? centres.labels : undefined) ?? namesOf(weights, source.name))
      : splitRows(decodeText(await bytesOf(labelsFile), where(labelsFile))).map(({ fields }) => fields[0] ?? "");
  const tractLengths =
    lengths?.values ?? (missingLengths === "euclidean" && centres ? distances(centres.values) : undefined);
  if (tractLengths === undefined)
    throw fault("DATA", "the connectome has no tract lengths", {
      where: source.name,
      next: "add tract_lengths.txt, .csv or .npy, in mm",
    });
  return checkConnectome({
    labels,
    regions: weights.rows,
    weights: weights.values,
    tractLengths,
    centres: centres ? centres.values : undefined,
    orientations: await vector("orientations"),
    areas: await vector("areas"),
    hemispheres: (await vector("hemispheres")) ?? (labels && hemispheresFromLabels(labels)),
    cortical: await vector("cortical"),
    source: source.name,
  });
}

function requireSquare({ rows, columns }: Table, part: string, source: string): void {
  if (rows > maxRegions)
    throw fault("LIMIT", `${rows} regions are too many`, {
      where: `${source}: ${part}`,
      why: `the limit is ${maxRegions}`,
    });
  if (rows !== columns)
    throw fault("DATA", `the ${part} are not a square matrix`, {
      where: `${source}: ${part}`,
      why: `${rows} rows of ${columns} values`,
    });
}

/** Labels from the names around a CSV matrix; when it has both, they must be the same. */
function namesOf({ rowNames, columnNames }: Table, source: string): readonly string[] | undefined {
  const differ = rowNames && columnNames && rowNames.findIndex((name, k) => name !== columnNames[k]);
  if (differ !== undefined && differ >= 0)
    throw fault("DATA", "rows and columns of the weights are named differently", {
      where: source,
      why: `"${rowNames?.[differ]}" and "${columnNames?.[differ]}" at place ${differ}`,
    });
  return rowNames ?? columnNames;
}

/** centres files: label x y z, further columns ignored; or, as .npy, x y z alone. */
async function readCentres(bytes: Uint8Array, file: string, where: string) {
  if (/\.npy$/i.test(file)) return { labels: undefined, values: tableFromNpy(bytes, where).values };
  const rows = splitRows(decodeText(bytes, where));
  const bare =
    rows.length > 0 &&
    rows.every(({ fields }) => fields.length === 3 && fields.every((field) => parseNumber(field) !== undefined));
  const values = new Float64Array(rows.length * 3);
  const labels = rows.map(({ line, fields }, row) => {
    const numbers = (bare ? fields : fields.slice(1, 4)).map(parseNumber);
    if (numbers.length !== 3 || numbers.includes(undefined))
      throw fault("DATA", "a centre is not a label and three numbers", {
        where: `${where}, line ${line}`,
        why: `"${fields.join(" ").slice(0, 60)}"`,
      });
    numbers.forEach((value, axis) => (values[row * 3 + axis] = value ?? NaN));
    return fields[0] ?? "";
  });
  return { labels: bare ? undefined : labels, values };
}

function tableFromNpy(bytes: Uint8Array, where: string): Table {
  const array = readNpy(bytes, where);
  if (array.shape.length < 1 || array.shape.length > 2)
    throw fault("DATA", "a matrix or a vector was expected", {
      where,
      why: `the array has ${array.shape.length} axes`,
    });
  const [rows = 0, columns = 1] = array.shape;
  return { rows, columns, values: toFloat64(array), columnNames: undefined, rowNames: undefined };
}

/** [region, region] straight distances between centres. */
export function distances(centres: Float64Array): Float64Array {
  const n = centres.length / 3;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      let square = 0;
      for (let axis = 0; axis < 3; axis++)
        square += ((centres[i * 3 + axis] ?? NaN) - (centres[j * 3 + axis] ?? NaN)) ** 2;
      out[i * n + j] = out[j * n + i] = Math.sqrt(square);
    }
  return out;
}
