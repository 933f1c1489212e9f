import { checkpointOptions, checkpointsOf } from "./checkpoint-options.js";
import { standardInput } from "./standard-input.js";
import type { MakeCommand } from "./run.js";

/** laennec simulate: an experiment file becomes a result folder. */
const simulate: MakeCommand = (io, exit) => ({
  command: "simulate <experiment>",
  describe: "run an experiment file (- reads it from standard input) and write its result folder",
  builder: (y) =>
    checkpointOptions(y)
      .positional("experiment", { type: "string", describe: "YAML or JSON file, or -", demandOption: true })
      .option("out", { type: "string", default: "out", describe: "folder of the result" })
      .option("backend", { choices: ["auto", "wasm", "reference"] as const, describe: "what computes" })
      .option("precision", { choices: ["f32", "f64"] as const, describe: "width of floating-point numbers" })
      .option("set", {
        type: "string",
        array: true,
        default: [],
        describe: "path=value: set a value of the experiment; may be repeated",
      })
      .option("model", {
        type: "string",
        describe: "a model file (.yaml, .json), or a model's id, in place of the experiment's",
      })
      .option("dry-run", {
        type: "boolean",
        default: false,
        describe: "check everything, say what the run will cost, run nothing",
      })
      .option("force", {
        type: "boolean",
        default: false,
        describe: "replace an earlier result; allow values outside their ranges",
      })
      .option("report", { type: "boolean", default: true, describe: "write report.html; --no-report leaves it out" })
      .example("$0 simulate experiment.yaml --out rest", "")
      .example("$0 simulate experiment.yaml --set coupling.a=0.02 --set seed=3 --dry-run", ""),
  handler: async (args) => {
    const { loadExperiment, maxExperimentBytes, resolveText } = await import("../experiment/load.js");
    const file = String(args["experiment"]);
    const choices = {
      sets: [
        ...(args["set"] as string[]),
        ...["backend", "precision"].flatMap((key) => (args[key] === undefined ? [] : [`${key}=${String(args[key])}`])),
      ],
      model: args["model"] as string | undefined,
      force: args["force"] === true,
    };
    const resolved =
      file === standardInput
        ? await resolveText(
            io.disk,
            { text: await io.readInput(maxExperimentBytes), source: "standard input", folder: "." },
            choices,
          )
        : await loadExperiment(io.disk, file, choices);
    const { runAndTell } = await import("./experiment-run.js");
    exit(
      await runAndTell(io, resolved, {
        out: String(args["out"]),
        dryRun: args["dryRun"] === true,
        force: args["force"] === true,
        report: args["report"] === true,
        json: args["json"] === true,
        quiet: args["quiet"] === true,
        checkpoints: checkpointsOf(args),
      }),
    );
  },
});

export default simulate;
