import { tutorial } from "./page.ts";

tutorial({
  title: "Connecting Applications with Services",
  source: "kubernetes/website content/en/docs/tutorials/services/connect-applications-service.md",
  profile: "linux",
  files: {
    "nginxsecrets.yaml": `apiVersion: "v1"
kind: "Secret"
metadata:
  name: "nginxsecret"
  namespace: "default"
type: kubernetes.io/tls
data:
  tls.crt: "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJNakNCMmdJQkFUQUtCZ2dxaGtqT1BRUURBakFtTVJFd0R3WURWUVFEREFodGVTMXVaMmx1ZURFUk1BOEcKQTFVRUNnd0liWGt0Ym1kcGJuZ3dIaGNOTWpZd01UQXhNREF3TURBd1doY05Nell3TVRBeE1EQXdNREF3V2pBbQpNUkV3RHdZRFZRUUREQWh0ZVMxdVoybHVlREVSTUE4R0ExVUVDZ3dJYlhrdGJtZHBibmd3V1RBVEJnY3Foa2pPClBRSUJCZ2dxaGtqT1BRTUJCd05DQUFUMkpnc01ac3RYeDR1bDQ4blVjR2Q0SERMend3aHVKQ2loMEdIVXZrb2gKb0dCcmxQSVJlZnJ3U2dFSzROSm02ODBvNXZDWFZNVXJxVHpvQlJDSmt4RXhNQW9HQ0NxR1NNNDlCQU1DQTBjQQpNRVFDSUFodGRyTmRvR0RMbnQvV0NmNUlvdGU3QkdpazhTa3JucDEwZGJXaVFHOERBaUJCRnZhKy93YmhFU1hoCkE4TDVFUEppblNtMlRzNGVMY3FVWmZDc0tLQU5sZz09Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K"
  tls.key: "a2V5"
`,
    "default.conf": `server {
        listen 80 default_server;
        listen [::]:80 default_server ipv6only=on;

        listen 443 ssl;

        root /usr/share/nginx/html;
        index index.html;

        server_name localhost;
        ssl_certificate /etc/nginx/ssl/tls.crt;
        ssl_certificate_key /etc/nginx/ssl/tls.key;

        location / {
                try_files $uri $uri/ =404;
        }
}
`,
  },
  counts: { commands: 32, shown: 26, deviations: 11, typedOtherwise: 13 },
  steps: [
    {
      run: "kubectl apply -f https://k8s.io/examples/service/networking/run-my-nginx.yaml",
      instead: "the page has the file of that address in the folder",
      prints: `deployment.apps/my-nginx created
`,
    },
    {
      run: "kubectl get pods -l run=my-nginx -o wide",
      shows: `NAME READY STATUS RESTARTS AGE IP NODE
my-nginx-3800858182-jr4a2 1/1 Running 0 13s 10.244.3.4 kubernetes-minion-905m
my-nginx-3800858182-kna2y 1/1 Running 0 13s 10.244.2.5 kubernetes-minion-ljyd
`,
      prints: `NAME                        READY   STATUS    RESTARTS   AGE   IP           NODE    NOMINATED NODE   READINESS GATES
my-nginx-8446c54977-4gg87   1/1     Running   0          1s    10.244.0.4   linux   <none>           <none>
my-nginx-8446c54977-jvdkc   1/1     Running   0          1s    10.244.0.5   linux   <none>           <none>
`,
      deviates: "kubectl 1.36 has the columns NOMINATED NODE and READINESS GATES, and the node is another",
    },
    {
      run: "kubectl get pods -l run=my-nginx -o custom-columns=POD_IP:.status.podIPs",
      shows: `POD_IP
[map[ip:10.244.3.4]]
[map[ip:10.244.2.5]]
`,
      prints: `POD_IP
[map[ip:10.244.0.4]]
[map[ip:10.244.0.5]]
`,
    },
    {
      run: "kubectl expose deployment/my-nginx",
      shows: `service/my-nginx exposed
`,
      prints: `service/my-nginx exposed
`,
    },
    {
      run: "kubectl get svc my-nginx",
      shows: `NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE
my-nginx ClusterIP 10.0.162.149 <none> 80/TCP 21s
`,
      prints: `NAME       TYPE        CLUSTER-IP     EXTERNAL-IP   PORT(S)   AGE
my-nginx   ClusterIP   10.110.80.17   <none>        80/TCP    1s
`,
    },
    {
      run: "kubectl describe svc my-nginx",
      shows: `Name: my-nginx
Namespace: default
Labels: run=my-nginx
Annotations: <none>
Selector: run=my-nginx
Type: ClusterIP
IP Family Policy: SingleStack
IP Families: IPv4
IP: 10.0.162.149
IPs: 10.0.162.149
Port: <unset> 80/TCP
TargetPort: 80/TCP
Endpoints: 10.244.2.5:80,10.244.3.4:80
Session Affinity: None
Events: <none>
`,
      prints: `Name:                     my-nginx
Namespace:                default
Labels:                   <none>
Annotations:              <none>
Selector:                 run=my-nginx
Type:                     ClusterIP
IP Family Policy:         SingleStack
IP Families:              IPv4
IP:                       10.110.80.17
IPs:                      10.110.80.17
Port:                     <unset>  80/TCP
TargetPort:               80/TCP
Endpoints:                10.244.0.4:80,10.244.0.5:80
Session Affinity:         None
Internal Traffic Policy:  Cluster
Events:                   <none>
`,
      deviates:
        "the Deployment has no label that the Service could take over, and kubectl 1.36 shows Internal Traffic Policy",
    },
    {
      run: "kubectl get endpointslices -l kubernetes.io/service-name=my-nginx",
      shows: `NAME ADDRESSTYPE PORTS ENDPOINTS AGE
my-nginx-7vzhx IPv4 80 10.244.2.5,10.244.3.4 21s
`,
      prints: `NAME             ADDRESSTYPE   PORTS   ENDPOINTS               AGE
my-nginx-wxb7f   IPv4          80      10.244.0.4,10.244.0.5   3s
`,
    },
    {
      run: "curl -s $(kubectl get svc my-nginx -o jsonpath='{.spec.clusterIP}'):80 | grep title",
      instead: "the page says it in words: curl the Service from any node",
      prints: `<title>Welcome to nginx!</title>
`,
    },
    {
      run: "kubectl exec $(kubectl get pods -l run=my-nginx -o name | head -1) -- printenv | grep SERVICE",
      instead: "the pod's name is another",
      shows: `KUBERNETES_SERVICE_HOST=10.0.0.1
KUBERNETES_SERVICE_PORT=443
KUBERNETES_SERVICE_PORT_HTTPS=443
`,
      prints: `KUBERNETES_SERVICE_HOST=10.96.0.1
KUBERNETES_SERVICE_PORT=443
KUBERNETES_SERVICE_PORT_HTTPS=443
`,
    },
    {
      run: "kubectl scale deployment my-nginx --replicas=0; kubectl scale deployment my-nginx --replicas=2;",
      prints: `deployment.apps/my-nginx scaled
deployment.apps/my-nginx scaled
`,
    },
    {
      run: "kubectl get pods -l run=my-nginx -o wide",
      shows: `NAME READY STATUS RESTARTS AGE IP NODE
my-nginx-3800858182-e9ihh 1/1 Running 0 5s 10.244.2.7 kubernetes-minion-ljyd
my-nginx-3800858182-j4rm4 1/1 Running 0 5s 10.244.3.8 kubernetes-minion-905m
`,
      prints: `NAME                        READY   STATUS    RESTARTS   AGE   IP           NODE    NOMINATED NODE   READINESS GATES
my-nginx-8446c54977-h7sqq   1/1     Running   0          1s    10.244.0.4   linux   <none>           <none>
my-nginx-8446c54977-w28vm   1/1     Running   0          1s    10.244.0.5   linux   <none>           <none>
`,
      deviates: "kubectl 1.36 has the columns NOMINATED NODE and READINESS GATES, and the node is another",
    },
    {
      run: "kubectl exec $(kubectl get pods -l run=my-nginx -o name | head -1) -- printenv | grep SERVICE",
      instead: "the pod's name is another",
      shows: `KUBERNETES_SERVICE_PORT=443
MY_NGINX_SERVICE_HOST=10.0.162.149
KUBERNETES_SERVICE_HOST=10.0.0.1
MY_NGINX_SERVICE_PORT=80
KUBERNETES_SERVICE_PORT_HTTPS=443
`,
      prints: `KUBERNETES_SERVICE_HOST=10.96.0.1
KUBERNETES_SERVICE_PORT=443
KUBERNETES_SERVICE_PORT_HTTPS=443
MY_NGINX_SERVICE_HOST=10.110.80.17
MY_NGINX_SERVICE_PORT=80
`,
      deviates: "the order: the kubelet's map has none, kubemu's is that of the names",
    },
    {
      run: "kubectl get services kube-dns --namespace=kube-system",
      shows: `NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE
kube-dns ClusterIP 10.0.0.10 <none> 53/UDP,53/TCP 8m
`,
      prints: `NAME       TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)                  AGE
kube-dns   ClusterIP   10.96.0.10   <none>        53/UDP,53/TCP,9153/TCP   16s
`,
      deviates: "kubeadm's kube-dns has a port for metrics as well",
    },
    {
      run: "kubectl run -i --tty --image busybox:1.37 dns-test --restart=Never --rm",
      instead:
        "nslookup of BusyBox 1.37 asks for every name of the search list and for AAAA: the whole name and the type make its answer short",
      typed: ["nslookup -type=a my-nginx.default.svc.cluster.local", "exit"],
      shows: `Waiting for pod default/curl-131556218-9fnch to be running, status is Pending, pod ready: false
Hit enter for command prompt
[ root@curl-131556218-9fnch:/ ]$ nslookup my-nginx
Server:    10.0.0.10
Address 1: 10.0.0.10
Name:      my-nginx
Address 1: 10.0.162.149
`,
      prints: `/ # nslookup -type=a my-nginx.default.svc.cluster.local
Server:		10.96.0.10
Address:	10.96.0.10:53

Name:	my-nginx.default.svc.cluster.local
Address: 10.110.80.17

/ # exit
Session ended, resume using 'kubectl attach dns-test -c dns-test -n default -i -t' command
pod "dns-test" deleted from default namespace
`,
      warns: `All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.
If you don't see a command prompt, try pressing enter.
`,
      deviates: "the page shows another image and an nslookup of before BusyBox 1.29; the pod runs at once",
    },
    {
      run: "kubectl apply -f nginxsecrets.yaml",
      instead: "the manual steps of the page, with a certificate that openssl made for CN=my-nginx",
      shows: `secret/nginxsecret created
`,
      prints: `secret/nginxsecret created
`,
    },
    {
      run: "kubectl get secrets",
      shows: `NAME TYPE DATA AGE
nginxsecret kubernetes.io/tls 2 1m
`,
      prints: `NAME          TYPE                DATA   AGE
nginxsecret   kubernetes.io/tls   2      1s
`,
    },
    {
      run: "kubectl create configmap nginxconfigmap --from-file=default.conf",
      shows: `configmap/nginxconfigmap created
`,
      prints: `configmap/nginxconfigmap created
`,
    },
    {
      run: "kubectl get configmaps",
      shows: `NAME DATA AGE
nginxconfigmap 1 114s
`,
      prints: `NAME               DATA   AGE
kube-root-ca.crt   1      21s
nginxconfigmap     1      1s
`,
      deviates: "every namespace has kube-root-ca.crt",
    },
    {
      run: "kubectl describe configmap  nginxconfigmap",
      shows: `Name: nginxconfigmap
Namespace: default
Labels: <none>
Annotations: <none>
Data
====
default.conf:
----
server {
listen 80 default_server;
listen [::]:80 default_server ipv6only=on;
listen 443 ssl;
root /usr/share/nginx/html;
index index.html;
server_name localhost;
ssl_certificate /etc/nginx/ssl/tls.crt;
ssl_certificate_key /etc/nginx/ssl/tls.key;
location / {
try_files $uri $uri/ =404;
}
}
BinaryData
====
Events: <none>
`,
      prints: `Name:         nginxconfigmap
Namespace:    default
Labels:       <none>
Annotations:  <none>

Data
====
default.conf:
----
server {
        listen 80 default_server;
        listen [::]:80 default_server ipv6only=on;

        listen 443 ssl;

        root /usr/share/nginx/html;
        index index.html;

        server_name localhost;
        ssl_certificate /etc/nginx/ssl/tls.crt;
        ssl_certificate_key /etc/nginx/ssl/tls.key;

        location / {
                try_files $uri $uri/ =404;
        }
}



BinaryData
====

Events:  <none>
`,
    },
    {
      run: "kubectl delete deployments,svc my-nginx; kubectl create -f https://k8s.io/examples/service/networking/nginx-secure-app.yaml",
      instead: "the page has the file of that address in the folder",
      prints: `deployment.apps "my-nginx" deleted from default namespace
service "my-nginx" deleted from default namespace
service/my-nginx created
deployment.apps/my-nginx created
`,
    },
    {
      run: "kubectl get pods -l run=my-nginx -o custom-columns=POD_IP:.status.podIPs",
      shows: `POD_IP
[map[ip:10.244.3.5]]
`,
      prints: `POD_IP
[map[ip:10.244.0.4]]
`,
    },
    {
      run: "kubemu on node/linux -- curl -s -k https://$(kubectl get pods -l run=my-nginx -o jsonpath='{.items[0].status.podIP}') | grep h1",
      instead: "a shell on the node is `kubemu on`; grep leaves the line that the page shows",
      shows: `<h1>Welcome to nginx!</h1>
`,
      prints: `<h1>Welcome to nginx!</h1>
`,
    },
    {
      run: "kubectl apply -f https://k8s.io/examples/service/networking/curlpod.yaml",
      instead: "the page has the file of that address in the folder",
      prints: `deployment.apps/curl-deployment created
`,
    },
    {
      run: "kubectl get pods -l app=curlpod",
      shows: `NAME READY STATUS RESTARTS AGE
curl-deployment-1515033274-1410r 1/1 Running 0 1m
`,
      prints: `NAME                               READY   STATUS    RESTARTS   AGE
curl-deployment-7b5b4f9994-jmcvv   1/1     Running   0          1s
`,
    },
    {
      run: "kubectl exec deploy/curl-deployment -- curl -s https://my-nginx --cacert /etc/nginx/ssl/tls.crt | grep title",
      instead: "the pod's name is another; grep leaves the line that the page shows",
      shows: `<title>Welcome to nginx!</title>
`,
      prints: `<title>Welcome to nginx!</title>
`,
    },
    {
      run: "kubectl get svc my-nginx -o yaml | grep nodePort -C 5",
      shows: `uid: 07191fb3-f61a-11e5-8ae5-42010af00002
spec:
clusterIP: 10.0.162.149
ports:
- name: http
nodePort: 31704
port: 8080
protocol: TCP
targetPort: 80
- name: https
nodePort: 32453
port: 443
protocol: TCP
targetPort: 443
selector:
run: my-nginx
`,
      prints: `  ipFamilies:
  - IPv4
  ipFamilyPolicy: SingleStack
  ports:
  - name: http
    nodePort: 31032
    port: 8080
    protocol: TCP
    targetPort: 80
  - name: https
    nodePort: 30448
    port: 443
    protocol: TCP
    targetPort: 443
  selector:
    run: my-nginx
`,
      deviates:
        "Services have had more fields since (internalTrafficPolicy, ipFamilies …), which stand in the lines around",
    },
    {
      run: "kubectl get nodes -o yaml | grep ExternalIP -C 1",
      shows: `- address: 104.197.41.11
type: ExternalIP
allocatable:
--
- address: 23.251.152.56
type: ExternalIP
allocatable:
`,
      exit: 1,
      deviates: "a node that is this machine has no external address",
    },
    {
      run: "curl -s https://$(kubectl get nodes -o jsonpath='{.items[0].status.addresses[0].address}'):$(kubectl get svc my-nginx -o jsonpath='{.spec.ports[1].nodePort}') -k | grep h1",
      instead: "<EXTERNAL-IP>:<NODE-PORT> filled in with the node's address; grep leaves the line that the page shows",
      shows: `<h1>Welcome to nginx!</h1>
`,
      prints: `<h1>Welcome to nginx!</h1>
`,
    },
    {
      run: 'kubectl patch svc my-nginx -p \'{"spec":{"type":"LoadBalancer"}}\'',
      instead: "kubectl edit, with an editor that makes the same change",
      prints: `service/my-nginx patched
`,
    },
    {
      run: "kubectl get svc my-nginx",
      shows: `NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE
my-nginx LoadBalancer 10.0.162.149 xx.xxx.xxx.xxx 8080:30163/TCP 21s
`,
      prints: `NAME       TYPE           CLUSTER-IP     EXTERNAL-IP    PORT(S)                        AGE
my-nginx   LoadBalancer   10.110.80.17   192.168.1.10   8080:31032/TCP,443:30448/TCP   13s
`,
      deviates: "the address is one, and both ports of the Service are shown",
    },
    {
      run: "curl -s https://$(kubectl get svc my-nginx -o jsonpath='{.status.loadBalancer.ingress[0].ip}') -k | grep title",
      instead: "<EXTERNAL-IP> filled in; grep leaves the line that the page shows",
      shows: `<title>Welcome to nginx!</title>
`,
      prints: `<title>Welcome to nginx!</title>
`,
    },
    {
      run: "kubectl describe service my-nginx | grep Ingress",
      shows: `LoadBalancer Ingress:   a320587ffd19711e5a37606cf4a74574-1142138393.us-east-1.elb.amazonaws.com
`,
      prints: `LoadBalancer Ingress:     192.168.1.10 (VIP)
`,
      deviates: "the page speaks of AWS here; this cluster's load balancer has an address",
    },
  ],
});
