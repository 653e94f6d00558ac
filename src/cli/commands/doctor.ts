import { absentService } from "../../admin/doctor/absent.ts";
import { doctor } from "../../admin/doctor/doctor.ts";
import type { Finding } from "../../admin/doctor/finding.ts";
import { rangeFindings, refusalFindings } from "../../admin/doctor/manifest.ts";
import type { JsonObject } from "../../api/json.ts";
import { ApiError } from "../../api/status.ts";
import type { Service } from "../../api/types/core.ts";
import { type CommandContext, CommandError, defineCommand, UsageError } from "../command.ts";
import { doctorText } from "../pictures/doctor-text.ts";
import { readManifests } from "../resources/manifests.ts";

interface Options {
  services: string[];
  allNamespaces: boolean;
  filenames: string[];
  output: string;
}

/** `kubemu doctor [svc/NAME …] [-f FILE]`: what is wrong with Services and what mends it. Exits with 1 when something is. */
export default defineCommand<Options>({
  complete({ path, args, flags }) {
    const services = args.map((arg) => {
      const name = /^(?:svc|service|services)\/(.+)$/.exec(arg)?.[1];
      if (name === undefined) throw new UsageError(path, `invalid argument "${arg}", expected svc/NAME`);
      return name;
    });
    return {
      services,
      allNamespaces: flags.bool("all-namespaces"),
      filenames: flags.list("filename"),
      output: flags.string("output"),
    };
  },
  validate({ output, services, allNamespaces }) {
    if (output !== "" && output !== "json")
      throw new CommandError(`unknown output format "${output}", must be one of: json`);
    if (allNamespaces && services.length > 0) throw new CommandError("a service cannot be named across all namespaces");
  },
  async run({ services, allNamespaces, filenames, output }, context) {
    const { client, admin, namespace, contextNamespace, streams, processes } = context;
    const snapshot = await admin.snapshot();
    const scope = { currentNamespace: contextNamespace, ...(allNamespaces ? {} : { namespace }) };
    const examined = services.length > 0 ? services : [undefined];
    const findings = await refusals(filenames, context);
    for (const service of examined) {
      const absent = service === undefined ? undefined : absentService(snapshot, { ...scope, namespace, service });
      // Nothing is near: the server says so.
      if (service !== undefined && !absent) await client.get("services", namespace, service);
      findings.push(...(absent ? [absent] : doctor(snapshot, { ...scope, ...(service ? { service } : {}) })));
    }
    const wrong = findings.filter((finding) => finding.severity === "error").length;
    if (output === "json") {
      const { emitJson } = await import("../../api/encoding/json-emit.ts");
      streams.out.write(`${emitJson({ problems: wrong, findings: JSON.parse(JSON.stringify(findings)) }, "    ")}\n`);
    } else {
      const { coloursOf } = await import("../pictures/colours.ts");
      streams.out.write(await doctorText(findings, coloursOf(streams.out, processes.env)));
    }
    return wrong > 0 ? 1 : 0;
  },
});

/** What the server says to the Services of manifests, without storing them. */
async function refusals(filenames: readonly string[], context: CommandContext): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { source, object } of await readManifests(filenames, context)) {
    if (object.kind !== "Service" || object.apiVersion !== "v1") continue;
    const metadata = (object.metadata ?? {}) as { name?: string; namespace?: string };
    const namespace = metadata.namespace ?? context.namespace;
    const snapshot = await context.admin.snapshot();
    const written = { service: object as unknown as Service, source, namespace };
    const outside = rangeFindings(snapshot, written);
    found.push(...outside);
    if (outside.length > 0) continue;
    try {
      await dryRun(object, metadata.name ?? "", namespace, context);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      found.push(...refusalFindings(snapshot, written, error.status));
    }
  }
  return found;
}

async function dryRun(body: JsonObject, name: string, namespace: string, { client }: CommandContext): Promise<void> {
  try {
    await client.get("services", namespace, name);
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== "NotFound") throw error;
    await client.create("services", namespace, body, { dryRun: true });
    return;
  }
  await client.patch("services", namespace, name, "merge", body, { dryRun: true });
}
