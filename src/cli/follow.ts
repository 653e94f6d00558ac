import type { KubeObject } from "../api/object.ts";
import type { ResourceKey } from "../api/snapshot.ts";
import type { CommandContext } from "./command.ts";

type FollowContext = Pick<CommandContext, "client" | "flush">;

/**
 * An object as it is now (undefined when there is none), and again each time it changes; ends when `timeout` (milliseconds, Infinity for
 * none) is over, or when the clock is held and nothing more can happen. What was printed is let go before time passes.
 * Models client-go tools/watch UntilWithSync.
 */
export async function* follow(
  resource: ResourceKey,
  namespace: string,
  name: string,
  timeout: number,
  context: FollowContext,
): AsyncGenerator<KubeObject | undefined> {
  let object: KubeObject | undefined;
  let synced = false;
  const options = {
    ...(namespace === "" ? {} : { namespace }),
    ...(timeout === Infinity ? {} : { timeoutSeconds: timeout / 1000 }),
    name,
    sendInitialEvents: true,
  };
  for await (const event of context.client.watch(resource, options)) {
    if (event.type === "BOOKMARK") synced = true;
    else object = event.type === "DELETED" ? undefined : event.object;
    if (!synced) continue;
    yield object;
    await context.flush();
  }
}

/** True when `reached` became true in time. */
export async function waitFor(
  of: { resource: ResourceKey; namespace: string; name: string; timeout: number },
  reached: (object: KubeObject | undefined) => boolean | Promise<boolean>,
  context: FollowContext,
): Promise<boolean> {
  for await (const object of follow(of.resource, of.namespace, of.name, of.timeout, context)) {
    if (await reached(object)) return true;
  }
  return false;
}
