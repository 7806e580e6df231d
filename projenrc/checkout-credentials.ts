/**
 * Checks out without leaving the token of the job in the folder, where the code of a pull request or of a dependency could read it, or
 * an artifact could take it along. Nothing pushes from the folder: the release uses the API, and create-pull-request has a token of its own.
 * https://docs.zizmor.sh/audits/#artipacked
 */
import { Component, github } from 'projen';

type Step = github.workflows.JobStep;

export class CheckoutWithoutCredentials extends Component {
  public constructor(private readonly hub: github.GitHub) {
    super(hub.project);
  }

  /** When all workflows have their jobs. */
  public preSynthesize(): void {
    for (const workflow of this.hub.workflows) {
      for (const [id, job] of Object.entries(workflow.jobs)) {
        if (!('steps' in job)) { continue; }
        const { steps } = job as { readonly steps: readonly Step[] | (() => readonly Step[]) };
        const changed = () => (typeof steps === 'function' ? steps() : steps).map(withoutCredentials);
        workflow.updateJob(id, { ...job, steps: changed as unknown as Step[] }); // projen takes a function, too
      }
    }
  }
}

function withoutCredentials(step: Step): Step {
  return step.uses?.startsWith('actions/checkout') ? { ...step, with: { ...step.with, 'persist-credentials': false } } : step;
}
