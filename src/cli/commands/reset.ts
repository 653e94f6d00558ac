import { isProfileName, PROFILES } from "../../api/profiles/profiles.ts";
import { CommandError, defineCommand, UsageError } from "../command.ts";

interface ResetOptions {
  profile?: string;
  seed?: string;
}

/** `kubemu reset [--profile NAME] [--seed TEXT]`: a new cluster in the place of this one, whatever state its file is in. */
export default defineCommand<ResetOptions>({
  complete({ args, flags, path }) {
    if (args.length) throw new UsageError(path, `no arguments are expected, got ${args.length}`);
    const profile = flags.string("profile");
    const seed = flags.string("seed");
    return { ...(profile ? { profile } : {}), ...(seed ? { seed } : {}) };
  },
  validate({ profile }) {
    if (profile !== undefined && !isProfileName(profile))
      throw new CommandError(`unknown profile "${profile}", must be one of: ${Object.keys(PROFILES).join(", ")}`);
  },
  async run(options, { admin, streams }) {
    await admin.reset(options);
    const { cluster } = await admin.snapshot();
    streams.out.write(`cluster reset (profile ${cluster.profile})\n`);
  },
});
