import { github, javascript } from 'projen';

const { JobPermission } = github.workflows;

/**
 * Adds the workflow that opens a pull request with the newest reference data, and with the figures in the docs that it changes.
 * AWS adds actions every day.
 */
export function addReferenceWorkflow(project: javascript.NodeProject, task: string): void {
  const workflow = project.github!.addWorkflow(task);
  workflow.on({ schedule: [{ cron: '0 5 * * *' }], workflowDispatch: {} });
  workflow.addJobs({
    upgrade: {
      name: 'Upgrade',
      runsOn: ['ubuntu-latest'],
      permissions: { contents: JobPermission.READ },
      outputs: { patch_created: { stepId: 'create_patch', outputName: 'patch_created' } },
      steps: [
        github.WorkflowSteps.checkout({ with: { ref: 'main' } }),
        ...project.renderWorkflowSetup({ mutable: false }),
        { name: 'Upgrade the reference data', run: `npx projen ${task}` },
        ...github.WorkflowActions.uploadGitPatch({ stepId: 'create_patch', outputName: 'patch_created' }),
      ],
    },
    pr: github.WorkflowJobs.pullRequestFromPatch({
      patch: { jobId: 'upgrade', outputName: 'patch_created', ref: 'main' },
      workflowName: task,
      credentials: project.github!.projenCredentials,
      pullRequestTitle: 'fix: take the newest reference data',
      pullRequestDescription: "The service authorization reference and AWS's managed policies as of today.",
    }),
  });
}
