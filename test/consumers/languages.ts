/** How the users of a language work: what they have installed, and what they type. */
export interface Language {
  /** The name of its page in docs/languages, of its folder here, and of the target of jsii-pacmak. */
  readonly name: string;
  /** What has to be installed, as commands that print their version. */
  readonly tools: readonly string[];
  /** The command that removes an older package of the same version from a cache. */
  readonly forget?: string;
  /** Commands that make the folder of the app ready; the first app stands beside it, in `../first-app`. */
  readonly setUp: string;
  /** The command that synthesizes the tenants example. */
  readonly tenants: string;
  /** The command that synthesizes the app that fails. */
  readonly exceeds: string;
  /** How an error begins in that language. */
  readonly error: string;
  /** The command that runs the unit tests of the app. */
  readonly unitTests: string;
  /** The unit test that has the examples of its page, in its folder here. */
  readonly recipes: string;
  /** The command that compiles and runs the translated examples. */
  readonly examples: string;
  /** The command that prints the README of the package, where it has one as it is. */
  readonly readme?: string;
}

const GO_MODULE = 'github.com/cdk-eks-pod-identity/cdk-eks-pod-identity-go/cdkekspodidentity';

export const LANGUAGES: readonly Language[] = [
  {
    name: 'python',
    tools: ['python3 --version'],
    setUp: 'mv ../first-app/.venv .venv',
    tenants: '.venv/bin/python app.py',
    exceeds: '.venv/bin/python exceeds.py',
    error: 'RuntimeError: ValidationFailed',
    unitTests: '.venv/bin/python -m unittest',
    recipes: 'test_recipes.py',
    examples: '.venv/bin/python -m unittest test_examples',
    readme: 'cat .venv/lib/python*/site-packages/cdk_eks_pod_identity-*.dist-info/METADATA',
  },
  {
    name: 'java',
    tools: ['javac -version', 'mvn --version'],
    forget: 'rm -rf ~/.m2/repository/io/github/cdkekspodidentity/cdk-eks-pod-identity/0.0.0',
    setUp: 'mvn -B -q test-compile',
    tenants: 'mvn -B -q exec:exec',
    exceeds: 'mvn -B -q exec:exec -Dapp=com.example.ExceedsApp',
    error: 'java.lang.RuntimeException: ValidationFailed',
    unitTests: 'mvn -B -q surefire:test',
    recipes: 'src/test/java/com/example/RecipesTest.java',
    examples: 'mvn -B -q test-compile surefire:test -Dtest=ExamplesTest',
  },
  {
    name: 'go',
    tools: ['go version'],
    setUp: `go mod init example.com/app && go mod edit -replace ${GO_MODULE}="$PACKAGES"/go/cdkekspodidentity && go mod tidy && go build -o . ./cmd/...`,
    tenants: './tenants-app',
    exceeds: './exceeds-app',
    error: 'panic: ValidationFailed',
    unitTests: 'go test -vet=off ./tenants',
    recipes: 'tenants/recipes_test.go',
    examples: 'go test -vet=off ./examples',
    readme: 'cat "$PACKAGES"/go/cdkekspodidentity/README.md',
  },
  {
    name: 'dotnet',
    tools: ['dotnet --version'],
    setUp: 'for project in Tenants Exceeds Tests; do dotnet build $project; done',
    tenants: 'dotnet run --no-build --project Tenants',
    exceeds: 'dotnet run --no-build --project Exceeds',
    error: 'ValidationFailed: Validation failed',
    unitTests: 'dotnet test --no-build Tests',
    recipes: 'Tests/RecipesTest.cs',
    examples: 'dotnet test Tests --filter ExamplesTest',
  },
];
