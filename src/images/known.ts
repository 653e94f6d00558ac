import type { Image } from "./image.ts";
import { agnhost } from "./known/agnhost.ts";
import { coredns } from "./known/coredns.ts";
import { curlFixture } from "./known/curl-fixture.ts";
import { httpenv } from "./known/httpenv.ts";
import { nginx } from "./known/nginx.ts";
import { netshoot } from "./known/userlands.ts";

/** Repositories (as `parseReference` writes them) and their images. */
export const KNOWN: readonly (readonly [repositories: readonly string[], image: Image])[] = [
  [["docker.io/library/nginx", "docker.io/nginxinc/nginx-unprivileged", "registry.k8s.io/nginx-slim"], nginx],
  [["docker.io/bretfisher/httpenv"], httpenv],
  [["registry.k8s.io/e2e-test-images/agnhost", "registry.k8s.io/agnhost"], agnhost],
  [["registry.k8s.io/coredns/coredns", "registry.k8s.io/coredns", "docker.io/coredns/coredns"], coredns],
  [["docker.io/kubemu/curl-fixture"], curlFixture],
  [["docker.io/nicolaka/netshoot", "docker.io/bretfisher/netshoot"], netshoot],
];
