import { SHIM_FOLDER } from "../admin/env/shims.ts";
import { isSimulated } from "../admin/env/simulated.ts";
import type { Snapshot } from "../api/snapshot.ts";
import { newGlobal } from "../programs/curl/config.ts";
import { Console } from "../programs/curl/console.ts";
import { CurlError } from "../programs/curl/error.ts";
import { ParameterReader } from "../programs/curl/getparam.ts";
import { ParameterError } from "../programs/curl/parameter-values.ts";
import { parseUrl } from "../programs/curl/url.ts";
import { parseWebAddress } from "../programs/web-address.ts";
import { type CommandContext, CommandError } from "./command.ts";
import { type OpenPlace, programContext } from "./pod-programs/run-program.ts";

interface Target {
  host: string;
  port: number;
}

/**
 * What a shim does with a command line that is none of the simulated world's business: the exit status of the real program, found on
 * PATH beyond the shims' own folder. undefined: it is for the simulated one (no shim, an address or a name of the simulated world, or
 * no other program of that name there).
 */
export async function handOver(
  name: string,
  argv: readonly string[],
  open: OpenPlace,
  context: CommandContext,
): Promise<number | undefined> {
  const folder = context.processes.env[SHIM_FOLDER];
  if (!folder) return undefined;
  const fetches = name === "curl" || name === "wget";
  const targets = name === "curl" ? await curlTargets(argv, open) : name === "wget" ? wgetTargets(argv) : asked(argv);
  const own = targets.filter(({ host, port }) => isSimulated(open.snapshot as Snapshot, host, port));
  // A question about one name, to one server: either of them decides.
  if (own.length > 0 && (!fetches || own.length === targets.length)) return undefined;
  if (own.length > 0)
    throw new CommandError(`kubemu does not simulate one ${name} for addresses inside and outside of the cluster`);
  const real = findProgram(name, folder, context);
  if (real === undefined) return undefined;
  await context.flush();
  return context.processes.run(real, [...argv], { env: { [SHIM_FOLDER]: undefined } }).status;
}

const DNS_PORT = 53;

/** The names and servers on a command line of dig, host or nslookup. */
function asked(argv: readonly string[]): Target[] {
  return argv
    .filter((word, i) => !/^[-+]/.test(word) && !/^-(?:[tcpqybkfW]|type|class|query)$/.test(argv[i - 1] ?? ""))
    .map((word) => word.replace(/^@/, ""))
    .filter((word) => !/^(?:A|AAAA|ANY|CAA|CNAME|HINFO|MX|NS|PTR|SOA|SRV|TXT|IN|CH|HS)$/i.test(word))
    .map((host) => ({ host, port: DNS_PORT }));
}

/** Options of wget that take the next word. */
const WGET_VALUES =
  /^(?:-[a-zA-Z]*[OPTtUoaiQweBADIXlR]|--(?:output-document|directory-prefix|timeout|tries|user-agent|header|method|body-data|post-data|user|password|wait|execute))$/;

function wgetTargets(argv: readonly string[]): Target[] {
  return argv
    .filter((word, i) => !word.startsWith("-") && !WGET_VALUES.test(argv[i - 1] ?? ""))
    .flatMap((word) => {
      const address = parseWebAddress(word);
      return address ? [{ host: address.host, port: address.port }] : [];
    });
}

/** The hosts of curl's command line; none for one that curl itself refuses or that only asks for help. */
async function curlTargets(argv: readonly string[], open: OpenPlace): Promise<Target[]> {
  const silent = { out() {}, err() {}, stdin: async () => new Uint8Array(), isTerminal: false };
  const context = programContext(open, silent);
  try {
    const global = { ...newGlobal(), silent: true };
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

function findProgram(name: string, shims: string, { processes, files }: CommandContext): string | undefined {
  for (const folder of (processes.env.PATH ?? "").split(":")) {
    if (folder === "" || folder === shims) continue;
    const path = `${folder}/${name}`;
    if (!files.exists(path) || files.isDirectory(path)) continue;
    // Another shell's shim leads back here.
    if (files.read(path).subarray(0, 400).includes(SHIM_FOLDER)) continue;
    return path;
  }
  return undefined;
}
