import type { StructFields } from "../../api/encoding/json-emit.ts";
import { compareStrings } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { TABLE_LAYOUT, TabWriter } from "../../printers/tabwriter.ts";
import { CommandError, defineCommand, type Invocation, UsageError } from "../command.ts";
import { type DiscoveredResource, preferredResources } from "../discovery.ts";
import type { FlagValues } from "../flags/values.ts";
import { dataPrinter, noPrinter, outputOptions } from "../output/print-flags.ts";

const FORMATS = ["json", "yaml", "kyaml", "name", "wide"];

// Models apimachinery pkg/apis/meta/v1/types.go (APIResourceList, APIResource).
const FIELDS: StructFields = {
  kind: null,
  apiVersion: null,
  groupVersion: null,
  resources: {
    name: null,
    singularName: null,
    namespaced: null,
    group: null,
    version: null,
    kind: null,
    verbs: null,
    shortNames: null,
    categories: null,
  },
};

/** Models kubectl pkg/cmd/apiresources/apiresources.go. */
export default defineCommand<Invocation>({
  async complete(invocation, context) {
    const { flags, args, path } = invocation;
    if (args.length > 0) throw new UsageError(path, `unexpected arguments: [${args.join(" ")}]`);
    context.checkConfig();
    const output = flags.string("output");
    const data = await dataPrinter(outputOptions(flags), context);
    if (!data && !["", "wide", "name"].includes(output)) throw noPrinter(output, FORMATS, context.processes.env);
    return invocation;
  },
  validate({ flags }) {
    if (!["", "name", "kind"].includes(flags.string("sort-by"))) {
      throw new CommandError("--sort-by accepts only name or kind");
    }
  },
  async run({ flags }, context) {
    const resources = chosen(await preferredResources(context.client), flags);
    const write = (text: string) => context.streams.out.write(text);
    const printer = await dataPrinter({ ...outputOptions(flags), fields: FIELDS }, context);
    const output = flags.string("output");
    if (printer) {
      // The documents that kubectl asks for have no such field.
      const shown = resources.map(({ storageVersionHash: _, ...resource }) => resource);
      const list = { kind: "APIResourceList", apiVersion: "v1", groupVersion: "", resources: shown };
      printer.print(list as unknown as KubeObject, write);
    } else if (output === "name") {
      write(resources.map(({ name, group }) => `${name}${group === "" ? "" : `.${group}`}\n`).join(""));
    } else printTable(resources, output === "wide", flags.bool("no-headers"), write);
  },
});

function chosen(resources: DiscoveredResource[], flags: FlagValues): DiscoveredResource[] {
  const [verbs, categories] = [flags.list("verbs"), flags.list("categories")];
  const sortBy = flags.string("sort-by");
  const key = (resource: DiscoveredResource) =>
    sortBy === "name" ? resource.name : sortBy === "kind" ? resource.kind : resource.group;
  return resources
    .filter(
      (resource) =>
        (!flags.changed("api-group") || resource.group === flags.string("api-group")) &&
        (!flags.changed("namespaced") || resource.namespaced === flags.bool("namespaced")) &&
        verbs.every((verb) => resource.verbs.includes(verb)) &&
        categories.every((category) => resource.categories?.includes(category)),
    )
    .sort((a, b) => compareStrings(key(a), key(b)) || compareStrings(a.name, b.name));
}

function printTable(
  resources: DiscoveredResource[],
  wide: boolean,
  noHeaders: boolean,
  write: (text: string) => void,
): void {
  const tabs = new TabWriter(write, TABLE_LAYOUT);
  const headers = ["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND", ...(wide ? ["VERBS", "CATEGORIES"] : [])];
  if (!noHeaders) tabs.write(`${headers.join("\t")}\n`);
  for (const { name, shortNames = [], group, version, namespaced, kind, verbs, categories = [] } of resources) {
    const apiVersion = group === "" ? version : `${group}/${version}`;
    const cells = [name, shortNames.join(","), apiVersion, String(namespaced), kind];
    if (wide) cells.push(verbs.join(","), categories.join(","));
    tabs.write(`${cells.join("\t")}\n`);
  }
  tabs.flush();
}
