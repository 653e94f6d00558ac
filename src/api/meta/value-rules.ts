import { byteLength } from "../encoding/text.ts";
import {
  dns1123LabelErrors,
  dns1123SubdomainErrors,
  dnsSubdomain,
  fits,
  lengthComplaint,
  patternComplaint,
} from "./names.ts";

/**
 * Rules for single values in specs: ports, percentages, keys, environment variables. Each function returns the list of complaints,
 * empty for a valid value. Models k8s.io/apimachinery pkg/util/validation/validation.go.
 */

const dns1035Label = "[a-z]([-a-z0-9]*[a-z0-9])?";
const wildcardSubdomain = `\\*\\.${dnsSubdomain}`;
const configKey = "[-._a-zA-Z0-9]+";

/** A rule for metadata.name; `prefix`: the text is a generateName, which may end in a dash. */
export type NameRule = (name: string, prefix: boolean) => string[];

// Models maskTrailingDash of k8s.io/apimachinery pkg/api/validation/generic.go, which drops two characters for the dash.
function masked(name: string, prefix: boolean): string {
  return prefix && name.length > 1 && name.endsWith("-") ? `${name.slice(0, -2)}a` : name;
}

export const nameIsDnsSubdomain: NameRule = (name, prefix) => dns1123SubdomainErrors(masked(name, prefix));
export const nameIsDnsLabel: NameRule = (name, prefix) => dns1123LabelErrors(masked(name, prefix));

/** The weakest rule for a name: what can stand in a URL path. Models pkg/api/validate/content/path.go. */
export const nameIsPathSegment: NameRule = (name, prefix) => {
  if (!prefix && (name === "." || name === "..")) return [`may not be '${name}'`];
  return ["/", "%"].filter((text) => name.includes(text)).map((text) => `may not contain '${text}'`);
};

export function dns1035LabelErrors(value: string): string[] {
  const errors: string[] = [];
  if (byteLength(value) > 63) errors.push(lengthComplaint(63, "characters"));
  if (!fits(dns1035Label, value))
    errors.push(
      patternComplaint(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
        dns1035Label,
        "my-name",
        "abc-123",
      ),
    );
  return errors;
}

export function wildcardSubdomainErrors(value: string): string[] {
  const errors: string[] = [];
  if (byteLength(value) > 253) errors.push(lengthComplaint(253, "characters"));
  if (!fits(wildcardSubdomain, value))
    errors.push(
      patternComplaint(
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
        wildcardSubdomain,
        "*.example.com",
      ),
    );
  return errors;
}

function rangeComplaint(low: number, high: number): string {
  return `must be between ${low} and ${high}, inclusive`;
}

export function rangeErrors(value: number, low: number, high: number): string[] {
  return value >= low && value <= high ? [] : [rangeComplaint(low, high)];
}

/** A port number, 1 to 65535. */
export function portNumberErrors(port: number): string[] {
  return rangeErrors(port, 1, 65535);
}

/** An IANA service name, as a container port's. */
export function portNameErrors(name: string): string[] {
  const errors: string[] = [];
  if (byteLength(name) > 15) errors.push(lengthComplaint(15, "characters"));
  if (!/^[-a-z0-9]+$/.test(name)) errors.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  if (!/[a-z]/.test(name)) errors.push("must contain at least one letter (a-z)");
  if (name.includes("--")) errors.push("must not contain consecutive hyphens");
  if (name.startsWith("-") || name.endsWith("-")) errors.push("must not begin or end with a hyphen");
  return errors;
}

export function percentErrors(value: string): string[] {
  if (/^[0-9]+%$/.test(value)) return [];
  const text = "a valid percent string must be a numeric string followed by an ending '%'";
  return [patternComplaint(text, "[0-9]+%", "1%", "93%")];
}

export function httpHeaderNameErrors(value: string): string[] {
  if (/^[-A-Za-z0-9]+$/.test(value)) return [];
  const text = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [patternComplaint(text, "[-A-Za-z0-9]+", "X-Header-Name")];
}

/** An environment variable's name: printable ASCII without `=`. Models IsRelaxedEnvVarName, the rule since 1.34. */
export function envVarNameErrors(value: string): string[] {
  if (value === "") return ["environment variable name must be non-empty"];
  if (/^[ -<>-~]*$/.test(value)) return [];
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** A key of a ConfigMap's or Secret's data: a file name. */
export function configKeyErrors(value: string): string[] {
  const errors: string[] = [];
  if (byteLength(value) > 253) errors.push(lengthComplaint(253, "characters"));
  if (!fits(configKey, value))
    errors.push(
      patternComplaint(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        configKey,
        "key.name",
        "KEY_NAME",
        "key-name",
      ),
    );
  if (value === "." || value === "..") errors.push(`must not be '${value}'`);
  else if (value.startsWith("..")) errors.push("must not start with '..'");
  return errors;
}
