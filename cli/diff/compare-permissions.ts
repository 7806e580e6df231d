/**
 * What the pods of one side may do and those of the other may not, in one direction: asked twice, it finds gains and losses. Stands between
 * pod-access.ts and compare-pods.ts.
 *
 * Nothing is gained if what one side allows is inside each layer of the other. A layer that both sides have needs no proof. For the others, a
 * single layer is tried first, and then all layers as one policy (`intersectPermissions`).
 * Invariant: no gains and no reasons are a proof, as of the date of the reference data. Each gain has a request that the evaluator finds allowed
 * on one side and denied on the other. If a policy cannot express what the layers allow together, it allows less: a request is confirmed as
 * any other, and nothing is proven.
 * For speed, equal questions are answered once: pods of a role without session policies share the answer. bench/diff.ts measures it.
 */
import { denyingLayers, evaluateAt, isAllowed, LayerOutcome } from './evaluate-at';
import { areEqual, keyOfLayer } from './layer-key';
import { BoundedLayer, placeOf, PodAccess } from './pod-access';
import { reduceStatement } from './reduce-statement';
import { commonOptions, differingKeys, KnownKeys, settle } from './settle-principal';
import {
  decideNarrowing, describeStatement, Excess, intersectPermissions, isUnsatisfiable, Json, Layer, NarrowingOptions, parsePolicy, Policy, Reason,
  Statement, Witness,
} from '../../lib/engine';
import { memoizeBy } from '../../lib/util/memo';

export interface Gain {
  /** What is gained: an Allow statement with nothing that the other side is proven to allow, and the Deny statements that limit it. */
  readonly statements: readonly Statement[];
  /** Whether the other side allows nothing of it. */
  readonly isExact: boolean;
  readonly witness: Witness;
  /** The layers of the side that lacks it and deny the request, and all layers of the side that has it. */
  readonly denying: readonly LayerOutcome[];
  readonly allowing: readonly LayerOutcome[];
}

export interface Gains {
  readonly gains: readonly Gain[];
  /** Why nothing more was shown or ruled out. */
  readonly reasons: readonly Reason[];
}

const NO_GAINS: Gains = { gains: [], reasons: [] };

/** What `to` allows and `from` does not. @param isSameUnknown whether a gap hides the same on both sides */
export function gainsOf(from: PodAccess, to: PodAccess, isSameUnknown: (gap: Reason) => boolean): Gains {
  return to.none ? NO_GAINS : new Question(from, to, isSameUnknown).answer();
}

/** Whether it is proven that the two sides allow no request in common. */
export function shareNothing(a: PodAccess, b: PodAccess): boolean {
  return a.none !== undefined || b.none !== undefined || new Question(a, b, () => false).sharesNothing();
}

/** A layer of one side whose principal is settled. */
interface SettledLayer extends BoundedLayer {
  readonly isOpen: boolean;
}

class Question {
  private readonly options: NarrowingOptions;
  private readonly from: readonly SettledLayer[];
  private readonly to: readonly SettledLayer[];

  private readonly keysOfFrom: KnownKeys;
  private readonly keysOfTo: KnownKeys;

  public constructor(
    private readonly lacking: PodAccess, private readonly having: PodAccess, private readonly isSameUnknown: (gap: Reason) => boolean,
  ) {
    const differing = (own: PodAccess, other: PodAccess) => (
      lacking.none ? NO_KEYS : differingKeys(own.options.principal ?? {}, other.options.principal ?? {}));
    this.keysOfFrom = differing(lacking, having);
    this.keysOfTo = differing(having, lacking);
    this.options = commonOptions(having.options, this.keysOfTo);
    this.from = lacking.layers.map((layer) => settledLayer(layer, this.keysOfFrom, lacking.options));
    this.to = having.layers.map((layer) => settledLayer(layer, this.keysOfTo, having.options));
  }

  public sharesNothing(): boolean {
    const [first, ...others] = [...this.from, ...this.to].filter(({ most, isOpen }) => most.gaps.length === 0 && !isOpen).map(({ most }) => most);
    return first !== undefined && isUnsatisfiable({ session: sessionOf(first), layers: others }, this.options);
  }

  public answer(): Gains {
    const limits = this.from.filter((layer) => !this.isShared(layer));
    if (limits.length === 0) { return NO_GAINS; }
    const complete = this.to.filter(({ most }) => most.gaps.length === 0);
    const left = limits.filter((limit) => !complete.some((layer) => this.isInside(layer, limit)));
    if (left.length === 0) { return NO_GAINS; }
    if (complete.length === 0) { return { gains: [], reasons: gapsIn(this.to) }; }
    return this.compare(joined(complete.map(({ most }) => most)), left, complete.length < this.to.length);
  }

  /** Whether the other side has the layer, too. */
  private isShared(layer: SettledLayer): boolean {
    const other = this.to.find((one) => placeOf(one) === placeOf(layer));
    const isKnown = layer.least.gaps.length + layer.most.gaps.length === 0;
    return other !== undefined && !layer.isOpen && !other.isOpen && (isKnown || this.lacking.role === this.having.role)
      && areEqual(layer.least, other.least, this.isSameUnknown) && areEqual(layer.most, other.most, this.isSameUnknown);
  }

  /** Tries the layers that are likely to be inside: the one in the same place, and the session policy, which is small. */
  private isInside(layer: SettledLayer, limit: SettledLayer): boolean {
    if (layer.isOpen || limit.isOpen || (placeOf(layer) !== placeOf(limit) && layer.name !== 'session policy')) { return false; }
    return decideNarrowing({ session: sessionOf(layer.most), layers: [limit.least] }, { ...this.options, firstExcessOnly: true }).kind === 'narrows';
  }

  private compare({ policy, omitted }: Joined, limits: readonly SettledLayer[], isPart: boolean): Gains {
    const layers = limits.map(({ least }) => least);
    const verdict = decideNarrowing({ session: policy, layers }, this.options);
    const isOpen = [...this.from, ...this.to].some((layer) => layer.isOpen);
    const reasons: Reason[] = [...verdict.kind === 'undetermined' ? verdict.reasons : [], ...omitted];
    if (isOpen) { reasons.push(DIFFERENT_PRINCIPALS); }
    if (verdict.kind !== 'exceeds') { return { gains: [], reasons: unique(reasons) }; }
    const gains: Gain[] = [];
    for (const excess of verdict.excesses) {
      const gain = this.confirmed(excess, policy, layers);
      if (gain) { gains.push(gain); } else { reasons.push(...isPart ? gapsIn(this.to, excess) : [unconfirmed(excess)]); }
    }
    return { gains, reasons: unique(reasons) };
  }

  private confirmed({ statement, witness }: Excess, policy: Policy, layers: readonly Layer[]): Gain | undefined {
    const allowing = evaluateAt(this.having, 'least', witness, this.keysOfTo);
    const denying = denyingLayers(evaluateAt(this.lacking, 'most', witness, this.keysOfFrom));
    if (!isAllowed(allowing) || denying.length === 0) { return undefined; }
    return { ...reduceStatement(statement, policy, layers, this.options), witness: this.withoutDiffering(witness), allowing, denying };
  }

  /** The request without the keys that have other values on each side: no pod has the same on both. */
  private withoutDiffering(witness: Witness): Witness {
    const isOfBoth = (key: string) => !this.keysOfFrom.has(key) && !this.keysOfTo.has(key);
    return {
      ...witness,
      context: new Map([...witness.context].filter(([key]) => isOfBoth(key))),
      missing: witness.missing.filter(isOfBoth),
    };
  }
}

const NO_KEYS: KnownKeys = new Map();

function sessionOf({ name, policies }: Layer): Policy {
  return { name, statements: policies.flatMap(({ statements }) => statements) };
}

function settledLayer(layer: BoundedLayer, keys: KnownKeys, options: NarrowingOptions): SettledLayer {
  const least = settle(layer.least, keys, options);
  const most = layer.most === layer.least ? least : settle(layer.most, keys, options);
  return { ...layer, least: least.layer, most: most.layer, isOpen: least.isOpen || most.isOpen };
}

interface Joined {
  readonly policy: Policy;
  /** What the policy leaves out. */
  readonly omitted: readonly Reason[];
}

/** Maximum number of joined policies in memory. */
const JOINED_IN_MEMORY = 200;

/** All that the layers allow together, as one policy. */
const joined = memoizeBy((layers: readonly Layer[]) => layers.map(keyOfLayer).join('\n'), (layers): Joined => {
  const { document, omitted } = intersectPermissions(layers.map(({ policies }) => policies));
  return {
    policy: parsePolicy(document as unknown as Json, 'what the pods may do').policy,
    omitted: omitted.map(({ statements, why }): Reason => ({
      code: 'PartialOverlap',
      message: `no policy can express what the layers allow together${statements.length > 0 ? ` (${statements.join(' and ')})` : ''}: ${why}`,
      resolution: 'review those statements',
    })),
  };
}, JOINED_IN_MEMORY);

function gapsIn(layers: readonly SettledLayer[], excess?: Excess): Reason[] {
  const example = excess ? ` (it would be a change for ${excess.witness.action} on ${excess.witness.resource})` : '';
  return layers.flatMap(({ most }) => most.gaps).map((gap) => ({ ...gap, message: `${gap.message}${example}` }));
}

const DIFFERENT_PRINCIPALS: Reason = {
  code: 'Condition',
  message: 'statements depend on properties of the role or on session tags that differ between base and head',
  resolution: 'review those statements',
};

function unconfirmed({ statement, witness: { action, resource } }: Excess): Reason {
  return {
    code: 'UnknownValue',
    message: `whether ${action} on ${resource} changes depends on deploy-time values (${describeStatement(statement)})`,
    resolution: 'write the value out, or use the same value in base and head',
  };
}

function unique(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((reason) => [reason.message, reason])).values()];
}
