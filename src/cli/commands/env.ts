import { envCode, envStart, shimScripts } from "../../admin/env/shims.ts";
import { goErrno } from "../../platform/errno.ts";
import { type CommandContext, CommandError, defineCommand, UsageError } from "../command.ts";

interface Options {
  /** "" when it is not given. */
  folder: string;
  github: boolean;
}

/** `eval "$(kubemu env)"`: the programs of the simulated world on PATH, for this shell and with a state file of its own. */
export default defineCommand<Options>({
  complete({ path, args, flags }) {
    if (args.length > 0) throw new UsageError(path, `no arguments are expected, got ${args.length}`);
    return { folder: flags.string("dir"), github: flags.bool("github") };
  },
  run({ folder, github }, context) {
    const { processes, streams } = context;
    if (github) return forGitHub(folder, context);
    if (folder === "") {
      streams.out.write(envStart(processes.program));
      return 0;
    }
    const { root, bin, state } = layOut(folder, context);
    streams.out.write(envCode(root, bin, state, isTemporary(root)));
    return 0;
  },
});

/** What `kubemu env` without a folder had mktemp make. */
function isTemporary(root: string): boolean {
  return /\/kubemu\.[A-Za-z0-9]{8}$/.test(root);
}

function layOut(folder: string, { files, processes }: CommandContext) {
  const root = folder.startsWith("/") ? folder.replace(/(.)\/+$/, "$1") : `${processes.cwd}/${folder}`;
  const bin = `${root}/bin`;
  try {
    files.mkdir(bin, 0o700);
    for (const [name, script] of Object.entries(shimScripts(processes.program, bin)))
      files.write(`${bin}/${name}`, script, 0o755);
  } catch (error) {
    const reason = goErrno(error);
    if (reason === undefined) throw error;
    throw new CommandError(`cannot write to the folder ${root}: ${reason}`);
  }
  return { root, bin, state: `${root}/state.json` };
}

/** A step of GitHub Actions hands on PATH and variables in two files. */
function forGitHub(folder: string, context: CommandContext): number {
  const { env } = context.processes;
  const { GITHUB_PATH, GITHUB_ENV, RUNNER_TEMP } = env;
  if (!GITHUB_PATH || !GITHUB_ENV)
    throw new CommandError("GITHUB_PATH and GITHUB_ENV are not set: --github is for a step of GitHub Actions");
  const place = folder || (RUNNER_TEMP ? `${RUNNER_TEMP}/kubemu` : "");
  if (place === "") throw new CommandError("RUNNER_TEMP is not set: name a folder with --dir");
  const { bin, state } = layOut(place, context);
  context.files.append(GITHUB_PATH, `${bin}\n`);
  context.files.append(GITHUB_ENV, `KUBEMU_STATE=${state}\n`);
  return 0;
}
