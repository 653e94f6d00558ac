import { goQuote } from "../api/encoding/go-quote.ts";
import { ApiError } from "../api/status.ts";
import { goErrorText } from "../platform/errno.ts";
import { CommandError, UsageError } from "./command.ts";
import { AggregateFailure, messageOf, NoResourceMatchError, ProgramExit, SilentExit, StatusFailure } from "./errors.ts";
import { COMMANDS } from "./root.ts";

export interface Report {
  /** For stderr, with its line ends; "" prints nothing. */
  text: string;
  exitCode: number;
}

/**
 * Words a failure and picks the exit status. Models kubectl pkg/cmd/util/helpers.go (checkErr, StandardErrorMessage).
 * What the system refuses (a full disk, a folder that may not be written) is told in Go's words.
 * What is no failure that kubemu knows is a bug in it: the text says so and asks for a report.
 */
export function reportError(thrown: unknown): Report {
  // One level of an aggregate of one is unwrapped: an aggregate in it is worded as several are.
  const error = thrown instanceof AggregateFailure && thrown.errors.length === 1 ? thrown.errors[0] : thrown;
  if (error instanceof StatusFailure) return { text: reportError(error.failure).text, exitCode: error.exitCode };
  if (error instanceof ApiError) {
    return { text: line(error.reason === "Invalid" ? wordInvalid(error) : wordServerError(error)), exitCode: 1 };
  }
  if (error instanceof AggregateFailure) {
    return { text: error.errors.map((one) => `${wordOne(one)}\n`).join(""), exitCode: 1 };
  }
  if (error instanceof CommandError) return { text: line(wordCommandError(error)), exitCode: error.exitCode };
  const refused = goErrorText(error);
  if (refused !== undefined) return { text: line(`error: ${refused}`), exitCode: 1 };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: line(`error: kubemu failed by a mistake of its own; please report it\n${detail}`), exitCode: 1 };
}

function line(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function wordCommandError(error: CommandError): string {
  if (error instanceof SilentExit) return "";
  if (error instanceof ProgramExit) return error.message;
  if (error instanceof NoResourceMatchError) {
    const parts = [
      error.group === "" ? "" : `group ${goQuote(error.group)}`,
      error.version === "" ? "" : `version ${goQuote(error.version)}`,
    ].filter((part) => part !== "");
    const where = parts.length === 0 ? "" : ` in ${parts.join(" and ")}`;
    return `the server doesn't have a resource type ${goQuote(error.resource)}${where}`;
  }
  const message =
    error instanceof UsageError
      ? `${error.message}\nSee '${commandLine(error.path)} -h' for help and examples`
      : error.message;
  return message.startsWith("error: ") ? message : `error: ${message}`;
}

/** `kubectl create service`: how texts name a command; kubemu's own go by its own name. */
export function commandLine(path: string): string {
  const program = COMMANDS.some((entry) => entry.own && entry.path === path) ? "kubemu" : "kubectl";
  return path === "" ? program : `${program} ${path}`;
}

/** One error in a list of several: the server's in their standard words, others bare (messageForError). */
function wordOne(error: unknown): string {
  return error instanceof ApiError ? wordServerError(error) : messageOf(error);
}

function wordServerError(error: ApiError): string {
  const { reason = "", message = "" } = error.status;
  if (reason === "NotSimulated" || reason === "Unusable") return `error: ${message}`;
  if (reason === "Unauthorized") return `error: You must be logged in to the server (${message})`;
  return reason === "" ? `Error from server: ${message}` : `Error from server (${reason}): ${message}`;
}

function wordInvalid(error: ApiError): string {
  const { details, message = "" } = error.status;
  const bare = "The request is invalid";
  if (!details) return message === "" ? bare : `${bare}: ${message}`;
  const causes = [...new Set((details.causes ?? []).map((cause) => `${cause.field ?? ""}: ${cause.message ?? ""}`))];
  let subject = bare;
  if (details.kind || details.name) subject = `The ${details.kind ?? ""} ${goQuote(details.name ?? "")} is invalid`;
  else if (message !== "" && causes.length === 0) subject = `${bare}: ${message}`;
  if (causes.length === 0) return subject;
  if (causes.length === 1) return `${subject}: ${causes[0]}\n`;
  return `${subject}: \n${causes.map((cause) => `* ${cause}\n`).join("")}`;
}
