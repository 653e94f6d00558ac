import {
  ImageDescriptionError,
  imageOfDescription,
  plainImage,
  portNumber,
  referenceComplaint,
} from "../../../admin/images/describe-image.ts";
import type { KubeObject } from "../../../api/object.ts";
import { RECORDS } from "../../../api/records.ts";
import { type CommandContext, CommandError, defineCommand, UsageError } from "../../command.ts";

interface Options {
  /** Absent: the file names it. */
  reference?: string;
  ports: string[];
  http?: string;
  filename: string;
}

/** `kubemu image add NAME --port N --http TEXT`, or `-f FILE`. */
export default defineCommand<Options>({
  complete({ path, args, flags }) {
    const filename = flags.string("filename");
    if (args.length > 1 || (args.length === 0 && filename === ""))
      throw new UsageError(path, `exactly one NAME is required, got ${args.length}`);
    return {
      ...(args[0] === undefined ? {} : { reference: args[0] }),
      ports: flags.list("port"),
      ...(flags.changed("http") ? { http: flags.string("http") } : {}),
      filename,
    };
  },
  validate({ reference, ports, http, filename }) {
    if (filename !== "" && (ports.length > 0 || http !== undefined))
      throw new CommandError("--port and --http cannot be used with --filename");
    const complaint = reference === undefined ? undefined : referenceComplaint(reference);
    if (complaint !== undefined) throw new CommandError(complaint);
    if (filename === "" && ports.length === 0) throw new CommandError("at least one --port is required");
  },
  async run(options, context) {
    const image = await imageOf(options, context);
    const name = image.metadata.name ?? "";
    const known = (await context.admin.snapshot()).get(RECORDS.images, "", name) !== undefined;
    await context.admin.putRecord(RECORDS.images, image);
    context.streams.out.write(
      `image/${options.reference ?? decodeURIComponent(name)} ${known ? "changed" : "added"}\n`,
    );
  },
});

async function imageOf({ reference, ports, http, filename }: Options, context: CommandContext): Promise<KubeObject> {
  try {
    if (filename === "") {
      const numbers = ports.map((port) => portNumber(/^\d+$/.test(port) ? Number(port) : port, `--port ${port}`));
      return plainImage(reference!, numbers, http);
    }
    const { absolute, openError } = await import("../../resources/files.ts");
    const { DecodeError, readYaml } = await import("../../../api/encoding/yaml-read.ts");
    let text: string;
    try {
      text = (
        filename === "-" ? await context.streams.readInput() : context.files.read(absolute(filename, context))
      ).toString("utf8");
    } catch (error) {
      throw new CommandError(openError(filename, error));
    }
    try {
      return imageOfDescription(readYaml(text).json, reference);
    } catch (error) {
      if (error instanceof DecodeError) throw new CommandError(`error parsing ${filename}: ${error.message}`);
      throw error;
    }
  } catch (error) {
    if (!(error instanceof ImageDescriptionError)) throw error;
    throw new CommandError(filename === "" ? error.message : `${filename}: ${error.message}`);
  }
}
