import yargs, { type CommandModule } from "yargs";
import type { Fault } from "../core/fault.js";
import { fault, nearestName } from "../core/fault.js";
import { version } from "../core/version.js";
import connectome from "./connectome.js";
import demo from "./demo.js";
import doctor from "./doctor.js";
import dynamics from "./dynamics.js";
import exportCommand from "./export.js";
import type { Io } from "./io.js";
import items from "./items.js";
import report from "./report.js";
import resume from "./resume.js";
import { asFault, faultJson } from "./show-fault.js";
import simulate from "./simulate.js";
import { standardInput } from "./standard-input.js";

/** Makes a yargs command that acts on the given world; its handler returns the exit status through `exit`. */
export type MakeCommand = (io: Io, exit: (status: number) => void) => CommandModule;

const commands: readonly MakeCommand[] = [
  simulate,
  resume,
  demo,
  items("models", "model"),
  items("couplings", "coupling"),
  items("schemes", "scheme"),
  items("noises", "kind of noise"),
  items("stimuli", "stimulus"),
  items("monitors", "monitor"),
  connectome,
  dynamics,
  exportCommand,
  report,
  doctor,
];

/** Options that may be given more than once, and the words before them. */
const repeatable = new Set(["_", "set", "input", "range", "hold"]);

/** Runs one command line. Returns the exit status: 0, or that of the fault (docs/commands.md lists them). */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let status = 0;
  const exit = (code: number) => void (status = code);
  const modules = commands.map((make) => make(io, exit));
  const names = modules.map(({ command }) => String(command).split(" ")[0] ?? "");
  const parser = yargs()
    .scriptName("laennec")
    .usage("$0 <command>\n\nSimulates brain networks: one experiment file, a real connectome, generated kernels.")
    .command(modules as CommandModule[])
    .option("json", { type: "boolean", describe: "write results and faults as JSON" })
    .option("quiet", { type: "boolean", describe: "no progress, no remarks" })
    .demandCommand(1, "name a command")
    .strict()
    .parserConfiguration({ "camel-case-expansion": true, "greedy-arrays": false })
    .check((args) => {
      const twice = Object.entries(args).find(([key, value]) => Array.isArray(value) && !repeatable.has(key));
      if (twice)
        throw fault("USAGE", `--${twice[0]} is given more than once`, { where: "laennec", next: "give it once" });
      return true;
    }, true)
    .version(version)
    .help()
    .epilogue(
      "Exit status: 0 done, 1 the run failed, 2 wrong usage, 65 wrong input, 70 a defect, 75 stopped by a scheduler and to be resumed, 130 interrupted.",
    )
    .wrap(100)
    .detectLocale(false)
    .exitProcess(false)
    .fail((message: string, error: Error | undefined) => {
      throw error ?? usageFault(message, argv, names);
    });
  try {
    let output = "";
    await parser.parseAsync(
      argv.map((word) => (word === "-" ? standardInput : word)),
      {},
      (_error: unknown, _argv: unknown, text: string) => void (output = text),
    );
    if (output !== "") io.print(output);
    return status;
  } catch (error) {
    const found = asFault(error);
    io.warn(`${argv.includes("--json") ? faultJson(found) : found.message}\n`);
    return found.exitStatus;
  }
}

function usageFault(message: string, argv: readonly string[], names: readonly string[]): Fault {
  const [first = ""] = argv;
  const near = names.includes(first) ? undefined : nearestName(first, names);
  return fault("USAGE", message.replaceAll("\n", " "), {
    where: `laennec ${argv.slice(0, 2).join(" ")}`.slice(0, 100).trim(),
    next: near === undefined ? `laennec ${names.includes(first) ? `${first} ` : ""}--help` : `did you mean "${near}"?`,
  });
}
