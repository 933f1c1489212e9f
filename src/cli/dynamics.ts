import type { MakeCommand } from "./run.js";

/** laennec dynamics: a model as a dynamical system. */
const dynamics: MakeCommand = (io) => ({
  command: "dynamics <model>",
  describe: "fixed points, phase planes, bifurcations, Lyapunov exponents and scans of a model",
  builder: (y) =>
    y
      .positional("model", {
        type: "string",
        demandOption: true,
        describe: "id of a model, a model file, or an experiment file",
      })
      .option("set", {
        type: "string",
        array: true,
        default: [],
        describe: "PARAMETER=VALUE of the model; for an experiment file PATH=VALUE; may be repeated",
      })
      .option("input", {
        type: "string",
        array: true,
        default: [],
        describe: "NAME=VALUE of a constant network input; may be repeated",
      })
      .option("fixed-points", { type: "boolean", describe: "fixed points and their eigenvalues (the default)" })
      .option("starts", { type: "number", default: 400, describe: "how many starts the search for fixed points makes" })
      .option("plane", {
        type: "string",
        describe: "X,Y: nullclines, flow and trajectories in the plane of two variables",
      })
      .option("range", {
        type: "string",
        array: true,
        default: [],
        describe: "VARIABLE=LOW,HIGH of the plane; may be repeated",
      })
      .option("hold", {
        type: "string",
        array: true,
        default: [],
        describe: "VARIABLE=VALUE of those outside the plane; may be repeated",
      })
      .option("continue", { type: "string", describe: "PARAMETER (or input) along which fixed points are followed" })
      .option("lyapunov", { type: "boolean", describe: "Lyapunov exponents" })
      .option("scan", { type: "string", describe: "PARAMETER (for an experiment PATH) that goes up and down again" })
      .option("from", { type: "number", describe: "first value of --continue or --scan" })
      .option("to", { type: "number", describe: "last value of --continue or --scan" })
      .option("steps", { type: "number", describe: "how many values --scan visits each way; default 41" })
      .option("observe", {
        type: "string",
        describe: "expression of state variables to draw; default: the model's first",
      })
      .option("dt", { type: "number", describe: "time step in ms of simulations; default: from the eigenvalues" })
      .option("time", { type: "number", describe: "ms to simulate for --lyapunov, and at each value of a scan" })
      .option("out", { type: "string", default: "dynamics", describe: "folder for pictures and data" })
      .option("force", {
        type: "boolean",
        default: false,
        describe: "replace files; allow values outside their ranges",
      })
      .example("$0 dynamics montbrio-pazo-roxin --plane r,V", "")
      .example("$0 dynamics jansen-rit --set v0=6 --continue mu --from=-0.05 --to 0.4", "")
      .example("$0 dynamics generic-2d-oscillator --set I=1 --lyapunov", ""),
  handler: async (args) => {
    const { runDynamics } = await import("./dynamics-run.js");
    const text = (name: string) => args[name] as string | undefined;
    const number = (name: string) => args[name] as number | undefined;
    const list = (name: string) => (args[name] as readonly string[] | undefined) ?? [];
    await runDynamics(io, {
      model: String(args["model"]),
      sets: list("set"),
      inputs: list("input"),
      fixedPoints: args["fixedPoints"] === true,
      starts: number("starts") ?? 400,
      plane: text("plane"),
      ranges: list("range"),
      held: list("hold"),
      follow: text("continue"),
      lyapunov: args["lyapunov"] === true,
      scan: text("scan"),
      from: number("from"),
      to: number("to"),
      steps: number("steps"),
      observe: text("observe"),
      dtMs: number("dt"),
      timeMs: number("time"),
      out: String(args["out"]),
      force: args["force"] === true,
      json: args["json"] === true,
      quiet: args["quiet"] === true,
    });
  },
});

export default dynamics;
