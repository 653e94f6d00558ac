import { keyedSuffix } from "../../../api/keyed-random.ts";
import type { KubeObject } from "../../../api/object.ts";
import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import { type CreateOptions, completeCreate, createAndPrint } from "../../create-object.ts";

interface DeploymentOptions extends CreateOptions {
  images: string[];
  port: number;
  replicas: number;
  command: string[];
  /** One for each image. */
  containerNames: string[];
}

/** `create deployment NAME --image=image`. Models kubectl pkg/cmd/create/create_deployment.go. */
export default defineCommand<DeploymentOptions>({
  async complete(invocation, context) {
    const { flags, args } = invocation;
    const containerNames: string[] = [];
    for (const image of flags.list("image")) containerNames.push(await containerName(image, context));
    return {
      ...(await completeCreate(invocation, context)),
      images: flags.list("image"),
      port: flags.int("port"),
      replicas: flags.int("replicas"),
      command: args.slice(1),
      containerNames,
    };
  },
  validate({ images, command }) {
    if (images.length > 1 && command.length > 0) {
      throw new CommandError("cannot specify multiple --image options and command");
    }
  },
  run(options, context) {
    const extra = { saveConfig: options.flags.bool("save-config"), failure: "failed to create deployment: " };
    return createAndPrint(deploymentObject(options), "deployments.apps", { ...options, ...extra }, context);
  },
});

function deploymentObject(options: DeploymentOptions): KubeObject {
  const { name, objectNamespace, images, command, port, replicas } = options;
  const labels = { app: name };
  const containers = images.map((image, index) => ({
    name: options.containerNames[index]!,
    image,
    ...(command.length === 0 ? {} : { command }),
    ...(index === 0 && port >= 0 ? { ports: [{ containerPort: port }] } : {}),
  }));
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, ...(objectNamespace === "" ? {} : { namespace: objectNamespace }), labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
    },
  };
}

/** The image's own name; one that is no DNS label is mended and gets a random ending. Models sanitizeAndUniquify. */
async function containerName(image: string, context: CommandContext): Promise<string> {
  const name = image
    .slice(image.lastIndexOf("/") + 1)
    .split(":")[0]!
    .split("@")[0]!;
  if (!/[_.]/.test(name)) return name;
  const { seed } = (await context.admin.snapshot()).cluster;
  return `${name.replace(/[_.]/g, "-")}-${keyedSuffix(5, seed, "container name", image, context.clock.now())}`;
}
