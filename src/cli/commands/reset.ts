import { isProfileName, type NewClusterOptions, PROFILE_NAMES } from "../../api/profiles/profile.ts";
import { CommandError, defineCommand, UsageError } from "../command.ts";

/** `kubemu reset [--profile NAME] [--seed TEXT]`: a new cluster in the place of this one, whatever state its file is in. */
export default defineCommand<NewClusterOptions>({
  complete({ args, flags, path }) {
    if (args.length) throw new UsageError(path, `no arguments are expected, got ${args.length}`);
    const profile = flags.string("profile");
    const seed = flags.string("seed");
    if (profile !== "" && !isProfileName(profile))
      throw new CommandError(`unknown profile "${profile}", must be one of: ${PROFILE_NAMES.join(", ")}`);
    return { ...(profile === "" ? {} : { profile }), ...(seed ? { seed } : {}) };
  },
  async run(options, { admin, streams }) {
    await admin.reset(options);
    const { cluster } = await admin.snapshot();
    streams.out.write(`cluster reset (profile ${cluster.profile})\n`);
  },
});
