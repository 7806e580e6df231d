import { CheckContexts } from '../../../lib/analysis/check-contexts';
import { Association, associationsIn, isDeployed } from '../../../lib/template/associations';
import { inEveryCase } from '../../../lib/template/cases';
import { keyOf, ResourceRef, TemplateSet } from '../../../lib/template/template-set';
import { memoizeBy } from '../../../lib/util/memo';
import { Deployment } from '../../deployment/deployment';
import { UsageError } from '../../exit-codes';
import { Positions, Region } from '../../templates/positions';
import { readText } from '../../templates/read-text';
import { findStacks } from '../../templates/sources';
import { StackSource } from '../../templates/stack-source';
import { ClusterPlace } from '../cluster-stack';

/** An association that templates have. */
export interface ExpectedAssociation {
  /** Unique among those of the templates. */
  readonly key: string;
  readonly ref: ResourceRef;
  readonly path: string;
  readonly file: string;
  /** As it is deployed in each case of the templates' conditions; `undefined`: not at all. */
  readonly cases: ReadonlyArray<Association | undefined>;
  /** Where it stands in the file. */
  readonly region: () => Region | undefined;
}

export interface ExpectedAssociations {
  readonly templates: number;
  readonly associations: readonly ExpectedAssociation[];
  /** Why the templates may have more than was found. */
  readonly unread: readonly string[];
}

/** The associations of templates and cloud assemblies. @throws UsageError where one cannot be read */
export function expectedAssociations(paths: readonly string[], { account, region }: ClusterPlace): ExpectedAssociations {
  const deployment = new Deployment(findStacks(paths, { account, region }));
  if (deployment.unreadable.length > 0) { throw new UsageError(deployment.unreadable.map(({ message }) => message).join('\n')); }
  const stacks = [...deployment.read(deployment.stacks.keys()).of.values()].flat();
  const templates = new TemplateSet(stacks.map(({ stack }) => stack));
  const contexts = new CheckContexts(templates);
  const sourceOf = new Map(stacks.map(({ stack, source }) => [stack.id, source]));
  const positionsIn = memoizeBy(({ path }: StackSource) => path, ({ path, file }) => new Positions(readText(path, file)));
  return {
    templates: stacks.length,
    unread: templates.stacks.flatMap((stack) => templates.unreadParts(stack)),
    associations: associationsIn(templates).map((ref): ExpectedAssociation => {
      const source = sourceOf.get(ref.stack.id)!;
      return {
        key: keyOf(ref),
        ref,
        path: ref.stack.pathOf(ref.logicalId),
        file: source.file,
        cases: inEveryCase((assumptions) => {
          const context = contexts.in(assumptions);
          return isDeployed(ref, context.evaluator) === false ? undefined : context.association(ref);
        }).map(({ value }) => value),
        region: () => positionsIn(source).at(['Resources', ref.logicalId]),
      };
    }),
  };
}
