/** Manifests that make the objects of the documentation's examples, by their path there. */
export const examples: Readonly<Record<string, string>> = {
  "service/access/backend-deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: backend }
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: hello
      tier: backend
      track: stable
  replicas: 3
  template:
    metadata:
      labels:
        app.kubernetes.io/name: hello
        tier: backend
        track: stable
    spec:
      containers:
        - name: hello
          image: "gcr.io/google-samples/hello-go-gke:1.0"
          ports:
            - name: http
              containerPort: 80
`,
  "service/access/backend-service.yaml": `apiVersion: v1
kind: Service
metadata: { name: hello }
spec:
  selector:
    app.kubernetes.io/name: hello
    tier: backend
  ports:
    - protocol: TCP
      port: 80
      targetPort: http
`,
  "service/access/frontend-deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: frontend }
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: hello
      tier: frontend
      track: stable
  replicas: 1
  template:
    metadata:
      labels:
        app.kubernetes.io/name: hello
        tier: frontend
        track: stable
    spec:
      containers:
        - name: nginx
          image: "gcr.io/google-samples/hello-frontend:1.0"
          lifecycle:
            preStop:
              exec:
                command: ["/usr/sbin/nginx", "-s", "quit"]
`,
  "service/access/frontend-service.yaml": `apiVersion: v1
kind: Service
metadata: { name: frontend }
spec:
  selector:
    app.kubernetes.io/name: hello
    tier: frontend
  ports:
    - protocol: TCP
      port: 80
      targetPort: 80
  type: LoadBalancer
`,
  "service/access/hello-application.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: hello-world }
spec:
  selector:
    matchLabels: { run: load-balancer-example }
  replicas: 2
  template:
    metadata:
      labels: { run: load-balancer-example }
    spec:
      containers:
        - name: hello-world
          image: "us-docker.pkg.dev/google-samples/containers/gke/hello-app:2.0"
          ports:
            - containerPort: 8080
              protocol: TCP
`,
  "service/explore-graceful-termination-nginx.yaml": `apiVersion: v1
kind: Service
metadata: { name: nginx-service }
spec:
  selector: { app.kubernetes.io/name: nginx }
  ports:
    - protocol: TCP
      port: 80
      targetPort: 80
`,
  "service/load-balancer-example.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  labels: { app.kubernetes.io/name: load-balancer-example }
  name: hello-world
spec:
  replicas: 5
  selector:
    matchLabels: { app.kubernetes.io/name: load-balancer-example }
  template:
    metadata:
      labels: { app.kubernetes.io/name: load-balancer-example }
    spec:
      containers:
        - image: "gcr.io/google-samples/hello-app:2.0"
          name: hello-world
          ports:
            - containerPort: 8080
`,
  "service/networking/curlpod.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: curl-deployment }
spec:
  selector:
    matchLabels: { app: curlpod }
  replicas: 1
  template:
    metadata:
      labels: { app: curlpod }
    spec:
      volumes:
        - name: secret-volume
          secret: { secretName: nginxsecret }
      containers:
        - name: curlpod
          command: ["sh", "-c", "while true; do sleep 1; done"]
          image: "docker.io/curlimages/curl:8.18.0"
          volumeMounts:
            - mountPath: /etc/nginx/ssl
              name: secret-volume
`,
  "service/networking/custom-dns.yaml": `apiVersion: v1
kind: Pod
metadata:
  namespace: default
  name: dns-example
spec:
  containers:
    - name: test
      image: nginx
  dnsPolicy: None
  dnsConfig:
    nameservers: ["192.0.2.1"]
    searches: ["ns1.svc.cluster-domain.example", "my.dns.search.suffix"]
    options:
      - name: ndots
        value: "2"
      - name: edns0
`,
  "service/networking/dual-stack-default-svc.yaml": `apiVersion: v1
kind: Service
metadata:
  name: my-service
  labels: { app.kubernetes.io/name: MyApp }
spec:
  selector: { app.kubernetes.io/name: MyApp }
  ports:
    - protocol: TCP
      port: 80
`,
  "service/networking/dual-stack-ipfamilies-ipv6.yaml": `apiVersion: v1
kind: Service
metadata:
  name: my-service
  labels: { app.kubernetes.io/name: MyApp }
spec:
  ipFamilies: ["IPv6"]
  selector: { app.kubernetes.io/name: MyApp }
  ports:
    - protocol: TCP
      port: 80
`,
  "service/networking/dual-stack-prefer-ipv6-lb-svc.yaml": `apiVersion: v1
kind: Service
metadata:
  name: my-service
  labels: { app.kubernetes.io/name: MyApp }
spec:
  ipFamilyPolicy: PreferDualStack
  ipFamilies: ["IPv6"]
  type: LoadBalancer
  selector: { app.kubernetes.io/name: MyApp }
  ports:
    - protocol: TCP
      port: 80
`,
  "service/networking/dual-stack-preferred-svc.yaml": `apiVersion: v1
kind: Service
metadata:
  name: my-service
  labels: { app.kubernetes.io/name: MyApp }
spec:
  ipFamilyPolicy: PreferDualStack
  selector: { app.kubernetes.io/name: MyApp }
  ports:
    - protocol: TCP
      port: 80
`,
  "service/networking/hostaliases-pod.yaml": `apiVersion: v1
kind: Pod
metadata: { name: hostaliases-pod }
spec:
  restartPolicy: Never
  hostAliases:
    - ip: "127.0.0.1"
      hostnames: ["foo.local", "bar.local"]
    - ip: "10.1.2.3"
      hostnames: ["foo.remote", "bar.remote"]
  containers:
    - name: cat-hosts
      image: "busybox:1.28"
      command: ["cat"]
      args: ["/etc/hosts"]
`,
  "service/networking/nginx-secure-app.yaml": `apiVersion: v1
kind: Service
metadata:
  name: my-nginx
  labels: { run: my-nginx }
spec:
  type: NodePort
  ports:
    - port: 8080
      targetPort: 80
      protocol: TCP
      name: http
    - port: 443
      protocol: TCP
      name: https
  selector: { run: my-nginx }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: my-nginx }
spec:
  selector:
    matchLabels: { run: my-nginx }
  replicas: 1
  template:
    metadata:
      labels: { run: my-nginx }
    spec:
      volumes:
        - name: secret-volume
          secret: { secretName: nginxsecret }
        - name: configmap-volume
          configMap: { name: nginxconfigmap }
      containers:
        - name: nginx
          image: nginx
          ports:
            - containerPort: 443
            - containerPort: 80
          volumeMounts:
            - mountPath: /etc/nginx/ssl
              name: secret-volume
            - mountPath: /etc/nginx/conf.d
              name: configmap-volume
`,
  "service/networking/nginx-svc.yaml": `apiVersion: v1
kind: Service
metadata:
  name: my-nginx
  labels: { run: my-nginx }
spec:
  ports:
    - port: 80
      protocol: TCP
  selector: { run: my-nginx }
`,
  "service/networking/run-my-nginx.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: my-nginx }
spec:
  selector:
    matchLabels: { run: my-nginx }
  replicas: 2
  template:
    metadata:
      labels: { run: my-nginx }
    spec:
      containers:
        - name: my-nginx
          image: nginx
          ports:
            - containerPort: 80
`,
  "service/pod-with-graceful-termination.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx-deployment
  labels: { app.kubernetes.io/name: nginx }
spec:
  replicas: 1
  selector:
    matchLabels: { app.kubernetes.io/name: nginx }
  template:
    metadata:
      labels: { app.kubernetes.io/name: nginx }
    spec:
      terminationGracePeriodSeconds: 120
      containers:
        - name: nginx
          image: "nginx:latest"
          ports:
            - containerPort: 80
          lifecycle:
            preStop:
              exec:
                command: ["/bin/sh", "-c", "sleep 180"]
`,
};
