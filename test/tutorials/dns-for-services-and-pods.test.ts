import { tutorial } from "./page.ts";

tutorial({
  title: "DNS for Services and Pods",
  source: "kubernetes/website content/en/docs/concepts/services-networking/dns-pod-service.md",
  files: {
    "subdomain.yaml": `apiVersion: v1
kind: Service
metadata:
  name: default-subdomain
spec:
  selector:
    name: busybox
  clusterIP: None
  ports:
  - name: foo
    port: 1234
    targetPort: 1234
---
apiVersion: v1
kind: Pod
metadata:
  name: busybox1
  labels:
    name: busybox
spec:
  hostname: busybox-1
  subdomain: default-subdomain
  containers:
  - image: busybox:1.28
    command: [sleep, "3600"]
    name: busybox
---
apiVersion: v1
kind: Pod
metadata:
  name: busybox2
  labels:
    name: busybox
spec:
  hostname: busybox-2
  subdomain: default-subdomain
  containers:
  - image: busybox:1.28
    command: [sleep, "3600"]
    name: busybox
`,
    "fqdn.yaml": `apiVersion: v1
kind: Pod
metadata:
  name: fqdn
  labels:
    name: busybox
spec:
  hostname: busybox-3
  subdomain: default-subdomain
  setHostnameAsFQDN: true
  containers:
  - image: busybox:1.28
    command: [sleep, "3600"]
    name: busybox
`,
    "hostnet.yaml": `apiVersion: v1
kind: Pod
metadata:
  name: busybox
spec:
  containers:
  - image: busybox:1.28
    command: [sleep, "3600"]
    name: busybox
  hostNetwork: true
  dnsPolicy: ClusterFirstWithHostNet
`,
  },
  counts: { commands: 16, shown: 2, deviations: 0, typedOtherwise: 13 },
  steps: [
    {
      run: "kubectl create namespace prod; kubectl create namespace test; kubectl create service clusterip data --tcp=80 -n prod; kubectl run client -n test --image=busybox:1.28 --command -- sleep infinity",
      instead: "what the page assumes",
      prints: `namespace/prod created
namespace/test created
service/data created
pod/client created
`,
    },
    {
      run: "kubectl exec -n test client -- nslookup data",
      instead: "the page says it in words: no results",
      prints: `Server:    10.96.0.10
Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local

`,
      warns: `nslookup: can't resolve 'data'
command terminated with exit code 1
`,
      exit: 1,
    },
    {
      run: "kubectl exec -n test client -- nslookup data.prod",
      instead: "the page says it in words: the intended result",
      prints: `Server:    10.96.0.10
Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local

Name:      data.prod
Address 1: 10.105.206.179 data.prod.svc.cluster.local
`,
    },
    {
      run: "kubectl exec -n test client -- cat /etc/resolv.conf",
      shows: `nameserver 10.32.0.10
search test.svc.cluster.local svc.cluster.local cluster.local
options ndots:5
`,
      prints: `nameserver 10.96.0.10
search test.svc.cluster.local svc.cluster.local cluster.local
options ndots:5
`,
    },
    {
      run: "kubectl apply -f subdomain.yaml",
      instead: "the page's example as a file",
      prints: `service/default-subdomain created
pod/busybox1 created
pod/busybox2 created
`,
    },
    {
      run: "kubectl exec busybox1 -- nslookup busybox-1.default-subdomain.default.svc.cluster.local",
      instead: "the page says it in words: each pod has its own record",
      prints: `Server:    10.96.0.10
Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local

Name:      busybox-1.default-subdomain.default.svc.cluster.local
Address 1: 10.244.0.5 busybox-1.default-subdomain.default.svc.cluster.local
`,
    },
    {
      run: "kubectl exec busybox1 -- nslookup busybox-2.default-subdomain",
      instead: "the page says it in words",
      prints: `Server:    10.96.0.10
Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local

Name:      busybox-2.default-subdomain
Address 1: 10.244.0.6 busybox-2.default-subdomain.default.svc.cluster.local
`,
    },
    {
      run: "kubectl exec busybox1 -- nslookup default-subdomain.default.svc.cluster.local",
      instead: "the page says it in words: a headless Service resolves to the addresses of its pods",
      prints: `Server:    10.96.0.10
Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local

Name:      default-subdomain.default.svc.cluster.local
Address 1: 10.244.0.5 busybox-1.default-subdomain.default.svc.cluster.local
Address 2: 10.244.0.6 busybox-2.default-subdomain.default.svc.cluster.local
`,
    },
    {
      run: "kubectl exec busybox1 -- hostname; kubectl exec busybox1 -- hostname -f",
      instead:
        "the page says it in words: `hostname` gives busybox-1, `hostname --fqdn` the whole name (BusyBox knows -f alone)",
      prints: `busybox-1
busybox-1.default-subdomain.default.svc.cluster.local
`,
    },
    {
      run: "kubectl run dig --image=nicolaka/netshoot --command -- sleep infinity",
      instead: "added: a pod with dig",
      prints: `pod/dig created
`,
    },
    {
      run: "kubectl exec dig -- dig +short _foo._tcp.default-subdomain.default.svc.cluster.local SRV",
      instead: "the page says it in words: for each pod a record with port and name",
      prints: `0 50 1234 busybox-1.default-subdomain.default.svc.cluster.local.
0 50 1234 busybox-2.default-subdomain.default.svc.cluster.local.
`,
    },
    {
      run: "kubectl exec dig -- dig +short $(kubectl get pod busybox1 -o jsonpath='{.status.podIP}' | tr . -).default.pod.cluster.local",
      instead: "the page says it in words: pod-ip-address.my-namespace.pod.cluster-domain.example",
      prints: `10.244.0.5
`,
    },
    {
      run: "kubectl apply -f fqdn.yaml; kubectl exec fqdn -- hostname; kubectl exec fqdn -- hostname -f",
      instead: "the page says it in words: with setHostnameAsFQDN both give the whole name",
      prints: `pod/fqdn created
busybox-3.default-subdomain.default.svc.cluster.local
busybox-3.default-subdomain.default.svc.cluster.local
`,
    },
    {
      run: "kubectl apply -f hostnet.yaml; kubectl exec busybox -- cat /etc/resolv.conf",
      instead: "the page's example as a file: dnsPolicy ClusterFirstWithHostNet",
      prints: `pod/busybox created
nameserver 10.96.0.10
search default.svc.cluster.local svc.cluster.local cluster.local
options ndots:5
`,
    },
    {
      run: "kubectl apply -f https://k8s.io/examples/service/networking/custom-dns.yaml",
      prints: `pod/dns-example created
`,
    },
    {
      run: "kubectl exec -it dns-example -- cat /etc/resolv.conf",
      shows: `nameserver 1.2.3.4
search ns1.svc.cluster-domain.example my.dns.search.suffix
options ndots:2 edns0
`,
      prints: `nameserver 192.0.2.1
search ns1.svc.cluster-domain.example my.dns.search.suffix
options ndots:2 edns0
`,
    },
  ],
});
