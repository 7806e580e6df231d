/**
 * Evaluates the templates in one case of their conditions. The intrinsic functions ask it, as `TemplateValues`, for their parts.
 * Associations and the permissions of roles are read through it.
 *
 * Invariant: the same value has the same text everywhere. A value that refers to itself is `Unresolved`.
 * For speed, each intrinsic is evaluated once for each stack, because few intrinsics are read many times.
 */
import { lengthOf, partsOf, SymbolicString, Unresolved } from '../engine';
import { Assumptions } from './assumptions';
import { conditionHolds } from './intrinsics/conditions';
import { withDynamicReferences } from './intrinsics/dynamic-references';
import { INTRINSIC_FUNCTIONS } from './intrinsics/functions';
import { getAttParts, Intrinsic, intrinsicOf, isNoValue } from './intrinsics/intrinsic';
import { Exports, exportsOf } from './intrinsics/outputs';
import { itemsOf } from './intrinsics/split';
import { opaqueString } from './intrinsics/symbolic-strings';
import { StackTemplate, TemplateSet } from './template-set';
import { TemplateValues } from './template-values';
import { LocatedValue, Value } from './value';
import { memoizePair } from '../util/memo';

/** Maximum number of references that are followed; a longer chain counts as a circle. */
const MAX_STEPS = 50;

/** Maximum depth of values inside values. */
const MAX_DEPTH = 100;

/** A policy has at most 10,240 characters, an output 4,096: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_CHARACTERS = 100_000;

/** Maximum number of parts. Symbolic variables may be empty, so the number of characters does not limit them. */
const MAX_PARTS = 10_000;

/** The value of one intrinsic in one stack. */
interface Evaluation {
  value?: Value;
  isRunning: boolean;
}

export class Evaluator implements TemplateValues {
  /** The cache keeps all entries: an entry shows that an evaluation is running. */
  private readonly evaluations = memoizePair((_stack: StackTemplate, _key: unknown): Evaluation => ({ isRunning: false }), Infinity);
  private depth = 0;
  private open?: Evaluator;

  /** @param exports the exports that can be imported; by default, those of the templates */
  public constructor(
    public readonly templates: TemplateSet,
    public readonly assumptions: Assumptions = Assumptions.NONE,
    private exports?: Exports,
  ) {}

  /** The same case, with the questions that it does not decide left open. */
  public get leavingOpen(): Evaluator {
    return this.open ??= new Evaluator(this.templates, this.assumptions.leavingOpen());
  }

  public textOf(value: unknown, stack: StackTemplate): Value {
    if (typeof value === 'string') { return withDynamicReferences(value, stack); }
    if (typeof value === 'number' || typeof value === 'boolean') { return String(value); }
    if (value instanceof SymbolicString || value instanceof Unresolved) { return value; }
    const intrinsic = intrinsicOf(value);
    if (!intrinsic) { return new Unresolved('a string was expected'); }
    const evaluation = this.evaluations(stack, keyOf(value, intrinsic));
    if (evaluation.isRunning || this.depth > MAX_DEPTH) { return new Unresolved('references that lead in a circle'); }
    return evaluation.value ??= this.run(evaluation, value, stack);
  }

  /** Runs an evaluation. An open question leaves no result behind. */
  private run(evaluation: Evaluation, value: unknown, stack: StackTemplate): Value {
    evaluation.isRunning = true;
    this.depth++;
    try {
      return limitLength(this.evaluate(value, stack));
    } finally {
      this.depth--;
      evaluation.isRunning = false;
    }
  }

  private evaluate(written: unknown, from: StackTemplate): Value {
    const { value, stack } = this.locate(written, from);
    const intrinsic = intrinsicOf(value);
    if (!intrinsic || value !== written) { return this.textOf(value, stack); } // it may be cached at its own place
    return INTRINSIC_FUNCTIONS.get(intrinsic.name)?.text?.(intrinsic.argument, stack, this) ?? opaqueString(value, stack);
  }

  public locate(value: unknown, stack: StackTemplate): LocatedValue {
    let at: LocatedValue = { value, stack };
    for (let step = 0; step < MAX_STEPS; step++) {
      const intrinsic = intrinsicOf(at.value);
      const next = intrinsic && INTRINSIC_FUNCTIONS.get(intrinsic.name)?.follow?.(intrinsic.argument, at.stack, this);
      if (!next) { return at; }
      at = next;
    }
    return { value: new Unresolved('references that lead in a circle'), stack };
  }

  public listAt(value: unknown, stack: StackTemplate): readonly LocatedValue[] | undefined {
    const at = this.locate(value, stack);
    if (at.value === undefined || isNoValue(at.value)) { return []; }
    return itemsOf(at, this)?.filter((item) => !this.isAbsent(item.value, item.stack));
  }

  public isAbsent(value: unknown, stack: StackTemplate): boolean {
    if (typeof value === 'string') { return false; }
    return value === undefined || isNoValue(this.locate(value, stack).value);
  }

  public conditionHolds(name: unknown, stack: StackTemplate): boolean | undefined {
    return conditionHolds(name, stack, this);
  }

  /** Leaves questions open, so that the name of one export does not make cases for all. The name of an export cannot be an import. */
  public exportsNamed(key: string): readonly LocatedValue[] {
    this.exports ??= exportsOf(new Evaluator(this.templates, this.assumptions.leavingOpen(), new Map()));
    return this.exports.get(key) ?? [];
  }
}

/** Equal keys for references with the same value everywhere in a stack. Other intrinsics are their own key. */
function keyOf(written: unknown, { name, argument }: Intrinsic): unknown {
  if (name === 'Ref' && typeof argument === 'string') { return `Ref ${argument}`; }
  if (name !== 'Fn::GetAtt') { return written; }
  const [logicalId, attribute] = getAttParts(argument);
  return attribute === undefined ? written : JSON.stringify([logicalId, attribute]);
}

function limitLength(value: Value): Value {
  if (value instanceof Unresolved) { return value; }
  return lengthOf(value).min > MAX_CHARACTERS || partsOf(value).length > MAX_PARTS ? new Unresolved('a text that is too long') : value;
}
