import { decodeText, encodeText } from "../api/encoding/text.ts";
import { notSimulated } from "../api/status.ts";
import type { Reply } from "../images/image.ts";
import type { Program, ProgramContext } from "./program.ts";

/** `redis-cli [-h HOST] [-p PORT] COMMAND …`. Models redis src/redis-cli.c. */
export const program: Program = {
  async run(argv, context) {
    let host = "127.0.0.1";
    let port = 6379;
    let formatted = context.isTerminal;
    let at = 0;
    for (; argv[at]?.startsWith("-"); at++) {
      const option = argv[at];
      if (option === "-h") host = argv[++at] ?? host;
      else if (option === "-p") port = Number(argv[++at]);
      else if (option === "--raw") formatted = false;
      else if (option === "--no-raw") formatted = true;
      else throw notSimulated(`redis-cli ${option}`);
    }
    const message = argv.slice(at);
    const typed = message.length > 0 ? [message] : wordsOfLines(decodeText(await context.stdin()));
    let status = 0;
    for (const words of typed) status = say(context, host, port, words, formatted);
    return status;
  },
};

const wordsOfLines = (text: string) =>
  text.split("\n").flatMap((line) => (line.trim() ? [line.trim().split(/\s+/)] : []));

function say(context: ProgramContext, host: string, port: number, message: string[], formatted: boolean): number {
  const { network } = context;
  const [address] = network.resolve(host).addresses;
  const fail = (why: string) => {
    context.err(`Could not connect to Redis at ${host}:${port}: ${why}\n`);
    return 1;
  };
  if (address === undefined) return fail("Name or service not known");
  const path = network.connect(address, port, "TCP");
  if (path.verdict === "refused") return fail("Connection refused");
  if (path.verdict === "noRoute") return fail("No route to host");
  if (path.verdict !== "answered") return fail("Connection timed out");
  const reply = network.converse(path, message);
  if (reply === undefined) {
    context.err("Error: Server closed the connection\n");
    return 1;
  }
  const text = formatted ? shown(reply, "") : plain(reply);
  context.out(text.endsWith("\n") && formatted ? text : `${text}\n`);
  return 0;
}

/** Models cliFormatReplyRaw. */
function plain(reply: Reply): string {
  if (reply === null) return "";
  if (typeof reply !== "object") return String(reply);
  if ("status" in reply) return reply.status;
  if ("error" in reply) return `${reply.error}\n`;
  return reply.map(plain).join("\n");
}

/** Models cliFormatReplyTTY. */
function shown(reply: Reply, indent: string): string {
  if (reply === null) return "(nil)\n";
  if (typeof reply === "number") return `(integer) ${reply}\n`;
  if (typeof reply === "string") return `${quoted(reply)}\n`;
  if ("status" in reply) return `${reply.status}\n`;
  if ("error" in reply) return `(error) ${reply.error}\n`;
  if (reply.length === 0) return "(empty array)\n";
  const width = String(reply.length).length;
  return reply
    .map((item, i) => {
      const label = `${String(i + 1).padStart(width)}) `;
      return `${i === 0 ? "" : indent}${label}${shown(item, indent + " ".repeat(label.length))}`;
    })
    .join("");
}

/** Models sdscatrepr: every byte outside ASCII as `\xNN`. */
function quoted(text: string): string {
  const known: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const bytes = [...encodeText(text)].map((byte) => {
    const ch = String.fromCharCode(byte);
    return known[ch] ?? (byte >= 32 && byte < 127 ? ch : `\\x${byte.toString(16).padStart(2, "0")}`);
  });
  return `"${bytes.join("")}"`;
}
