/** Kubernetes jobs that make the requests of `checks.ts` with the AWS CLI. A job completes only if AWS answers each as expected. */
import { Check, checksOf, Names, NAMESPACE } from './checks';

/** Any version since 2.15.0 knows Pod Identity: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-minimum-sdk.html */
const IMAGE = 'public.ecr.aws/aws-cli/aws-cli:latest';

/** New pods, if an association was not in force yet when the first one was made: it takes some seconds. */
const RETRIES = 5;

export function manifestFor(names: Names): object {
  const accounts = Object.entries(checksOf(names));
  const metadata = (name: string) => ({ name, namespace: NAMESPACE });
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
      ...accounts.map(([name]) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(name) })),
      ...accounts.map(([name, checks]) => ({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: metadata(name),
        spec: {
          backoffLimit: RETRIES,
          template: {
            metadata: { labels: { app: NAMESPACE } },
            spec: {
              serviceAccountName: name,
              restartPolicy: 'Never',
              containers: [{
                name: 'checks',
                image: IMAGE,
                command: ['/bin/bash', '-c', scriptFor(checks)],
                env: [{ name: 'AWS_DEFAULT_REGION', value: names.region }],
              }],
            },
          },
        },
      })),
    ],
  };
}

/** In no error of the AWS CLI. */
const ALLOWED = 'AWS allowed it';

const PREPARE = `
failed=0
if [ -z "$AWS_CONTAINER_CREDENTIALS_FULL_URI" ]; then echo "NOT ok: EKS gave this pod no Pod Identity credentials"; exit 1; fi
aws sts get-caller-identity --query Arn --output text
check() {
  expected=$1; shift
  if output=$(aws "$@" 2>&1); then answer="${ALLOWED}"; else answer=$output; fi
  case "$answer" in
    *"$expected"*) echo "ok     $1 $2: $expected" ;;
    *) echo "NOT ok $1 $2: expected '$expected', got: $answer"; failed=1 ;;
  esac
}
`.trim();

/** Exported for its test, which runs it with a fake AWS CLI. */
export function scriptFor(checks: readonly Check[]): string {
  const lines = checks.map(({ command, denied }) => ['check', denied ?? ALLOWED, ...command].map(quoted).join(' '));
  return [PREPARE, ...lines, 'exit $failed'].join('\n');
}

function quoted(word: string): string {
  return /^[\w/.:=-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`;
}
