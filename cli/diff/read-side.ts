/**
 * One of the two deployments: its associations with the names by which they are paired, and the templates of each, read batch by
 * batch (deployment/families.ts), so that memory stays small.
 * Invariant: every association of the templates is listed. What could not be read, or could not be examined, is listed, too.
 */
import { ComparedDeployment, ReadDeployment } from './difference';
import { HidingPart, hidingParts } from './unexamined';
import { CheckContexts } from '../../lib/analysis/check-contexts';
import { Association, associationAt, AssociationRef, associationsIn } from '../../lib/template/associations';
import { Evaluator } from '../../lib/template/evaluator';
import { TemplateSet } from '../../lib/template/template-set';
import { memoize } from '../../lib/util/memo';
import { Deployment, orUnreadable } from '../deployment/deployment';
import { Unreadable } from '../files/unreadable';

/** Maximum number of characters of templates of one side in memory at a time, as in a check; a larger family is still read whole. */
const CHARACTERS_AT_A_TIME = 8_000_000;

/** Batches of one side in memory: associations that moved between stacks may need two. */
const BATCHES_IN_MEMORY = 2;

/** An association of one side, without its templates. */
export interface Listed extends Pick<Association, 'path' | 'clusterName' | 'namespace' | 'serviceAccount'> {
  readonly logicalId: string;
  readonly entry?: string;
  readonly stack: string;
  readonly file: string;
  /** The number of the batch that it is read with. */
  readonly batch: number;
}

/** The templates of some associations, in memory. */
export interface LoadedBatch {
  readonly templates: TemplateSet;
  readonly contexts: CheckContexts;
  readonly refOf: (listed: Listed) => AssociationRef;
  /** The stacks whose associations belong to the batch; the others are there because they may change what is true of these. */
  readonly own: ReadonlySet<string>;
  /** The files of those stacks. */
  readonly files: ReadonlyMap<string, string>;
}

export class ReadSide {
  public readonly found: ReadDeployment;
  public readonly listed: readonly Listed[];
  /** What may have more associations. */
  public readonly hiding: readonly HidingPart[];
  /** @throws Unreadable if a file changed after it was listed */
  public readonly load = memoize((batch: number): LoadedBatch => this.read(batch), BATCHES_IN_MEMORY);
  private readonly deployment: Deployment<readonly HidingPart[]>;
  private readonly batches: ReturnType<Deployment['families']['batches']>;

  public constructor(side: 'base' | 'head', private readonly compared: ComparedDeployment) {
    this.deployment = new Deployment(compared.sources, (_, templates) => hidingParts(templates));
    this.batches = this.deployment.families.batches(CHARACTERS_AT_A_TIME);
    const numbers = [...this.batches.keys(), ...compared.stacks ? [this.batches.length] : []];
    const unread: Unreadable[] = [...this.deployment.unreadable];
    this.listed = numbers.flatMap((batch) => {
      const listed = orUnreadable(`the stacks of ${side}`, () => this.list(batch));
      if (!(listed instanceof Unreadable)) { return listed; }
      unread.push(listed);
      return [];
    });
    const { templates, files } = this.deployment;
    this.found = { templates, files, unreadable: unread };
    this.hiding = [
      ...unread.map(({ message }): HidingPart => ({ what: message })),
      ...this.deployment.examined.flat(),
      ...compared.stacks ? hidingParts(new TemplateSet(compared.stacks)) : [],
    ];
  }

  private list(batch: number): Listed[] {
    const { templates, own, files } = this.load(batch);
    const open = new Evaluator(templates).leavingOpen;
    return associationsIn(templates).filter(({ stack }) => own.has(stack.id)).map((ref): Listed => {
      const { path, clusterName, namespace, serviceAccount } = associationAt(ref, open);
      return {
        path,
        clusterName,
        namespace,
        serviceAccount,
        batch,
        logicalId: ref.logicalId,
        stack: ref.stack.id,
        ...ref.entry && { entry: ref.entry.at },
        file: files.get(ref.stack.id) ?? ref.stack.file,
      };
    });
  }

  private read(batch: number): LoadedBatch {
    const found = this.batches[batch] as typeof this.batches[number] | undefined;
    const { stacks, of } = found ? this.deployment.read(found.members) : { stacks: this.compared.stacks ?? [], of: undefined };
    const templates = new TemplateSet(stacks);
    const refs = new Map(associationsIn(templates).map((ref) => [keyOf(ref.stack.id, ref.logicalId, ref.entry?.at), ref]));
    const own = found?.asked.flatMap((i) => of!.get(i)!).filter(({ error }) => !error);
    return {
      templates,
      contexts: new CheckContexts(templates, this.compared.declarations, this.compared.settings),
      refOf: ({ stack, logicalId, entry }) => refs.get(keyOf(stack, logicalId, entry))!,
      own: new Set((own ?? stacks.map((stack) => ({ stack }))).map(({ stack }) => stack.id)),
      files: new Map(own?.map(({ stack, source }) => [stack.id, source.file])),
    };
  }
}

function keyOf(...parts: ReadonlyArray<string | undefined>): string {
  return JSON.stringify(parts);
}
