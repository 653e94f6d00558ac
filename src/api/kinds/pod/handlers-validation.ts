import { invalidEach, nonnegativeErrors } from "../../meta/object-meta.ts";
import { httpHeaderNameErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { HTTPGetAction, LifecycleHandler, PodSpec, Probe } from "../../types/core.ts";
import { portNumberOrNameErrors } from "../shared-rules.ts";

/** Probes and lifecycle hooks. Models validateProbe and validateHandler of kubernetes pkg/apis/core/validation/validation.go. */

type Handler = Pick<Probe, "exec" | "httpGet" | "tcpSocket" | "grpc"> & Pick<LifecycleHandler, "sleep">;

export function handlerErrors(handler: Handler, spec: PodSpec, path: string): FieldError[] {
  const errors: FieldError[] = [];
  let count = 0;
  const check = (name: keyof Handler, run: () => FieldError[]) => {
    if (!handler[name]) return;
    if (count > 0) errors.push(field.forbidden(`${path}.${name}`, "may not specify more than 1 handler type"));
    else errors.push(...run());
    count++;
  };
  check("exec", () => (handler.exec!.command?.length ? [] : [field.required(`${path}.exec.command`)]));
  check("httpGet", () => httpGetErrors(handler.httpGet!, `${path}.httpGet`));
  check("tcpSocket", () => portNumberOrNameErrors(`${path}.tcpSocket.port`, handler.tcpSocket!.port ?? 0));
  check("grpc", () => portNumberOrNameErrors(`${path}.grpc.port`, handler.grpc!.port ?? 0));
  check("sleep", () => sleepErrors(handler.sleep!.seconds ?? 0, spec, `${path}.sleep`));
  if (count === 0) errors.push(field.required(path, "must specify a handler type"));
  return errors;
}

function sleepErrors(seconds: number, spec: PodSpec, path: string): FieldError[] {
  const grace = spec.terminationGracePeriodSeconds ?? 0;
  if (seconds >= 0 && seconds <= grace) return [];
  const text = `must be non-negative and less than terminationGracePeriodSeconds (${grace})`;
  return [field.invalid(path, seconds, text)];
}

function httpGetErrors(action: HTTPGetAction, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!action.path) errors.push(field.required(`${path}.path`));
  errors.push(...portNumberOrNameErrors(`${path}.port`, action.port ?? 0));
  if (action.scheme !== "HTTP" && action.scheme !== "HTTPS")
    errors.push(field.notSupported(`${path}.scheme`, action.scheme ?? "", ["HTTP", "HTTPS"]));
  for (const { name } of action.httpHeaders ?? [])
    errors.push(...invalidEach(`${path}.httpHeaders`, name, httpHeaderNameErrors(name)));
  return errors;
}

export function probeErrors(
  probe: Probe | undefined,
  kind: "liveness" | "readiness" | "startup",
  spec: PodSpec,
  path: string,
): FieldError[] {
  if (!probe) return [];
  const errors = handlerErrors(probe, spec, path);
  for (const name of [
    "initialDelaySeconds",
    "timeoutSeconds",
    "periodSeconds",
    "successThreshold",
    "failureThreshold",
  ] as const)
    errors.push(...nonnegativeErrors(probe[name], `${path}.${name}`));
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0)
    errors.push(field.invalid(`${path}.terminationGracePeriodSeconds`, grace, "must be greater than 0"));
  if (kind === "readiness") {
    if (grace !== undefined)
      errors.push(field.invalid(`${path}.terminationGracePeriodSeconds`, grace, "must not be set for readinessProbes"));
  } else if (probe.successThreshold !== 1)
    errors.push(field.invalid(`${path}.successThreshold`, probe.successThreshold ?? 0, "must be 1"));
  return errors;
}
