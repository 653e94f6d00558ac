import { type CommandContext, CommandError } from "../command.ts";
import { klogLine } from "../klog.ts";
import { absolute, openError } from "../resources/files.ts";
import { type DecodedPreference, decodePreference } from "./decode.ts";
import { locateKuberc } from "./locate.ts";
import type { Preference } from "./preference.ts";

type Context = Pick<CommandContext, "clock" | "files" | "processes" | "streams">;

/**
 * The preferences that hold for a command line. What is wrong with a file that the user did not name is told, without a line's end, and no
 * more. Throws CommandError. Models kubectl pkg/kuberc/kuberc.go (getExplicitKuberc, DefaultGetPreferences).
 */
export async function loadPreference(argv: readonly string[], context: Context): Promise<Preference | undefined> {
  const given = givenFile(argv);
  try {
    const place = locateKuberc(given, context.processes.env);
    if (!place) return undefined;
    const { file, explicit } = place;
    let decoded: DecodedPreference | undefined;
    try {
      decoded = await decodePreference(read(file, context), file, tellFrom(argv, context));
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      if (explicit) throw new CommandError(`kuberc: ${error.message}`);
      context.streams.err.write(`kuberc: no preferences loaded from ${file}: ${error.message}`);
      return undefined;
    }
    if (decoded?.strictError !== undefined)
      context.streams.err.write(`kuberc: ignoring strict decoding error in ${file}: ${decoded.strictError}`);
    return decoded?.preference;
  } catch (error) {
    if (error instanceof CommandError) throw new CommandError(`kuberc error ${error.message}`);
    throw error;
  }
}

function read(file: string, context: Context): string {
  try {
    return context.files.read(absolute(file, context)).toString("utf8");
  } catch (error) {
    throw new CommandError(openError(file, error));
  }
}

/** The value of --kuberc, which is looked for before any other flag is read. */
function givenFile(argv: readonly string[]): string {
  const end = argv.indexOf("--");
  for (const [at, word] of (end < 0 ? argv : argv.slice(0, end)).entries()) {
    const isWhole = word === "--kuberc";
    if (!isWhole && !word.includes("--kuberc=")) continue;
    const value = isWhole ? argv[at + 1] : word.split("=")[1] || undefined;
    if (value === undefined) throw new CommandError("kuberc file is not found");
    if (value !== "") return value;
    if (isWhole) return "";
  }
  return "";
}

/** Tells of the reading where -v asks for it: it is looked for before the flags are read. Models kubectl pkg/cmd/cmd.go (GetLogVerbosity). */
function tellFrom(argv: readonly string[], context: Context): (line: number, text: string) => void {
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  let verbosity = "0";
  for (const [at, word] of words.entries()) {
    if (word === "-v" || word === "--v") verbosity = argv[at + 1] ?? "0";
    else if (word.includes("-v=")) verbosity = word.split("=")[1] || "0";
    else continue;
    break;
  }
  if (!(Number(verbosity) >= 5)) return () => {};
  return (line, text) => context.streams.err.write(klogLine("I", `marshal.go:${line}`, text, context));
}
