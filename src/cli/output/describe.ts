import { loadBehaviour } from "../../api/kinds/load.ts";
import { loadDescriber } from "../../printers/describe/describers.ts";
import type { DescribePort } from "../../printers/describe/port.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { listInChunks } from "../resources/list-in-chunks.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

/** The description of one object, which is read anew from the server. Throws what the server answers. */
export async function describeObject(
  { mapping, namespace, name }: ResourceInfo,
  settings: { showEvents: boolean; chunkSize: number },
  context: CommandContext,
): Promise<string> {
  if (!mapping) throw new TypeError("a local object cannot be described");
  const port = portOf(settings, context);
  const describer = await loadDescriber(mapping.info.group, mapping.kind);
  // Where it has no describer of its own, another client is asked.
  if (name === "")
    throw new CommandError((await loadBehaviour(mapping.info)) ? "resource name may not be empty" : "name is required");
  return describer.describe(await port.get(describer.resource ?? mapping.resource, namespace, name), port);
}

/** What describers look up, through the client. */
export function portOf(
  settings: { showEvents: boolean; chunkSize: number },
  { client, clock }: CommandContext,
): DescribePort {
  return {
    now: clock.now(),
    showEvents: settings.showEvents,
    zoneOffset: (time) => -new Date(time).getTimezoneOffset(),
    get: (resource, namespace, name) => client.get(resource, namespace, name),
    list: (resource, namespace, { atOnce, ...selectors } = {}) =>
      listInChunks(client, resource, { namespace, ...selectors }, atOnce ? 0 : settings.chunkSize),
  };
}
