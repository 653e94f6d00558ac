import { parseGoUrl } from "../meta/go-url.ts";
import { dns1123SubdomainErrors } from "../meta/names.ts";
import { labelSelectorErrors } from "../meta/object-meta.ts";
import { ParseError } from "../meta/parse-error.ts";
import { dns1035LabelErrors, portNumberErrors } from "../meta/value-rules.ts";
import type { KubeObject, LabelSelector } from "../object.ts";
import { type FieldError, field } from "../status.ts";
import {
  failurePolicyErrors,
  type MatchCondition,
  matchConditionsErrors,
  matchPolicyErrors,
  oneOfErrors,
  REINVOCATION_POLICIES,
  type Rule,
  ruleErrors,
  setRuleDefaults,
} from "./admission-rules.ts";
import type { KindBehaviour } from "./kind.ts";

/** The two kinds of webhook configurations. Models kubernetes pkg/apis/admissionregistration/validation/validation.go and v1/defaults.go. */

interface Webhook {
  name?: string;
  clientConfig?: { url?: string; service?: { name?: string; namespace?: string; path?: string; port?: number } };
  rules?: Rule[];
  failurePolicy?: string;
  matchPolicy?: string;
  namespaceSelector?: LabelSelector;
  objectSelector?: LabelSelector;
  sideEffects?: string;
  timeoutSeconds?: number;
  admissionReviewVersions?: string[];
  matchConditions?: MatchCondition[];
  reinvocationPolicy?: string;
}

interface WebhookConfiguration extends KubeObject {
  webhooks?: Webhook[];
}

const NO_SIDE_EFFECTS = ["None", "NoneOnDryRun"];
const REVIEW_VERSIONS = ["v1", "v1beta1"];
const STATIC_SUFFIX = ".static.k8s.io";

/** `mutating`: a webhook that changes objects may be asked again. */
export function webhookBehaviour(mutating: boolean): KindBehaviour<WebhookConfiguration> {
  const validate = ({ webhooks = [] }: WebhookConfiguration) =>
    webhooks.flatMap((webhook, i) => {
      const path = `webhooks[${i}]`;
      const { name } = webhook;
      const again = name && webhooks.findIndex((other) => other.name === name) < i;
      return [
        ...webhookErrors(webhook, path),
        ...reviewVersionsErrors(webhook.admissionReviewVersions ?? [], `${path}.admissionReviewVersions`),
        ...(again ? [field.duplicate(`${path}.name`, name)] : []),
      ];
    });
  return {
    anyFinalizers: true,
    hasGeneration: true,
    setDefaults({ webhooks = [] }) {
      for (const webhook of webhooks) {
        webhook.failurePolicy ??= "Fail";
        webhook.matchPolicy ??= "Equivalent";
        webhook.namespaceSelector ??= {};
        webhook.objectSelector ??= {};
        webhook.timeoutSeconds ??= 10;
        if (mutating) webhook.reinvocationPolicy ??= "Never";
        setRuleDefaults(webhook.rules);
        if (webhook.clientConfig?.service) webhook.clientConfig.service.port ??= 443;
      }
    },
    validate,
    validateUpdate: validate,
    warnings: ({ metadata }) =>
      metadata.name?.endsWith(STATIC_SUFFIX)
        ? [
            `metadata.name: names ending with "${STATIC_SUFFIX}" are reserved for static manifest-based configurations and cannot be managed via the API`,
          ]
        : [],
  };
}

/** Models validateValidatingWebhook and validateMutatingWebhook. */
function webhookErrors(webhook: Webhook, path: string): FieldError[] {
  const { rules = [], sideEffects, timeoutSeconds: timeout, matchConditions = [] } = webhook;
  const errors = [
    ...nameErrors(webhook.name ?? "", `${path}.name`),
    ...rules.flatMap((rule, i) => ruleErrors(rule, `${path}.rules[${i}]`)),
    ...failurePolicyErrors(webhook.failurePolicy, path),
    ...matchPolicyErrors(webhook.matchPolicy, path),
  ];
  const effects = `${path}.sideEffects`;
  if (sideEffects === undefined)
    errors.push(field.required(effects, `must specify one of ${NO_SIDE_EFFECTS.join(", ")}`));
  errors.push(...oneOfErrors(sideEffects, NO_SIDE_EFFECTS, effects));
  if (timeout !== undefined && (timeout > 30 || timeout < 1))
    errors.push(field.invalid(`${path}.timeoutSeconds`, timeout, "the timeout value must be between 1 and 30 seconds"));
  return [
    ...errors,
    ...labelSelectorErrors(webhook.namespaceSelector, `${path}.namespaceSelector`),
    ...labelSelectorErrors(webhook.objectSelector, `${path}.objectSelector`),
    ...oneOfErrors(webhook.reinvocationPolicy, REINVOCATION_POLICIES, `${path}.reinvocationPolicy`),
    ...clientErrors(webhook.clientConfig ?? {}, `${path}.clientConfig`),
    ...matchConditionsErrors(matchConditions, `${path}.matchConditions`),
  ];
}

/** Models IsFullyQualifiedName of apimachinery pkg/util/validation. */
function nameErrors(name: string, path: string): FieldError[] {
  if (name === "") return [field.required(path)];
  const wrong = dns1123SubdomainErrors(name);
  if (wrong.length > 0) return [field.invalid(path, name, wrong.join(","))];
  const few = name.split(".").length < 3;
  return few ? [field.invalid(path, name, "should be a domain with at least three segments separated by dots")] : [];
}

function reviewVersionsErrors(versions: string[], path: string): FieldError[] {
  if (versions.length === 0) return [field.required(path, `must specify one of ${REVIEW_VERSIONS.join(", ")}`)];
  const errors = versions.flatMap((version, i) =>
    versions.indexOf(version) < i
      ? [field.invalid(`${path}[${i}]`, version, "duplicate version")]
      : dns1035LabelErrors(version).map((error) => field.invalid(`${path}[${i}]`, version, error)),
  );
  if (!versions.some((version) => REVIEW_VERSIONS.includes(version)))
    errors.push(field.invalid(path, versions, `must include at least one of ${REVIEW_VERSIONS.join(", ")}`));
  return errors;
}

function clientErrors({ url, service }: NonNullable<Webhook["clientConfig"]>, path: string): FieldError[] {
  if ((url === undefined) === (service === undefined))
    return [field.required(path, "exactly one of url or service is required")];
  return service ? serviceErrors(service, `${path}.service`) : urlErrors(url!, `${path}.url`);
}

/** Models ValidateWebhookURL of apiserver pkg/util/webhook/validation.go. */
function urlErrors(text: string, path: string): FieldError[] {
  const form = "; desired format: https://host[/path]";
  let url: ReturnType<typeof parseGoUrl>;
  try {
    url = parseGoUrl(text);
  } catch (error) {
    if (error instanceof ParseError) return [field.required(path, `url must be a valid URL: ${error.message}${form}`)];
    throw error;
  }
  const errors: FieldError[] = [];
  const { scheme, host, user, fragment, query } = url;
  if (scheme !== "https") errors.push(field.invalid(path, scheme, `'https' is the only allowed URL scheme${form}`));
  if (host === "") errors.push(field.invalid(path, "", `host must be specified${form}`));
  if (user !== undefined) errors.push(field.invalid(path, user, "user information is not permitted in the URL"));
  if (fragment) errors.push(field.invalid(path, fragment, "fragments are not permitted in the URL"));
  if (query) errors.push(field.invalid(path, query, "query parameters are not permitted in the URL"));
  return errors;
}

/** Models ValidateWebhookService, which its caller gives name and namespace the wrong way round. */
function serviceErrors(
  { name, namespace, path: target = "", port = 0 }: NonNullable<NonNullable<Webhook["clientConfig"]>["service"]>,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!namespace) errors.push(field.required(`${path}.name`));
  if (!name) errors.push(field.required(`${path}.namespace`));
  const wrongPort = portNumberErrors(port);
  if (wrongPort.length > 0)
    errors.push(field.invalid(`${path}.port`, port, `port is not valid: ${wrongPort.join(", ")}`));
  if (target === "" || target === "/") return errors;
  const complain = (text: string) => errors.push(field.invalid(`${path}.path`, target, text));
  if (target === "//") complain("segment[0] may not be empty");
  else {
    if (!target.startsWith("/")) complain("must start with a '/'");
    for (const [i, step] of target.slice(1).replace(/\/$/, "").split("/").entries())
      if (step === "") complain(`segment[${i}] may not be empty`);
      else for (const wrong of dns1123SubdomainErrors(step)) complain(`segment[${i}]: ${wrong}`);
  }
  return errors;
}
