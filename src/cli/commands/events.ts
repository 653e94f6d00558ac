import type { StructFields } from "../../api/encoding/json-emit.ts";
import { apiVersionOf } from "../../api/registry.ts";
import { resolveResource } from "../../api/resource-names.ts";
import { structOf } from "../../api/schema/struct-fields.ts";
import type { Event } from "../../api/types/core.ts";
import { TABLE_LAYOUT, TabWriter } from "../../printers/tabwriter.ts";
import { type CommandContext, CommandError, defineCommand, type Invocation } from "../command.ts";
import { NoResourceMatchError } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { EventTable, sortedEvents } from "../output/event-table.ts";
import { objectWriter } from "../output/object-writer.ts";
import { printerFor } from "../output/print-flags.ts";
import { typedObject } from "../typed-object.ts";
import { untilInterrupted } from "../watching.ts";

interface Options {
  flags: FlagValues;
  /** "" for all. */
  namespace: string;
  fieldSelector: string;
  types: readonly string[];
}

/** Prints an event or all of them. */
type Show = (events: Event | Event[]) => Promise<void>;

/** `events`. Models kubectl pkg/cmd/events/events.go. */
export default defineCommand<Options>({
  async complete({ flags }: Invocation, context) {
    const { namespace } = context;
    // With --for the server is asked for its resources.
    if (flags.string("for") !== "") context.checkConfig();
    const fieldSelector = selectorFor(flags.string("for"), context);
    context.checkConfig();
    if (flags.string("output") !== "") await printerFor(flags, context, "events");
    return {
      flags,
      namespace: flags.bool("all-namespaces") ? "" : namespace,
      fieldSelector,
      types: flags.list("types"),
    };
  },
  validate({ types }) {
    for (const type of types) {
      if (!["normal", "warning"].includes(type.toLowerCase())) {
        throw new CommandError("valid --types are Normal or Warning");
      }
    }
  },
  async run({ flags, namespace, fieldSelector, types }, context) {
    const tabs = new TabWriter(objectWriter(context.streams), TABLE_LAYOUT);
    const show = showOf(flags, context, tabs);
    const wanted = ({ type = "" }: Event) =>
      types.length === 0 || types.some((one) => one.toLowerCase() === type.toLowerCase());
    const selection = {
      ...(namespace === "" ? {} : { namespace }),
      ...(fieldSelector === "" ? {} : { fieldSelector }),
    };
    if (flags.bool("watch")) {
      return untilInterrupted(flags, context, async (limits) => {
        for await (const { type, object } of context.client.watch("events", { ...selection, ...limits })) {
          // Old events are deleted: nobody is told.
          if (type === "DELETED" || !wanted(object as Event)) continue;
          await show(object as Event);
          tabs.flush();
          await context.flush();
        }
      });
    }
    const { items } = await context.client.list("events", selection);
    const events = sortedEvents((items as Event[]).filter(wanted));
    if (events.length === 0) {
      context.streams.err.write(`No events found${namespace === "" ? "" : ` in ${namespace} namespace`}.\n`);
      return 0;
    }
    await show(events);
    tabs.flush();
    return 0;
  },
});

/** The field selector of `--for TYPE/NAME`. Throws CommandError. Models decodeResourceTypeName. */
function selectorFor(text: string, context: CommandContext): string {
  if (text === "") return "";
  const [type = "", name, more] = text.split("/");
  if (name === undefined) throw new CommandError("--for must be in resource/name form");
  if (more !== undefined) {
    throw new CommandError("arguments in resource/name form may not have more than one slash");
  }
  const lower = type.toLowerCase();
  const found = resolveResource(lower);
  if (!found) {
    const [resource = "", ...group] = lower.split(".");
    throw new NoResourceMatchError({ resource, group: group.join(".") });
  }
  for (const warning of found.warnings) context.warn(warning);
  if (name === "") return "";
  const apiVersion = apiVersionOf(found.info, found.version);
  return `involvedObject.kind=${found.info.kind},involvedObject.apiVersion=${apiVersion},involvedObject.name=${name}`;
}

/** The table, or with -o the events as kubectl's own types write them. */
function showOf(flags: FlagValues, context: CommandContext, tabs: TabWriter): Show {
  const write = (text: string) => tabs.write(text);
  if (flags.string("output") === "") {
    const table = new EventTable({ noHeaders: flags.bool("no-headers"), withNamespace: flags.bool("all-namespaces") });
    return async (events) => table.print(Array.isArray(events) ? events : [events], context.clock.now(), write);
  }
  return dataShow(flags, context, write);
}

async function eventFields(list: boolean): Promise<StructFields | null> {
  const event = await structOf({ apiVersion: "v1", kind: "Event" });
  return list ? { kind: null, apiVersion: null, metadata: null, items: event } : event;
}

function dataShow(flags: FlagValues, context: CommandContext, write: (text: string) => void): Show {
  const printer = printerFor(flags, context, "events");
  const format = flags.string("output").toLowerCase();
  return async (events) => {
    const list = Array.isArray(events);
    // The name printer refuses typed lists, and the command does not look at what its printer answers.
    if (list && format === "name") return;
    const typed = await Promise.all((list ? events : [events]).map((event) => typedObject(event)));
    const items = typed.map(({ object }) => object);
    const printed = list ? { kind: "EventList", apiVersion: "v1", metadata: {}, items } : items[0]!;
    // JSON and KYAML keep the fields' order and no state.
    const one = ["json", "kyaml"].includes(format)
      ? await printerFor(flags, context, "events", await eventFields(list))
      : await printer;
    try {
      one.print(printed, write);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
    }
  };
}
