/** Manifests that make the objects of the documentation's examples, by their path there. */
export const examples: Readonly<Record<string, string>> = {
  "application/deployment-scale.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: nginx-deployment }
spec:
  selector:
    matchLabels: { app: nginx }
  replicas: 4
  template:
    metadata:
      labels: { app: nginx }
    spec:
      containers:
        - name: nginx
          image: "nginx:1.16.1"
          ports:
            - containerPort: 80
`,
  "application/deployment-update.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: nginx-deployment }
spec:
  selector:
    matchLabels: { app: nginx }
  replicas: 2
  template:
    metadata:
      labels: { app: nginx }
    spec:
      containers:
        - name: nginx
          image: "nginx:1.16.1"
          ports:
            - containerPort: 80
`,
  "application/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: nginx-deployment }
spec:
  selector:
    matchLabels: { app: nginx }
  replicas: 2
  template:
    metadata:
      labels: { app: nginx }
    spec:
      containers:
        - name: nginx
          image: "nginx:1.15"
          ports:
            - containerPort: 80
`,
  "application/guestbook/frontend-deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: frontend }
spec:
  replicas: 3
  selector:
    matchLabels:
      app: guestbook
      tier: frontend
  template:
    metadata:
      labels:
        app: guestbook
        tier: frontend
    spec:
      containers:
        - name: php-redis
          image: "docker.io/corelab/gb-frontend:v5"
          env:
            - name: GET_HOSTS_FROM
              value: dns
          resources:
            requests:
              cpu: "100m"
              memory: "100Mi"
          ports:
            - containerPort: 80
`,
  "application/guestbook/frontend-service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: frontend
  labels:
    app: guestbook
    tier: frontend
spec:
  ports:
    - port: 80
  selector:
    app: guestbook
    tier: frontend
`,
  "application/guestbook/redis-follower-deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: redis-follower
  labels:
    app: redis
    role: follower
    tier: backend
spec:
  replicas: 2
  selector:
    matchLabels: { app: redis }
  template:
    metadata:
      labels:
        app: redis
        role: follower
        tier: backend
    spec:
      containers:
        - name: follower
          image: "us-docker.pkg.dev/google-samples/containers/gke/gb-redis-follower:v2"
          resources:
            requests:
              cpu: "100m"
              memory: "100Mi"
          ports:
            - containerPort: 6379
`,
  "application/guestbook/redis-follower-service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: redis-follower
  labels:
    app: redis
    role: follower
    tier: backend
spec:
  ports:
    - port: 6379
  selector:
    app: redis
    role: follower
    tier: backend
`,
  "application/guestbook/redis-leader-deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: redis-leader
  labels:
    app: redis
    role: leader
    tier: backend
spec:
  replicas: 1
  selector:
    matchLabels: { app: redis }
  template:
    metadata:
      labels:
        app: redis
        role: leader
        tier: backend
    spec:
      containers:
        - name: leader
          image: "registry.k8s.io/redis@sha256:cb111d1bd870a6a471385a4a69ad17469d326e9dd91e0e455350cacf36e1b3ee"
          resources:
            requests:
              cpu: "100m"
              memory: "100Mi"
          ports:
            - containerPort: 6379
`,
  "application/guestbook/redis-leader-service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: redis-leader
  labels:
    app: redis
    role: leader
    tier: backend
spec:
  ports:
    - port: 6379
      targetPort: 6379
  selector:
    app: redis
    role: leader
    tier: backend
`,
  "application/mongodb/mongo-deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: mongo
  labels:
    app.kubernetes.io/name: mongo
    app.kubernetes.io/component: backend
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: mongo
      app.kubernetes.io/component: backend
  replicas: 1
  template:
    metadata:
      labels:
        app.kubernetes.io/name: mongo
        app.kubernetes.io/component: backend
    spec:
      containers:
        - name: mongo
          image: "mongo:4.2"
          args: ["--bind_ip", "0.0.0.0"]
          resources:
            requests:
              cpu: "100m"
              memory: "100Mi"
          ports:
            - containerPort: 27017
`,
  "application/mongodb/mongo-service.yaml": `apiVersion: v1
kind: Service
metadata:
  name: mongo
  labels:
    app.kubernetes.io/name: mongo
    app.kubernetes.io/component: backend
spec:
  ports:
    - port: 27017
      targetPort: 27017
  selector:
    app.kubernetes.io/name: mongo
    app.kubernetes.io/component: backend
`,
  "application/nginx/nginx-deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: my-nginx }
spec:
  selector:
    matchLabels: { app: nginx }
  replicas: 3
  template:
    metadata:
      labels: { app: nginx }
    spec:
      containers:
        - name: nginx
          image: "nginx:1.14.2"
          ports:
            - containerPort: 80
`,
  "application/nginx/nginx-svc.yaml": `apiVersion: v1
kind: Service
metadata:
  name: my-nginx-svc
  labels: { app: nginx }
spec:
  type: LoadBalancer
  ports:
    - port: 80
  selector: { app: nginx }
`,
  "application/nginx-app.yaml": `apiVersion: v1
kind: Service
metadata:
  name: my-nginx-svc
  labels: { app: nginx }
spec:
  type: LoadBalancer
  ports:
    - port: 80
  selector: { app: nginx }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: my-nginx
  labels: { app: nginx }
spec:
  replicas: 3
  selector:
    matchLabels: { app: nginx }
  template:
    metadata:
      labels: { app: nginx }
    spec:
      containers:
        - name: nginx
          image: "nginx:1.14.2"
          ports:
            - containerPort: 80
`,
};
