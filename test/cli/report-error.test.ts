import { expect, it } from "vitest";
import { ApiError, field, invalid, notFound, notSimulated } from "../../src/api/status.ts";
import { CommandError, UsageError } from "../../src/cli/command.ts";
import { AggregateFailure, addSource, NoResourceMatchError, ProgramExit, SilentExit } from "../../src/cli/errors.ts";
import { reportError } from "../../src/cli/report-error.ts";

const services = { group: "", resource: "services" };
const service = { group: "", kind: "Service" };
const gone = notFound(services, "web");
const twoCauses = invalid(service, "web", [
  field.invalid("spec.ports[0].port", 0, "must be between 1 and 65535, inclusive"),
  field.required("spec.externalName"),
]);

// Rules: kubectl pkg/cmd/util/helpers.go; the first three texts are in transcripts 07 and 12.
it.each([
  [gone, 'Error from server (NotFound): services "web" not found\n', 1],
  [
    twoCauses,
    'The Service "web" is invalid: \n* spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive\n* spec.externalName: Required value\n',
    1,
  ],
  [
    invalid(service, "ext", [field.required("spec.externalName")]),
    'The Service "ext" is invalid: spec.externalName: Required value\n',
    1,
  ],
  [
    new ApiError({ reason: "Invalid", code: 422, message: "the patch is bad" }),
    "The request is invalid: the patch is bad\n",
    1,
  ],
  [
    new ApiError({
      reason: "Invalid",
      code: 422,
      message: "m",
      details: { causes: [{ field: "patch", message: "bad" }] },
    }),
    "The request is invalid: patch: bad\n",
    1,
  ],
  [new ApiError({ code: 500, message: "boom" }), "Error from server: boom\n", 1],
  [
    new ApiError({ reason: "Unauthorized", code: 401, message: "no" }),
    "error: You must be logged in to the server (no)\n",
    1,
  ],
  [notSimulated("kubectl top"), "error: kubemu does not simulate kubectl top\n", 1],
  [new CommandError("cannot expose a Node"), "error: cannot expose a Node\n", 1],
  [new CommandError("error: twice"), "error: twice\n", 1],
  [
    new UsageError("run", "NAME is required for run"),
    "error: NAME is required for run\nSee 'kubectl run -h' for help and examples\n",
    1,
  ],
  [new SilentExit(), "", 1],
  [new ProgramExit("command terminated with exit code 7", 7), "command terminated with exit code 7\n", 7],
  [new NoResourceMatchError({ resource: "x" }), 'the server doesn\'t have a resource type "x"\n', 1],
  [
    new NoResourceMatchError({ resource: "x", group: "g", version: "v" }),
    'the server doesn\'t have a resource type "x" in group "g" and version "v"\n',
    1,
  ],
  [
    new AggregateFailure([gone, new NoResourceMatchError({ resource: "x" }), new CommandError("no")]),
    'Error from server (NotFound): services "web" not found\nno matches for /, Resource=x\nno\n',
    1,
  ],
  [new AggregateFailure([gone]), 'Error from server (NotFound): services "web" not found\n', 1],
  [
    addSource("creating", "web.yaml", gone),
    'Error from server (NotFound): error when creating "web.yaml": services "web" not found\n',
    1,
  ],
  [addSource("creating", "web.yaml", new CommandError("no")), 'error: error when creating "web.yaml": no\n', 1],
])("%s", (error, text, exitCode) => {
  expect(reportError(error)).toEqual({ text, exitCode });
});
