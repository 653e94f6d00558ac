import { trace } from "../../admin/trace/trace.ts";
import { CurlError } from "../../programs/curl/error.ts";
import { parseUrl } from "../../programs/curl/url.ts";
import { type CommandContext, CommandError, defineCommand, UsageError } from "../command.ts";
import { type CurlRun, dryCurl } from "../pictures/dry-curl.ts";
import type { TraceReport } from "../pictures/trace-report.ts";
import { targetOf } from "../pod-programs/place-argument.ts";

interface Options {
  url: string;
  from: string;
  output: string;
}

const FORMATS = ["json", "mermaid", "dot"];

/** `kubemu trace URL [--from PLACE] [-o FORMAT]`: the way of a connection, as data or as a picture. Nothing is recorded. */
export default defineCommand<Options>({
  complete({ path, args, flags }) {
    if (args.length !== 1) throw new UsageError(path, `exactly one URL is required, got ${args.length}`);
    return { url: args[0]!, from: flags.string("from"), output: flags.string("output") };
  },
  validate({ output }) {
    if (output !== "" && !FORMATS.includes(output))
      throw new CommandError(`unknown output format "${output}", must be one of: ${FORMATS.join(", ")}`);
  },
  async run({ url, from, output }, context) {
    const report = await reportOf(url, from, context);
    context.streams.out.write(await draw(report, output, context));
  },
});

async function reportOf(url: string, from: string, context: CommandContext): Promise<TraceReport> {
  const target = await targetOf(from, "", true, context);
  const { host, port } = parse(url);
  const { open, curl } = await dryCurl(url, target, context);
  const place =
    target.kind === "container"
      ? `pod/${target.pod.metadata.name}`
      : target.kind === "node"
        ? `node/${target.name}`
        : "host";
  return {
    url,
    from: place,
    ...trace(open.snapshot, open.place.where, host, port, "TCP"),
    curl: curl satisfies CurlRun,
  };
}

function parse(url: string) {
  try {
    return parseUrl(url);
  } catch (error) {
    if (error instanceof CurlError) throw new CommandError(`cannot trace "${url}": ${error.message}`);
    throw error;
  }
}

async function draw(report: TraceReport, output: string, { streams, processes }: CommandContext): Promise<string> {
  if (output === "json") {
    const { emitJson } = await import("../../api/encoding/json-emit.ts");
    return `${emitJson(JSON.parse(JSON.stringify(report)), "    ")}\n`;
  }
  if (output !== "") {
    const { dotOf, mermaidOf } = await import("../pictures/trace-graph.ts");
    return output === "dot" ? dotOf(report) : mermaidOf(report);
  }
  const { coloursOf } = await import("../pictures/colours.ts");
  const { tracePicture } = await import("../pictures/trace-picture.ts");
  return await tracePicture(report, coloursOf(streams.out, processes.env));
}
