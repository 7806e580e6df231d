/**
 * Reads the associations that templates would deploy, in each case of their conditions: the expected side of drift.ts.
 * Invariant: a template that cannot be read is an error, because its associations would otherwise be reported as unexpected.
 */
import { CheckContexts } from '../../../lib/analysis/check-contexts';
import { Association, associationsIn, isDeployed } from '../../../lib/template/associations';
import { inEveryCase } from '../../../lib/template/cases';
import { keyOf, ResourceRef, TemplateSet } from '../../../lib/template/template-set';
import { unexaminedPartsOf } from '../../../lib/template/unexamined-parts';
import { memoizeBy } from '../../../lib/util/memo';
import { Deployment } from '../../deployment/deployment';
import { UsageError } from '../../exit-codes';
import { Positions, Region } from '../../templates/positions';
import { findStacks } from '../../templates/sources';
import { StackSource } from '../../templates/stack-source';
import { textOfStack } from '../../templates/stack-text';
import { ClusterPlace } from '../cluster-stack';

/** An association of the templates. */
export interface ExpectedAssociation {
  /** A key that is unique among the associations of the templates. */
  readonly key: string;
  readonly ref: ResourceRef;
  readonly path: string;
  readonly file: string;
  /** The association in each case of the conditions of the templates; `undefined` if the case does not deploy it. */
  readonly cases: ReadonlyArray<Association | undefined>;
  /** The position of the association in the file. */
  readonly region: () => Region | undefined;
}

export interface ExpectedAssociations {
  readonly templates: number;
  /** The paths of what was read. */
  readonly files: readonly string[];
  readonly associations: readonly ExpectedAssociation[];
  /** Reasons why the templates may contain more associations. */
  readonly unread: readonly string[];
}

/** Returns the associations of templates and cloud assemblies. @throws UsageError if one cannot be read */
export function expectedAssociations(paths: readonly string[], { account, region }: ClusterPlace): ExpectedAssociations {
  const deployment = new Deployment(findStacks(paths, { account, region }));
  if (deployment.unreadable.length > 0) { throw new UsageError(...deployment.unreadable.map(({ message }) => message)); }
  const stacks = [...deployment.read(deployment.stacks.keys()).of.values()].flat();
  const templates = new TemplateSet(stacks.map(({ stack }) => stack));
  const contexts = new CheckContexts(templates);
  const sourceOf = new Map(stacks.map(({ stack, source }) => [stack.id, source]));
  const positionsIn = memoizeBy(({ path }: StackSource) => path, (source) => new Positions(textOfStack(source)));
  return {
    templates: stacks.length,
    files: deployment.files,
    unread: templates.stacks.flatMap((stack) => unexaminedPartsOf(templates, stack).filter((part) => part.mayHideAssociations).map(({ name }) => `${name} of ${stack.id}`)),
    associations: associationsIn(templates).map((ref): ExpectedAssociation => {
      const source = sourceOf.get(ref.stack.id)!;
      return {
        key: `${keyOf(ref)} ${ref.entry?.at ?? ''}`,
        ref,
        path: ref.stack.pathOf(ref.logicalId),
        file: source.file,
        cases: inEveryCase((assumptions) => {
          const context = contexts.in(assumptions);
          return isDeployed(ref, context.evaluator) === false ? undefined : context.association(ref);
        }).map(({ value }) => value),
        region: () => positionsIn(source).at(['Resources', ref.logicalId, ...ref.entry ? ['Properties', ...ref.entry.at.split('.')] : []]),
      };
    }),
  };
}
