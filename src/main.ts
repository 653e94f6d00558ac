import { DEFAULT_PROFILE, isProfileName, PROFILE_NAMES, type ProfileName } from "./api/profiles/profile.ts";
import type { Cluster } from "./apiserver/transaction.ts";
import { runRecorded } from "./cli/recorded.ts";
import type { Session } from "./cli/session.ts";
import { isDue } from "./controllers/due.ts";
import type { Platform } from "./platform/platform.ts";
import { realPlatform } from "./platform/real.ts";

/**
 * Composition root: puts the real platform, the store, the server, the controllers and the commands together, and runs the command line
 * of this process. Tells its exit status, and whether it made a new cluster first, which is more than such a line usually does.
 */
export async function main(
  argv: readonly string[] = process.argv.slice(2),
): Promise<{ status: number; hasMadeCluster: boolean }> {
  let status: number;
  let hasMadeCluster = false;
  // Nobody sees a stack, and a server's NotFound is an answer like any other: it is not to cost more.
  Error.stackTraceLimit = 0;
  try {
    const platform = realPlatform();
    const onNewCluster = () => {
      hasMadeCluster = true;
    };
    status = await runRecorded(argv, { platform, connect: () => connect(platform, onNewCluster) }, statePath(platform));
  } catch (error) {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
    status = 1;
  }
  process.exitCode = status;
  return { status, hasMadeCluster };
}

/** Opens the cluster of the state file. */
export async function connect(platform: Platform, onNewCluster = () => {}): Promise<Session> {
  const { StateFile } = await import("./store/state-file.ts");
  const { Cluster } = await import("./apiserver/transaction.ts");
  const { LocalClient } = await import("./apiserver/local-client.ts");
  const { LocalAdmin } = await import("./admin/local-admin.ts");
  const { clock, processes, random } = platform;
  const cluster: Cluster = new Cluster({
    file: StateFile.at(statePath(platform), platform),
    clock,
    async settle(world, now, write, about) {
      if (world.pending.length > 0 || isDue(world.header.agenda, now, about)) {
        const { settle } = await import("./settle.ts");
        await settle(world, now, write);
      } else world.objects.now = Math.max(world.objects.now, now);
    },
    async write(world, write, manager) {
      const { carryOut } = await import("./apiserver/controller-writes.ts");
      await carryOut(world, write, manager);
    },
    async newCluster(now, { profile, seed }) {
      onNewCluster();
      const { env } = processes;
      const { newCluster } = await import("./apiserver/new-cluster.ts");
      return await newCluster(profile ?? (await profileName(env)), seed ?? (env.KUBEMU_SEED || random.seed()), now);
    },
  });
  const admin = new LocalAdmin(cluster, statePath(platform));
  const client = new LocalClient(cluster, clock);
  const http: Session["http"] = async (request) => (await import("./apiserver/http/handle.ts")).handle(request, client);
  const impersonate: Session["impersonate"] = async (as) => {
    const { impersonated } = await import("./apiserver/authorization/user.ts");
    return new LocalClient(cluster, clock, impersonated(as));
  };
  const signIn: Session["signIn"] = async (token, as) => {
    const { signedIn } = await import("./apiserver/authorization/sign-in.ts");
    return new LocalClient(cluster, clock, (world, what) => signedIn(world, token, as, what));
  };
  return { client, impersonate, signIn, admin, http, commit: () => cluster.commit() };
}

/** `$KUBEMU_PROFILE`, which a new cluster has. @throws ApiError Unusable */
async function profileName(env: Platform["processes"]["env"]): Promise<ProfileName> {
  const name = env.KUBEMU_PROFILE || DEFAULT_PROFILE;
  if (!isProfileName(name)) {
    const { unusable } = await import("./api/status.ts");
    throw unusable(`KUBEMU_PROFILE: unknown profile "${name}", must be one of: ${PROFILE_NAMES.join(", ")}`);
  }
  return name;
}

/** `$KUBEMU_STATE`, else `kubemu/state.json` under `$XDG_STATE_HOME`, which is `~/.local/state` where it is not set. */
export function statePath({ processes: { env, cwd } }: Platform): string {
  if (env.KUBEMU_STATE) return env.KUBEMU_STATE.startsWith("/") ? env.KUBEMU_STATE : `${cwd}/${env.KUBEMU_STATE}`;
  const base = env.XDG_STATE_HOME || `${env.HOME || "/root"}/.local/state`;
  return `${base}/kubemu/state.json`;
}
