import { exported } from "../../admin/transfer/export.ts";
import { defineCommand, UsageError } from "../command.ts";
import { objectWriter } from "../output/object-writer.ts";

interface Options {
  allNamespaces: boolean;
}

/** `kubemu export [-n NAMESPACE | -A]`: manifests that a real cluster accepts. */
export default defineCommand<Options>({
  complete({ path, args, flags }) {
    if (args.length > 0) throw new UsageError(path, `no arguments are expected, got ${args.length}`);
    return { allNamespaces: flags.bool("all-namespaces") };
  },
  async run({ allNamespaces }, { admin, client, namespace, namespaceGiven, streams }) {
    if (!allNamespaces && namespaceGiven) await client.get("namespaces", "", namespace);
    const objects = exported(await admin.snapshot(), allNamespaces ? undefined : namespace);
    if (objects.length === 0) {
      streams.err.write(`No resources found${allNamespaces ? "" : ` in ${namespace} namespace`}.\n`);
      return;
    }
    const { YamlPrinter } = await import("../../printers/yaml.ts");
    const printer = new YamlPrinter();
    for (const object of objects) printer.print(object, objectWriter(streams));
  },
});
