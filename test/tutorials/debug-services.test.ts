import { tutorial } from "./page.ts";

tutorial({
  title: "Debug Services",
  source: "kubernetes/website content/en/docs/tasks/debug/debug-application/debug-service.md",
  counts: { commands: 29, shown: 27, deviations: 15, typedOtherwise: 17 },
  steps: [
    {
      run: "kubectl create deployment hostnames --image=registry.k8s.io/serve_hostname",
      shows: `deployment.apps/hostnames created
`,
      prints: `deployment.apps/hostnames created
`,
    },
    {
      run: "kubectl scale deployment hostnames --replicas=3",
      shows: `deployment.apps/hostnames scaled
`,
      prints: `deployment.apps/hostnames scaled
`,
    },
    {
      run: "kubectl get pods -l app=hostnames",
      shows: `NAME READY STATUS RESTARTS AGE
hostnames-632524106-bbpiw 1/1 Running 0 2m
hostnames-632524106-ly40y 1/1 Running 0 2m
hostnames-632524106-tlaok 1/1 Running 0 2m
`,
      prints: `NAME                        READY   STATUS    RESTARTS   AGE
hostnames-9fc84c8c7-6lbzs   1/1     Running   0          2s
hostnames-9fc84c8c7-hvvmt   1/1     Running   0          1s
hostnames-9fc84c8c7-xzcx2   1/1     Running   0          1s
`,
    },
    {
      run: `kubectl get pods -l app=hostnames \\
    -o go-template='{{range .items}}{{.status.podIP}}{{"\\n"}}{{end}}'`,
      shows: `10.244.0.5
10.244.0.6
10.244.0.7
`,
      prints: `10.244.0.4
10.244.0.6
10.244.0.5
`,
    },
    {
      run: "kubectl run -it --rm --restart=Never busybox --image=gcr.io/google-containers/busybox sh",
      typed: ["for ep in 10.244.0.4:9376 10.244.0.5:9376 10.244.0.6:9376; do", "    wget -qO- $ep", "done", "exit"],
      shows: `/ # for ep in 10.244.0.4:9376 10.244.0.5:9376 10.244.0.6:9376; do
>     wget -qO- $ep
> done
hostnames-632524106-bbpiw
hostnames-632524106-ly40y
hostnames-632524106-tlaok
/ # exit
`,
      prints: `/ # for ep in 10.244.0.4:9376 10.244.0.5:9376 10.244.0.6:9376; do
>     wget -qO- $ep
> done
hostnames-9fc84c8c7-6lbzs
hostnames-9fc84c8c7-xzcx2
hostnames-9fc84c8c7-hvvmt
/ # exit
Session ended, resume using 'kubectl attach busybox -c busybox -n default -i -t' command
pod "busybox" deleted from default namespace
`,
      warns: `All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.
If you don't see a command prompt, try pressing enter.
`,
      deviates: "kubectl tells of the session's beginning and end as well",
    },
    {
      run: "kubectl run -it --rm --restart=Never busybox --image=gcr.io/google-containers/busybox sh",
      typed: ["wget -O- hostnames", "exit"],
      shows: `Resolving hostnames (hostnames)... failed: Name or service not known.
wget: unable to resolve host address 'hostnames'
`,
      prints: `/ # wget -O- hostnames
wget: bad address 'hostnames'
/ # exit
Session ended, resume using 'kubectl attach busybox -c busybox -n default -i -t' command
pod "busybox" deleted from default namespace
`,
      warns: `All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.
If you don't see a command prompt, try pressing enter.
pod default/busybox terminated (Error)
`,
      exit: 1,
      deviates: "the page shows GNU Wget's words, this is BusyBox's",
    },
    {
      run: "kubectl get svc hostnames",
      shows: `No resources found.
Error from server (NotFound): services "hostnames" not found
`,
      warns: `Error from server (NotFound): services "hostnames" not found
`,
      exit: 1,
      deviates: "kubectl says the second line alone since 1.14",
    },
    {
      run: "kubectl expose deployment hostnames --port=80 --target-port=9376",
      shows: `service/hostnames exposed
`,
      prints: `service/hostnames exposed
`,
    },
    {
      run: "kubectl get svc hostnames",
      shows: `NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE
hostnames ClusterIP 10.0.1.175 <none> 80/TCP 5s
`,
      prints: `NAME        TYPE        CLUSTER-IP       EXTERNAL-IP   PORT(S)   AGE
hostnames   ClusterIP   10.103.224.106   <none>        80/TCP    1s
`,
    },
    {
      run: "kubectl run tools --image=gcr.io/google-containers/busybox --command -- sleep infinity",
      instead: "added: a pod that stays, for the commands that the page runs from within a pod",
      prints: `pod/tools created
`,
    },
    {
      run: "kubectl exec tools -- nslookup hostnames",
      instead: "from within a pod",
      shows: `Address 1: 10.0.0.10 kube-dns.kube-system.svc.cluster.local

Name:      hostnames
Address 1: 10.0.1.175 hostnames.default.svc.cluster.local
`,
      prints: `Server:    10.96.0.10
Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local

Name:      hostnames
Address 1: 10.103.224.106 hostnames.default.svc.cluster.local
`,
      deviates: "the page leaves the line Server: out",
    },
    {
      run: "kubectl exec tools -- nslookup hostnames.default",
      instead: "from within a pod",
      shows: `Address 1: 10.0.0.10 kube-dns.kube-system.svc.cluster.local

Name:      hostnames.default
Address 1: 10.0.1.175 hostnames.default.svc.cluster.local
`,
      prints: `Server:    10.96.0.10
Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local

Name:      hostnames.default
Address 1: 10.103.224.106 hostnames.default.svc.cluster.local
`,
      deviates: "the page leaves the line Server: out",
    },
    {
      run: "kubectl exec tools -- nslookup hostnames.default.svc.cluster.local",
      instead: "from within a pod",
      shows: `Address 1: 10.0.0.10 kube-dns.kube-system.svc.cluster.local

Name:      hostnames.default.svc.cluster.local
Address 1: 10.0.1.175 hostnames.default.svc.cluster.local
`,
      prints: `Server:    10.96.0.10
Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local

Name:      hostnames.default.svc.cluster.local
Address 1: 10.103.224.106 hostnames.default.svc.cluster.local
`,
      deviates: "the page leaves the line Server: out",
    },
    {
      run: "kubemu on node/docker-desktop -- nslookup hostnames.default.svc.cluster.local 10.96.0.10",
      instead: "a shell on the node is `kubemu on`, and the cluster's DNS has another address",
      shows: `Server:         10.0.0.10
Address:        10.0.0.10#53

Name:   hostnames.default.svc.cluster.local
Address: 10.0.1.175
`,
      prints: `Server:		10.96.0.10
Address:	10.96.0.10#53

Name:	hostnames.default.svc.cluster.local
Address: 10.103.224.106

`,
    },
    {
      run: "kubectl exec tools -- cat /etc/resolv.conf",
      instead: "from within a pod",
      shows: `nameserver 10.0.0.10
search default.svc.cluster.local svc.cluster.local cluster.local example.com
options ndots:5
`,
      prints: `nameserver 10.96.0.10
search default.svc.cluster.local svc.cluster.local cluster.local
options ndots:5
`,
      deviates: "the node of the page has a domain of its own",
    },
    {
      run: "kubectl exec tools -- nslookup kubernetes.default",
      instead: "from within a pod",
      shows: `Server:    10.0.0.10
Address 1: 10.0.0.10 kube-dns.kube-system.svc.cluster.local

Name:      kubernetes.default
Address 1: 10.0.0.1 kubernetes.default.svc.cluster.local
`,
      prints: `Server:    10.96.0.10
Address 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local

Name:      kubernetes.default
Address 1: 10.96.0.1 kubernetes.default.svc.cluster.local
`,
    },
    {
      run: `kubectl exec tools -- sh -c 'for i in $(seq 1 3); do 
    wget -qO- '$(kubectl get svc hostnames -o jsonpath='{.spec.clusterIP}')':80
done'`,
      instead: "from within a pod, the Service's address filled in",
      shows: `hostnames-632524106-bbpiw
hostnames-632524106-ly40y
hostnames-632524106-tlaok
`,
      prints: `hostnames-9fc84c8c7-xzcx2
hostnames-9fc84c8c7-hvvmt
hostnames-9fc84c8c7-6lbzs
`,
    },
    {
      run: "kubectl get service hostnames -o json",
      shows: `{ … }
`,
      prints: `{
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
        "creationTimestamp": "2026-11-22T15:00:07Z",
        "labels": {
            "app": "hostnames"
        },
        "name": "hostnames",
        "namespace": "default",
        "resourceVersion": "121",
        "uid": "0e30f6dd-ed31-46e9-970f-cf9bde7ac72b"
    },
    "spec": {
        "clusterIP": "10.103.224.106",
        "clusterIPs": [
            "10.103.224.106"
        ],
        "internalTrafficPolicy": "Cluster",
        "ipFamilies": [
            "IPv4"
        ],
        "ipFamilyPolicy": "SingleStack",
        "ports": [
            {
                "port": 80,
                "protocol": "TCP",
                "targetPort": 9376
            }
        ],
        "selector": {
            "app": "hostnames"
        },
        "sessionAffinity": "None",
        "type": "ClusterIP"
    },
    "status": {
        "loadBalancer": {}
    }
}
`,
      deviates: "the page shows the fields of 2015, in another order",
    },
    {
      run: "kubectl get pods -l app=hostnames",
      after: 3600,
      shows: `NAME READY STATUS RESTARTS AGE
hostnames-632524106-bbpiw 1/1 Running 0 1h
hostnames-632524106-ly40y 1/1 Running 0 1h
hostnames-632524106-tlaok 1/1 Running 0 1h
`,
      prints: `NAME                        READY   STATUS    RESTARTS   AGE
hostnames-9fc84c8c7-6lbzs   1/1     Running   0          60m
hostnames-9fc84c8c7-hvvmt   1/1     Running   0          60m
hostnames-9fc84c8c7-xzcx2   1/1     Running   0          60m
`,
    },
    {
      run: "kubectl get endpointslices -l k8s.io/service-name=hostnames",
      shows: `NAME ADDRESSTYPE PORTS ENDPOINTS
hostnames-ytpni IPv4 9376 10.244.0.5,10.244.0.6,10.244.0.7
`,
      warns: `No resources found in default namespace.
`,
      deviates: "a mistake of the page: the label is kubernetes.io/service-name",
    },
    {
      run: "kubectl get endpointslices -l kubernetes.io/service-name=hostnames",
      instead: "with the label as it is",
      prints: `NAME              ADDRESSTYPE   PORTS   ENDPOINTS                          AGE
hostnames-vpwfk   IPv4          9376    10.244.0.4,10.244.0.6,10.244.0.5   60m
`,
    },
    {
      run: `kubectl exec tools -- sh -c 'for ep in 10.244.0.4:9376 10.244.0.5:9376 10.244.0.6:9376; do
    wget -qO- $ep
done'`,
      instead: "from within a pod, the pods' addresses filled in",
      shows: `hostnames-632524106-bbpiw
hostnames-632524106-ly40y
hostnames-632524106-tlaok
`,
      prints: `hostnames-9fc84c8c7-6lbzs
hostnames-9fc84c8c7-xzcx2
hostnames-9fc84c8c7-hvvmt
`,
    },
    {
      run: "kubemu on node/docker-desktop -- ps auxw",
      instead: "a shell on the node is `kubemu on`",
      shows: `root  4194  0.4  0.1 101864 17696 ?    Sl Jul04  25:43 /usr/local/bin/kube-proxy …
`,
      warns: `error: kubemu does not simulate the program ps
`,
      exit: 1,
      deviates: "processes of a node are not simulated",
    },
    {
      run: `kubemu on node/docker-desktop -- sh -c 'iptables-save | grep hostnames'`,
      instead: "a shell on the node is `kubemu on`",
      shows: `-A KUBE-SEP-57KPRZ3JQVENLNBR -s 10.244.3.6/32 -m comment --comment "default/hostnames:" -j MARK --set-xmark 0x00004000/0x00004000
`,
      prints: `-A KUBE-SEP-6EUHMQ3OA2AW7TFI -s 10.244.0.6/32 -m comment --comment "default/hostnames" -j KUBE-MARK-MASQ
-A KUBE-SEP-6EUHMQ3OA2AW7TFI -p tcp -m comment --comment "default/hostnames" -m tcp -j DNAT --to-destination 10.244.0.6:9376
-A KUBE-SEP-AA7NNZN3Y3Q6WRMY -s 10.244.0.4/32 -m comment --comment "default/hostnames" -j KUBE-MARK-MASQ
-A KUBE-SEP-AA7NNZN3Y3Q6WRMY -p tcp -m comment --comment "default/hostnames" -m tcp -j DNAT --to-destination 10.244.0.4:9376
-A KUBE-SEP-SSAABTGROZSQSKZY -s 10.244.0.5/32 -m comment --comment "default/hostnames" -j KUBE-MARK-MASQ
-A KUBE-SEP-SSAABTGROZSQSKZY -p tcp -m comment --comment "default/hostnames" -m tcp -j DNAT --to-destination 10.244.0.5:9376
-A KUBE-SERVICES -d 10.103.224.106/32 -p tcp -m comment --comment "default/hostnames cluster IP" -m tcp --dport 80 -j KUBE-SVC-YN5D6RYVEVZOH44Q
-A KUBE-SVC-YN5D6RYVEVZOH44Q ! -s 10.244.0.0/16 -d 10.103.224.106/32 -p tcp -m comment --comment "default/hostnames cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ
-A KUBE-SVC-YN5D6RYVEVZOH44Q -m comment --comment "default/hostnames -> 10.244.0.4:9376" -m statistic --mode random --probability 0.33333333349 -j KUBE-SEP-AA7NNZN3Y3Q6WRMY
-A KUBE-SVC-YN5D6RYVEVZOH44Q -m comment --comment "default/hostnames -> 10.244.0.5:9376" -m statistic --mode random --probability 0.50000000000 -j KUBE-SEP-SSAABTGROZSQSKZY
-A KUBE-SVC-YN5D6RYVEVZOH44Q -m comment --comment "default/hostnames -> 10.244.0.6:9376" -j KUBE-SEP-6EUHMQ3OA2AW7TFI
`,
      deviates:
        "the page shows the rules of kube-proxy 1.2, which marked packets by itself and named a port without a name",
    },
    {
      run: "kubemu on node/docker-desktop -- ipvsadm -ln",
      instead: "a shell on the node is `kubemu on`",
      shows: `TCP  10.0.1.175:80 rr
`,
      warns: `error: kubemu does not simulate the program ipvsadm
`,
      exit: 1,
      deviates: "kube-proxy runs in iptables mode",
    },
    {
      run: "kubemu on node/docker-desktop -- curl -s $(kubectl get svc hostnames -o jsonpath='{.spec.clusterIP}'):80",
      instead: "a shell on the node is `kubemu on`, the Service's address filled in",
      shows: `hostnames-632524106-bbpiw
`,
      prints: `hostnames-9fc84c8c7-xzcx2
`,
    },
    {
      run: "kubemu on node/docker-desktop -- ps auxw",
      instead: "the second time, for the kubelet",
      shows: `root      3392  1.1  0.8 186804 65208 ?        Sl   00:51  11:11 /usr/local/bin/kubelet …
`,
      warns: `error: kubemu does not simulate the program ps
`,
      exit: 1,
      deviates: "processes of a node are not simulated",
    },
    {
      run: "kubemu on node/docker-desktop -- sh -c 'for intf in /sys/devices/virtual/net/cbr0/brif/*; do cat $intf/hairpin_mode; done'",
      instead: "a shell on the node is `kubemu on`",
      shows: `1
1
1
1
`,
      warns: `cat: /sys/devices/virtual/net/cbr0/brif/*/hairpin_mode: No such file or directory
`,
      exit: 1,
      deviates: "a node's /sys is not simulated; pods reach themselves through their Service",
    },
    {
      run: "kubemu on node/docker-desktop -- ifconfig cbr0",
      instead: "a shell on the node is `kubemu on`",
      shows: `UP BROADCAST RUNNING PROMISC MULTICAST  MTU:1460  Metric:1
`,
      warns: `error: kubemu does not simulate the program ifconfig
`,
      exit: 1,
      deviates: "interfaces of a node are not simulated",
    },
  ],
});
