/**
 * What a finding of a rule does.
 */
export enum FindingSeverity {
  /** It makes the synthesis fail. */
  ERROR = 'ERROR',

  /** It is reported, and the synthesis goes on. */
  WARNING = 'WARNING',

  /** It is not reported. To accept one finding for a reason, acknowledge it where it stands instead. */
  OFF = 'OFF',
}
