import { nodeAddress } from "../../../admin/env/minikube.ts";
import { defineCommand, UsageError } from "../../command.ts";

/** `minikube ip`. Models minikube cmd/minikube/cmd/ip.go. */
export default defineCommand({
  complete({ path, args }) {
    if (args.length > 0) throw new UsageError(path, `no arguments are expected, got ${args.length}`);
    return {};
  },
  async run(_, { admin, streams }) {
    streams.out.write(`${nodeAddress(await admin.snapshot())}\n`);
  },
});
