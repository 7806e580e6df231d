/** What GitHub limits, and how much of it the action uses. */
module.exports = {
  /**
   * Annotations of one level in one step; GitHub drops more.
   * @see https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
   */
  ANNOTATIONS: 10,
  /** Characters of the message of an annotation: as much as people read in one. The log has all of it. */
  MESSAGE_CHARACTERS: 4_000,
};
