/**
 * The effect of the findings of a rule.
 */
export enum FindingSeverity {
  /** The finding is reported as an error, and the synthesis fails. */
  ERROR = 'ERROR',

  /** The finding is reported as a warning, and the synthesis continues. */
  WARNING = 'WARNING',

  /**
   * The finding is not reported.
   *
   * To accept a single finding for a reason, acknowledge it on its construct instead.
   */
  OFF = 'OFF',
}
