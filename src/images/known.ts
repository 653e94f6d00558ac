import type { Image } from "./image.ts";
import { agnhost } from "./known/agnhost.ts";
import { coredns } from "./known/coredns.ts";
import { curlFixture } from "./known/curl-fixture.ts";
import { mongo, postgres, redis, redisFollower } from "./known/databases.ts";
import { echoserver } from "./known/echoserver.ts";
import { bootcamp, helloApp, helloBackend, httpEcho, serveHostname, whoami } from "./known/go-servers.ts";
import { gbFrontend } from "./known/guestbook.ts";
import { helloFrontend } from "./known/hello-frontend.ts";
import { httpd } from "./known/httpd.ts";
import { httpenv } from "./known/httpenv.ts";
import { nginx } from "./known/nginx.ts";
import {
  alpine,
  busybox,
  busyboxplus,
  curlImage,
  debian,
  dnsutils,
  netshoot,
  pause,
  ubuntu,
} from "./known/userlands.ts";

/** Repositories (as `parseReference` writes them) and their images. */
export const KNOWN: readonly (readonly [repositories: readonly string[], image: Image])[] = [
  [["docker.io/library/nginx", "docker.io/nginxinc/nginx-unprivileged", "registry.k8s.io/nginx-slim"], nginx],
  [["docker.io/bretfisher/httpenv"], httpenv],
  [["docker.io/library/httpd"], httpd],
  [["registry.k8s.io/e2e-test-images/agnhost", "registry.k8s.io/agnhost"], agnhost],
  [["registry.k8s.io/echoserver", "k8s.gcr.io/echoserver", "gcr.io/google_containers/echoserver"], echoserver],
  [["registry.k8s.io/serve_hostname", "k8s.gcr.io/serve_hostname"], serveHostname],
  [["gcr.io/google-samples/hello-app", "us-docker.pkg.dev/google-samples/containers/gke/hello-app"], helloApp],
  [
    ["gcr.io/google-samples/hello-go-gke", "us-docker.pkg.dev/google-samples/containers/gke/hello-go-gke"],
    helloBackend,
  ],
  [
    ["gcr.io/google-samples/hello-frontend", "us-docker.pkg.dev/google-samples/containers/gke/hello-frontend"],
    helloFrontend,
  ],
  [["gcr.io/google-samples/kubernetes-bootcamp", "docker.io/jocatalin/kubernetes-bootcamp"], bootcamp],
  [["docker.io/traefik/whoami", "docker.io/containous/whoami"], whoami],
  [["docker.io/hashicorp/http-echo"], httpEcho],
  [["docker.io/library/redis", "registry.k8s.io/redis"], redis],
  [
    ["us-docker.pkg.dev/google-samples/containers/gke/gb-redis-follower", "gcr.io/google_samples/gb-redis-follower"],
    redisFollower,
  ],
  [["docker.io/library/postgres"], postgres],
  [["docker.io/library/mongo"], mongo],
  [
    [
      "gcr.io/google-samples/gb-frontend",
      "us-docker.pkg.dev/google-samples/containers/gke/gb-frontend",
      "gcr.io/google_samples/gb-frontend",
      "docker.io/corelab/gb-frontend",
      "docker.io/paulczar/gb-frontend",
    ],
    gbFrontend,
  ],
  [["registry.k8s.io/coredns/coredns", "registry.k8s.io/coredns", "docker.io/coredns/coredns"], coredns],
  [["docker.io/kubemu/curl-fixture"], curlFixture],
  [["docker.io/nicolaka/netshoot", "docker.io/bretfisher/netshoot"], netshoot],
  [
    [
      "docker.io/library/busybox",
      "gcr.io/google-containers/busybox",
      "gcr.io/k8s-minikube/busybox",
      "registry.k8s.io/busybox",
    ],
    busybox,
  ],
  [["docker.io/radial/busyboxplus"], busyboxplus],
  [["docker.io/library/alpine"], alpine],
  [["docker.io/library/debian"], debian],
  [["docker.io/library/ubuntu"], ubuntu],
  [["docker.io/curlimages/curl"], curlImage],
  [["registry.k8s.io/e2e-test-images/jessie-dnsutils", "registry.k8s.io/e2e-test-images/dnsutils"], dnsutils],
  [["registry.k8s.io/pause"], pause],
];
