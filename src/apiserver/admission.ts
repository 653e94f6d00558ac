import { compareStrings } from "../api/json.ts";
import { parseQuantity } from "../api/meta/quantity.ts";
import type { KubeObject } from "../api/object.ts";
import { ApiError, forbidden, notFound } from "../api/status.ts";
import type { Namespace, PersistentVolumeClaim, Pod } from "../api/types/core.ts";
import type { Ingress } from "../api/types/networking.ts";
import { groupResourceOf, type Request } from "./request.ts";

const SIGNING_REQUESTS = "certificatesigningrequests.certificates.k8s.io";

/** The admission plugins that matter here. Models kubernetes plugin/pkg/admission. @throws ApiError */
export async function admitCreate(request: Request, object: KubeObject): Promise<void> {
  if (request.info.namespaced) checkNamespace(request, object);
  if (request.key === "ingresses.networking.k8s.io") giveClass(request, object as Ingress);
  if (request.key === SIGNING_REQUESTS) (await import("./certificates.ts")).fillRequester(request, object);
  if (request.key === "pods") {
    const { admitPod } = await import("../api/kinds/pod/admission.ts");
    admitPod(object as Pod, request.world.objects);
    if (request.world.objects.list("limitranges", object.metadata.namespace ?? "").length) {
      const { fillLimits } = await import("./limit-ranges.ts");
      fillLimits(request, object as Pod);
    }
  }
}

/** One class alone may be the default. Models plugin/pkg/admission/priority. @throws ApiError Forbidden */
function checkDefaultPriority({ world, info }: Request, object: KubeObject): void {
  const other = world.objects
    .list<KubeObject & { globalDefault?: boolean }>("priorityclasses.scheduling.k8s.io")
    .find(({ globalDefault, metadata }) => globalDefault && metadata.name !== object.metadata.name);
  if (!object.globalDefault || !other) return;
  const text = `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`;
  throw forbidden(groupResourceOf(info), object.metadata.name ?? "", text);
}

/** What may refuse an object that is valid: after all else, before it is stored. @throws ApiError Forbidden */
export async function admitValid(request: Request, object: KubeObject, previous?: KubeObject): Promise<void> {
  const { key, world, subresource } = request;
  const namespace = object.metadata.namespace ?? "";
  if (key === "priorityclasses.scheduling.k8s.io") checkDefaultPriority(request, object);
  if (key === SIGNING_REQUESTS) (await import("./certificates.ts")).admitSigningRequest(request, object, previous);
  if (!namespace || subresource !== "") return;
  if (key === "pods" && !previous && (object as Pod).spec?.overhead)
    (await import("../api/kinds/pod/admission.ts")).admitOverhead(object as Pod, world.objects);
  if (key === "persistentvolumeclaims" && previous) checkGrowth(request, object, previous);
  const limited = (key === "pods" && !previous) || key === "persistentvolumeclaims";
  if (limited && world.objects.list("limitranges", namespace).length) {
    const { checkLimits } = await import("./limit-ranges.ts");
    checkLimits(request, object);
  }
  if (world.objects.list("resourcequotas", namespace).length === 0) return;
  if (previous && !["pods", "services", "persistentvolumeclaims"].includes(key)) return;
  const { checkQuotas } = await import("./quota.ts");
  checkQuotas(request, object, previous);
}

/** Models plugin/pkg/admission/storage/persistentvolume/resize. @throws ApiError Forbidden */
function checkGrowth({ world, info }: Request, object: KubeObject, previous: KubeObject): void {
  const [next, before] = [object as PersistentVolumeClaim, previous as PersistentVolumeClaim];
  const size = (claim: PersistentVolumeClaim) =>
    parseQuantity(String(claim.spec?.resources?.requests?.storage ?? 0)).nano;
  if (size(next) <= size(before)) return;
  const refuse = (text: string) => forbidden(groupResourceOf(info), object.metadata.name ?? "", text);
  if (before.status?.phase !== "Bound") throw refuse("Only bound persistent volume claims can be expanded");
  const name = next.spec?.storageClassName ?? "";
  const storageClass = world.objects.get<KubeObject & { allowVolumeExpansion?: boolean }>(
    "storageclasses.storage.k8s.io",
    "",
    name,
  );
  if (!storageClass?.allowVolumeExpansion || before.spec?.storageClassName !== name)
    throw refuse(
      "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize",
    );
}

/** Models NamespaceLifecycle. */
function checkNamespace(request: Request, object: KubeObject): void {
  const name = object.metadata.namespace ?? "";
  const namespace = request.world.objects.get<Namespace>("namespaces", "", name);
  if (!namespace) throw notFound({ group: "", resource: "namespaces" }, name);
  if (!namespace.metadata.deletionTimestamp) return;
  const error = forbidden(
    groupResourceOf(request.info),
    object.metadata.name ?? "",
    `unable to create new content in namespace ${name} because it is being terminated`,
  );
  throw new ApiError({
    ...error.status,
    details: {
      ...error.status.details,
      causes: [
        {
          reason: "NamespaceTerminating",
          message: `namespace ${name} is being terminated`,
          field: "metadata.namespace",
        },
      ],
    },
  });
}

/** The class that is marked as the default one, the newest of several. Models plugin/pkg/admission/network/defaultingressclass. */
function giveClass({ world }: Request, ingress: Ingress): void {
  if (ingress.spec?.ingressClassName !== undefined) return;
  if (ingress.metadata.annotations?.["kubernetes.io/ingress.class"] !== undefined) return;
  const created = ({ metadata }: KubeObject) => metadata.creationTimestamp ?? "";
  const [first] = world.objects
    .list("ingressclasses.networking.k8s.io")
    .filter(({ metadata }) => metadata.annotations?.["ingressclass.kubernetes.io/is-default-class"] === "true")
    .sort(
      (a, b) => compareStrings(created(b), created(a)) || compareStrings(a.metadata.name ?? "", b.metadata.name ?? ""),
    );
  if (first) ingress.spec = { ...ingress.spec, ingressClassName: first.metadata.name! };
}

/** What a write to a stored pod is given. */
export async function admitPodUpdate(next: KubeObject, previous: KubeObject): Promise<void> {
  const { admitPodUpdate: admit } = await import("../api/kinds/pod/admission.ts");
  admit(next as Pod, previous as Pod);
}
