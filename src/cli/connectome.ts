import type { Connectome } from "../core/connectome.js";
import type { Io } from "./io.js";
import type { MakeCommand } from "./run.js";

const formats = ["tvb", "csv", "npz", "graphml"] as const;

/** laennec connectome: look at one, or write it in another format. */
const connectome: MakeCommand = (io) => ({
  command: "connectome",
  describe: "look at a connectome, or write it for other programs",
  builder: (y) =>
    y
      .command({
        command: "inspect [path]",
        describe: "print what a connectome holds",
        builder: (z) =>
          z
            .positional("path", { type: "string", default: "default", describe: "a zip, a folder, or default" })
            .option("speed", { type: "number", describe: "conduction speed in mm/ms, to count delays" })
            .option("dt", { type: "number", describe: "time step in ms, to count delays" })
            .option("picture", {
              type: "string",
              describe: "also write a page with matrix, lengths and 3-D graph: FILE.html",
            })
            .option("force", { type: "boolean", default: false, describe: "replace what is there" })
            .example("$0 connectome inspect patient.zip --picture patient.html", ""),
        handler: (args) => inspect(io, args),
      })
      .command({
        command: "export [path]",
        describe: "write a connectome as TVB zip, CSV pair, npz or GraphML",
        builder: (z) =>
          z
            .positional("path", { type: "string", default: "default", describe: "a zip, a folder, or default" })
            .option("format", { choices: formats, default: "tvb" as const, describe: "format to write" })
            .option("out", { type: "string", demandOption: true, describe: "file (csv: folder) to write" })
            .option("force", { type: "boolean", default: false, describe: "replace what is there" })
            .example("$0 connectome export default --out default.zip", ""),
        handler: (args) => write(io, args),
      })
      .demandCommand(1, "name what to do with the connectome: inspect or export"),
  handler: () => undefined,
});

type Args = Readonly<Record<string, unknown>>;

async function load(io: Io, path: string): Promise<Connectome> {
  const { defaultConnectome, readConnectome } = await import("../connectome/index.js");
  return path === "default" ? defaultConnectome() : readConnectome(io.disk, path);
}

async function inspect(io: Io, args: Args): Promise<void> {
  const { inspectConnectome, printSummary } = await import("../connectome/index.js");
  const delays = await delayOptions(args);
  const found = await load(io, String(args["path"]));
  const summary = inspectConnectome(found, delays);
  const picture = args["picture"] as string | undefined;
  if (picture !== undefined) {
    await refuseExisting(io, picture, args);
    const { renderConnectomePage } = await import("../report/connectome-page.js");
    await io.disk.write(picture, new TextEncoder().encode(await renderConnectomePage(found)));
  }
  io.print(
    args["json"] === true
      ? JSON.stringify({ ...summary, picture })
      : `${printSummary(summary).trimEnd()}${picture === undefined ? "" : `\npicture  ->  ${picture}`}`,
  );
}

/** Both or none: delays in steps need a speed and a step. @throws Fault USAGE */
async function delayOptions(args: Args): Promise<{ speed: number; dtMs: number } | undefined> {
  const { fault } = await import("../core/fault.js");
  const where = "laennec connectome inspect";
  const read = (name: "speed" | "dt", most: number): number | undefined => {
    const value = args[name];
    if (value === undefined) return undefined;
    if (typeof value === "number" && value > 0 && value <= most) return value;
    throw fault("USAGE", `--${name} must be a number above 0`, { where, next: "for example --speed 3 --dt 0.1" });
  };
  const speed = read("speed", Infinity);
  const dtMs = read("dt", Number.MAX_VALUE);
  if (speed !== undefined && dtMs !== undefined) return { speed, dtMs };
  if (speed === undefined && dtMs === undefined) return undefined;
  throw fault("USAGE", `--${speed === undefined ? "dt" : "speed"} alone counts no delays`, {
    where,
    next: "give --speed (mm/ms) and --dt (ms) together",
  });
}

async function write(io: Io, args: Args): Promise<void> {
  const { toCsvPair, toGraphMl, toNpz, toTvbZip } = await import("../connectome/index.js");
  const found = await load(io, String(args["path"]));
  const out = String(args["out"]);
  await refuseExisting(io, out, args);
  const encode = (text: string) => new TextEncoder().encode(text);
  if (args["format"] === "csv") {
    const { joinPath } = await import("../storage/disk.js");
    const pair = toCsvPair(found);
    await io.disk.makeFolder(out);
    await io.disk.write(joinPath(out, "weights.csv"), encode(pair.weights));
    await io.disk.write(joinPath(out, "tract_lengths.csv"), encode(pair.tractLengths));
  } else
    await io.disk.write(
      out,
      args["format"] === "npz"
        ? toNpz(found)
        : args["format"] === "graphml"
          ? encode(toGraphMl(found))
          : toTvbZip(found),
    );
  io.print(args["json"] === true ? JSON.stringify({ written: out }) : out);
}

async function refuseExisting(io: Io, path: string, args: Args): Promise<void> {
  const { fault } = await import("../core/fault.js");
  const { shownPath } = await import("../storage/failure.js");
  if (args["force"] !== true && (await io.disk.exists(path)))
    throw fault("OUTPUT", "the file to write exists", { where: shownPath(path), next: "another name, or --force" });
}

export default connectome;
