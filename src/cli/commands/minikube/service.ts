import { serviceUrls } from "../../../admin/env/minikube.ts";
import { notSimulated } from "../../../api/status.ts";
import type { Service } from "../../../api/types/core.ts";
import { CommandError, defineCommand, UsageError } from "../../command.ts";

interface Options {
  name: string;
  url: boolean;
}

/** `minikube service NAME --url`. Models minikube cmd/minikube/cmd/service.go; a browser is never opened. */
export default defineCommand<Options>({
  complete({ path, args, flags }) {
    if (args.length !== 1) throw new UsageError(path, `exactly one NAME is required, got ${args.length}`);
    return { name: args[0]!, url: flags.bool("url") };
  },
  validate({ url }) {
    if (!url) throw notSimulated("minikube service without --url");
  },
  async run({ name }, { admin, namespace, streams }) {
    const snapshot = await admin.snapshot();
    const service = snapshot.get<Service>("services", namespace, name);
    if (!service) throw new CommandError(`service '${name}' was not found in namespace '${namespace}'`, 115);
    const urls = serviceUrls(snapshot, service);
    if (urls.length === 0) throw new CommandError(`service ${namespace}/${name} has no node port`);
    streams.out.write(urls.map((url) => `${url}\n`).join(""));
  },
});
