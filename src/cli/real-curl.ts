import { SHIM_FOLDER } from "../admin/env/shims.ts";
import { isSimulated } from "../admin/env/simulated.ts";
import type { Snapshot } from "../api/snapshot.ts";
import { Console } from "../programs/curl/console.ts";
import { CurlError } from "../programs/curl/error.ts";
import { ParameterError, ParameterReader } from "../programs/curl/getparam.ts";
import { parseUrl } from "../programs/curl/url.ts";
import { type CommandContext, CommandError } from "./command.ts";
import { type OpenPlace, programContext } from "./pod-programs/run-program.ts";

/**
 * What the curl shim does with a command line that is none of the simulated world's business: the exit status of the real curl, found
 * on PATH beyond the shim's own folder. undefined: it is for the simulated curl (no shim, an address of the simulated world, or no other
 * curl there).
 */
export async function handOver(
  argv: readonly string[],
  open: OpenPlace,
  context: CommandContext,
): Promise<number | undefined> {
  const folder = context.processes.env[SHIM_FOLDER];
  if (!folder) return undefined;
  const targets = await targetsOf(argv, open);
  const own = targets.filter(({ host, port }) => isSimulated(open.snapshot as Snapshot, host, port));
  if (targets.length > 0 && own.length === targets.length) return undefined;
  if (own.length > 0)
    throw new CommandError("kubemu does not simulate one curl for addresses inside and outside of the cluster");
  const real = findCurl(folder, context);
  if (real === undefined) return undefined;
  await context.flush();
  return context.processes.run(real, [...argv], { env: { [SHIM_FOLDER]: undefined } }).status;
}

/** The hosts of a command line; none for one that curl itself refuses or that only asks for help. */
async function targetsOf(argv: readonly string[], open: OpenPlace): Promise<{ host: string; port: number }[]> {
  const silent = { out() {}, err() {}, stdin: async () => new Uint8Array(), isTerminal: false };
  const context = programContext(open, silent);
  try {
    const global = {
      silent: true,
      showError: false,
      verbose: false,
      noProgress: true,
      progressBar: false,
      failEarly: false,
      parallel: false,
      styled: false,
    };
    const parsed = await new ParameterReader(context, new Console(context, global)).read(argv);
    if (parsed.kind !== "run") return [];
    return parsed.operations.flatMap((operation) =>
      operation.urls.flatMap(({ url }) => {
        try {
          return url === undefined ? [] : [parseUrl(url)];
        } catch (error) {
          if (error instanceof CurlError) return [];
          throw error;
        }
      }),
    );
  } catch (error) {
    if (error instanceof ParameterError) return [];
    throw error;
  }
}

function findCurl(shims: string, { processes, files }: CommandContext): string | undefined {
  for (const folder of (processes.env.PATH ?? "").split(":")) {
    if (folder === "" || folder === shims) continue;
    const path = `${folder}/curl`;
    if (!files.exists(path) || files.isDirectory(path)) continue;
    // Another shell's shim leads back here.
    if (files.read(path).subarray(0, 400).includes(SHIM_FOLDER)) continue;
    return path;
  }
  return undefined;
}
