import { ApiError } from "../api/status.ts";
import { CommandError } from "./command.ts";

/** Nothing is printed; the exit status is all (kubectl's cmdutil.ErrExit). */
export class SilentExit extends CommandError {
  constructor(exitCode = 1) {
    super("", exitCode);
    this.name = "SilentExit";
  }
}

/** The message is printed as it is, without `error: ` before it (k8s.io/utils/exec ExitError). */
export class ProgramExit extends CommandError {
  constructor(message: string, exitCode: number) {
    super(message, exitCode);
    this.name = "ProgramExit";
  }
}

/** What the user named is no kind of the cluster's (apimachinery's meta.NoResourceMatchError). */
export class NoResourceMatchError extends CommandError {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  constructor(partial: { group?: string; version?: string; resource: string }) {
    const { group = "", version = "", resource } = partial;
    super(`no matches for ${group}/${version}, Resource=${resource}`);
    this.name = "NoResourceMatchError";
    this.group = group;
    this.version = version;
    this.resource = resource;
  }
}

/** An object's kind is unknown to the cluster (apimachinery's meta.NoKindMatchError). */
export class NoKindMatchError extends CommandError {
  constructor(kind: string, version: string) {
    super(`no matches for kind "${kind}" in version "${version}"`);
    this.name = "NoKindMatchError";
  }
}

/** Several failures in one, printed a line each. Models apimachinery util/errors Aggregate. */
export class AggregateFailure extends CommandError {
  readonly errors: readonly unknown[];
  constructor(errors: readonly unknown[]) {
    const texts = [...new Set(errors.map(messageOf))];
    super(texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`);
    this.name = "AggregateFailure";
    this.errors = errors;
  }
}

/** What is left of an error when those that `drop` knows are taken out; aggregates keep their form. Models FilterOut of apimachinery util/errors. */
export function withoutErrors(error: unknown, drop: (error: unknown) => boolean): unknown {
  if (!(error instanceof AggregateFailure)) return drop(error) ? undefined : error;
  const left = error.errors.map((one) => withoutErrors(one, drop)).filter((one) => one !== undefined);
  return left.length > 0 ? new AggregateFailure(left) : undefined;
}

/** Throws nothing for no errors, the one of one, else an aggregate of them. */
export function throwAll(errors: readonly unknown[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateFailure(errors);
}

/** Gathers an error, so that the rest is still done; throws that of a state file that cannot be used: the rest would fail of it too. */
export function gatherError(errors: unknown[], error: unknown): void {
  if (error instanceof ApiError && error.reason === "Unusable") throw error;
  errors.push(error);
}

/** The text of an error, without `error: ` or `Error from server` before it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Says what was being done to what source: `error when creating "web.yaml": …`. An error of the server stays one.
 * Models kubectl pkg/cmd/util/helpers.go (AddSourceToErr).
 */
export function addSource(verb: string, source: string, error: unknown): unknown {
  if (source === "") return error;
  const message = `error when ${verb} "${source}": ${messageOf(error)}`;
  if (error instanceof ApiError) return new ApiError({ ...error.status, message });
  if (error instanceof CommandError) return new CommandError(message, error.exitCode);
  return error;
}

/** The errors in an aggregate, and in aggregates in it. */
export function flatErrors(error: unknown): unknown[] {
  return error instanceof AggregateFailure ? error.errors.flatMap(flatErrors) : [error];
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.reason === "NotFound";
}

/** A failure that ends with another exit status than its own. */
export class StatusFailure extends CommandError {
  readonly failure: unknown;
  constructor(failure: unknown, exitCode: number) {
    super(messageOf(failure), exitCode);
    this.name = "StatusFailure";
    this.failure = failure;
  }
}

/** The failure with that exit status; an exit without words keeps its own. */
export function withStatus(failure: unknown, exitCode: number): unknown {
  return failure instanceof SilentExit ? failure : new StatusFailure(failure, exitCode);
}
