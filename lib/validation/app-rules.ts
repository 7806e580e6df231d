/** The rules that are not about one association. The plugin itself reports them, so that the command line has none of them. */
export const ACKNOWLEDGEMENT_HAS_NO_EFFECT = 'AcknowledgementHasNoEffect';
export const CHECK_FAILED = 'CheckFailed';
